"""What planning a seminar may refuse. A view shows the text of the error as a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import AlreadySettled, TrainingRefusal


class SeminarOver(AlreadySettled):
    """A seminar that has taken place cannot be cancelled."""

    text = _("This seminar has ended.")


class QuestionnaireAnswered(TrainingRefusal):
    """The questionnaire of a seminar cannot be replaced once somebody has answered it."""

    text = _("Some people have already answered these questions, so the seminar keeps them.")


class TooFewSeats(TrainingRefusal):
    """A seminar cannot have fewer seats than are taken or offered."""

    text = _("More places than that have already been given.")
