"""What is refused about activities. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class ActivityMoveNotPossible(AccountRefusal):
    """What is asked does not start from the state of this moment."""

    text = gettext_lazy("Someone else has already changed this activity. Please look again.")


class DeviationWaiting(AccountRefusal):
    """Another deviation of the activity waits for its approval."""

    text = gettext_lazy("A deviation of this activity is waiting for its approval already.")


class DayAhead(AccountRefusal):
    """A real day lies in the future."""

    text = gettext_lazy("This date is in the future.")


class WorkUnknown(AccountRefusal):
    """What an activity is to be linked to does not exist."""

    text = gettext_lazy("This does not exist any more. Please choose something else.")
