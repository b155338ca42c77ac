"""What duty refuses; the doors turn each into a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal
from victor.formatting import clock

if TYPE_CHECKING:
    from desks.duty.models import DutyAlarm


class AlarmTaken(DeskRefusal):
    """Somebody else was faster. The text says who, and when."""

    def __init__(self, alarm: DutyAlarm) -> None:
        super().__init__()
        self.text = taken_text(alarm)


class AlarmOver(DeskRefusal):
    """The report has an outcome already, or the referral was answered."""

    def __init__(self, alarm: DutyAlarm) -> None:
        super().__init__()
        self.text = over_text(alarm)


class DutyOverlaps(DeskRefusal):
    """Two people would have the same duty at the same time."""

    text = gettext_lazy("Somebody has this duty at that time already. Remove theirs first.")


class NoConfirmedNumber(DeskRefusal):
    """Nobody could call the person."""

    text = gettext_lazy("Confirm a duty number first: otherwise nobody could call you.")


class NotTheirDuty(DeskRefusal):
    """The rota has changed since the page was shown."""

    text = gettext_lazy("The rota has changed meanwhile. Please look at it again.")


class NoGateway(DeskRefusal):
    """The portal cannot call anybody, so no code can be sent."""

    text = gettext_lazy("This portal cannot call or text yet, so no number can be confirmed.")


class TooManyCodes(DeskRefusal):
    """So many codes are no mistake: each costs money and wakes somebody."""

    text = gettext_lazy("You have asked for many codes today. Please try again tomorrow.")


class WrongCode(DeskRefusal):
    """The code is wrong, too old, or was tried too often."""

    text = gettext_lazy("This code is wrong or too old. Save the number again to get a new one.")


class GatewayFailed(Exception):
    """A call was not sent. `str()` is the kind of error and the code, never a number or a text."""


class GatewayUnreachable(GatewayFailed):
    """The gateway takes nothing now. It may later."""


class CallRefused(GatewayFailed):
    """The gateway will never take this call."""


class AnswerRefused(Exception):
    """What claims to be an answer of the gateway is forged, too old, or cannot be read."""


def over_text(alarm: DutyAlarm) -> str:
    """That nobody is needed any more, and why."""
    if alarm.referral_id is not None:
        return _("The referral waits for no answer any more. There is nothing more for you to do.")
    return _("The report has an outcome. There is nothing more for you to do.")


def taken_text(alarm: DutyAlarm) -> str:
    """Who has it, for everybody else."""
    name = alarm.taken_by.name if alarm.taken_by else "–"
    time = clock(alarm.taken_at) if alarm.taken_at else "–"
    return _("%(name)s took it at %(time)s. There is nothing more for you to do.") % {"name": name, "time": time}
