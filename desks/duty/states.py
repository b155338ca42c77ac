from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Rank(TextChoices):
    """Who is called at first, and who is called where the first does not take it."""

    FIRST = "first", pgettext_lazy("duty", "First on duty")
    NEXT = "next", pgettext_lazy("duty", "Next on duty")


class DutyHours(TextChoices):
    """When a desk calls its people for danger."""

    ALWAYS = "always", pgettext_lazy("when a desk calls", "At all hours")
    CLOSED = "closed", pgettext_lazy("when a desk calls", "Only outside opening hours")


class DutyChannel(TextChoices):
    """By which way a person is called."""

    SMS = "sms", pgettext_lazy("way to call a person", "Text message")
    VOICE = "voice", pgettext_lazy("way to call a person", "Phone call")


class AlarmState(TextChoices):
    """Where an alarm stands."""

    CALLING = "calling"
    TAKEN = "taken"
    ENDED = "ended"


class AlarmMove(TextChoices):
    """What can be done with an alarm: somebody takes it, or nobody is needed any more."""

    TAKE = "take"
    END = "end"


# Each move: the states from which it starts, and where it leads. That somebody has heard a call moves nothing.
ALARM_MOVES: dict[AlarmMove, tuple[set[AlarmState], AlarmState]] = {
    AlarmMove.TAKE: ({AlarmState.CALLING}, AlarmState.TAKEN),
    AlarmMove.END: ({AlarmState.CALLING}, AlarmState.ENDED),
}


class CallPurpose(TextChoices):
    """What a person is called for: an alarm, or the code that confirms their number."""

    ALARM = "alarm"
    CODE = "code"


class CallState(TextChoices):
    """Where a call to a person stands, as far as the gateway has said."""

    WAITING = "waiting", pgettext_lazy("call of a person", "Not sent yet")
    SENT = "sent", pgettext_lazy("call of a person", "Sent")
    FAILED = "failed", pgettext_lazy("call of a person", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("call of a person", "Not needed any more")


class GatewayEvent(StrEnum):
    """What a gateway tells of a call."""

    DELIVERED = "delivered"
    HEARD = "heard"
    FAILED = "failed"


class SwapState(TextChoices):
    """Where the swap of two duties stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SwapMove(TextChoices):
    """What can be done with a swap: the colleague answers, or whoever asked takes it back."""

    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


SWAP_MOVES: dict[SwapMove, tuple[set[SwapState], SwapState]] = {
    SwapMove.AGREE: ({SwapState.ASKED}, SwapState.AGREED),
    SwapMove.DECLINE: ({SwapState.ASKED}, SwapState.DECLINED),
    SwapMove.WITHDRAW: ({SwapState.ASKED}, SwapState.WITHDRAWN),
}
