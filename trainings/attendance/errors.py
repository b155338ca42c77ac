"""What seminars refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import TrainingRefusal


class NoConfirmedPlace(TrainingRefusal):
    """Only who has a place is checked in; others come by the door for those without registration."""

    text = _("This person has no place in this seminar.")


class CheckInNotOpen(TrainingRefusal):
    """Nobody can have been at a session before its day."""

    text = _("This session is on another day. Check-in opens on the morning of that day.")


class CheckInClosed(TrainingRefusal):
    """Whatever is noted a day after the end or later is a correction, by whoever trains."""

    text = _("Check-in closed one day after the seminar. Correct the list instead and give a reason.")
