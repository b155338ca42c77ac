"""What seminars refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import AlreadySettled, TrainingRefusal


class SeminarOver(AlreadySettled):
    """A seminar that has taken place is not called off."""

    text = _("This seminar has ended.")


class QuestionnaireAnswered(TrainingRefusal):
    """Other questions are to be asked before and after a seminar of which some are answered."""

    text = _("Some people have already answered these questions, so the seminar keeps them.")


class TooFewSeats(TrainingRefusal):
    """A seminar is to have fewer seats than are somebody's."""

    text = _("More places than that have already been given.")
