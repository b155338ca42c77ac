"""What is refused about meetings. The texts are for people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal
from victor.formatting import clock, long_day, timezone_location

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class MeetingMoveNotPossible(AccountRefusal):
    """What is asked does not start from the state of this moment."""

    text = gettext_lazy("Someone else has already changed this meeting. Please look again.")


class NoChair(AccountRefusal):
    """Somebody leads a meeting that is announced."""

    text = gettext_lazy("This group has no chair. Name one before you announce a meeting.")


class NobodyInvited(AccountRefusal):
    """A meeting is announced to somebody."""

    text = gettext_lazy("Nobody is invited. Add members to the group, or invite guests.")


class EndsBeforeStart(AccountRefusal):
    """The end lies before the start."""

    text = gettext_lazy("The meeting ends before it starts.")


class StartsInPast(AccountRefusal):
    """A meeting is announced, or moved, to a moment that lies ahead."""

    text = gettext_lazy("The meeting would start in the past. Choose another time.")


class NoSuchHour(AccountRefusal):
    """The clocks go forward over this hour."""

    def __init__(self, moment: datetime, zone: ZoneInfo) -> None:
        super().__init__()
        words = _("On %(day)s there is no %(hour)s in %(city)s, because clocks go forward. Choose another time.")
        city = timezone_location(zone, return_city=True)
        self.text = words % {"day": long_day(moment.date()), "hour": clock(moment.time()), "city": city}


class TooManyMeetings(AccountRefusal):
    """A series has an end that somebody can oversee."""

    text = gettext_lazy("A series has 60 meetings at most. Choose an earlier last day.")


class InvitationOver(AccountRefusal):
    """Nobody answers after a meeting has begun, or was cancelled."""

    text = gettext_lazy("This invitation has ended.")


class NoSubstitutes(AccountRefusal):
    """The group wants its members themselves."""

    text = gettext_lazy("In this group nobody comes in another person's place.")


class InvitedAlready(AccountRefusal):
    """One invitation a person."""

    text = gettext_lazy("This person is invited already.")


class RemindedAlready(AccountRefusal):
    """People are reminded once."""

    text = gettext_lazy("They have been reminded already.")


class NobodyToRemind(AccountRefusal):
    """Everybody has answered."""

    text = gettext_lazy("Everybody has answered.")
