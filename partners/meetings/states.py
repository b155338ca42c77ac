"""Where a meeting stands, what its agenda has, what those who are invited answer, and how a series repeats."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class MeetingState(TextChoices):
    """Where a meeting stands."""

    DRAFT = "draft", pgettext_lazy("meeting", "Draft")
    ANNOUNCED = "announced", pgettext_lazy("meeting", "Announced")
    HELD = "held", pgettext_lazy("meeting", "Held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class MeetingMove(TextChoices):
    """What can be done with a meeting."""

    ANNOUNCE = "announce"
    MOVE = "move"  # to another time or place
    CANCEL = "cancel"
    HOLD = "hold"


MEETING_MOVES: dict[MeetingMove, tuple[set[MeetingState], MeetingState]] = {
    MeetingMove.ANNOUNCE: ({MeetingState.DRAFT}, MeetingState.ANNOUNCED),
    MeetingMove.MOVE: ({MeetingState.ANNOUNCED}, MeetingState.ANNOUNCED),
    MeetingMove.CANCEL: ({MeetingState.DRAFT, MeetingState.ANNOUNCED}, MeetingState.CANCELLED),
    MeetingMove.HOLD: ({MeetingState.ANNOUNCED}, MeetingState.HELD),
}


class Repetition(TextChoices):
    """How a series repeats. The hour is that of the organiser's clock, on both sides of a clock change."""

    WEEKLY = "weekly", pgettext_lazy("repetition", "Every week")
    FORTNIGHTLY = "fortnightly", pgettext_lazy("repetition", "Every second week")
    MONTHLY = "monthly", pgettext_lazy("repetition", "Every month on the same weekday, such as the second Tuesday")


class Extent(TextChoices):
    """To how much of a series a change applies."""

    ONE = "one", pgettext_lazy("extent of a change", "Only this meeting")
    LATER = "later", pgettext_lazy("extent of a change", "This and all later ones")
    ALL = "all", pgettext_lazy("extent of a change", "The whole series")


class ItemKind(TextChoices):
    """What is expected of an agenda item."""

    INFORMATION = "information", pgettext_lazy("agenda item", "Information")
    DISCUSSION = "discussion", pgettext_lazy("agenda item", "Discussion")
    DECISION = "decision", pgettext_lazy("agenda item", "Decision")


class InviteeRole(TextChoices):
    """As what somebody is invited."""

    CHAIR = "chair", pgettext_lazy("role at a meeting", "Chair")
    MEMBER = "member", pgettext_lazy("role at a meeting", "Member")
    GUEST = "guest", pgettext_lazy("role at a meeting", "Guest")
    INTERPRETER = "interpreter", pgettext_lazy("role at a meeting", "Interpreter")


class Answer(TextChoices):
    """What somebody who is invited answers."""

    NONE = "", pgettext_lazy("answer to an invitation", "No answer")
    YES = "yes", pgettext_lazy("answer to an invitation", "Yes")
    PERHAPS = "perhaps", pgettext_lazy("answer to an invitation", "Perhaps")
    NO = "no", pgettext_lazy("answer to an invitation", "No")
