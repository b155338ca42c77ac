"""What check-in may refuse. A view shows the text of the error as a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import TrainingRefusal


class NoConfirmedPlace(TrainingRefusal):
    """Only people with a confirmed seat are checked in. Others are registered as walk-ins."""

    text = _("This person has no place in this seminar.")


class CheckInNotOpen(TrainingRefusal):
    """The session is on a later day."""

    text = _("This session is on another day. Check-in opens on the morning of that day.")


class CheckInClosed(TrainingRefusal):
    """The seminar ended a day ago or earlier. From then on trainers correct the list."""

    text = _("Check-in closed one day after the seminar. Correct the list instead and give a reason.")
