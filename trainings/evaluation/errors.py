"""What seminars refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import TrainingRefusal


class QuestionnaireNotOpen(TrainingRefusal):
    """The questions are not open, or not for who has no place."""

    text = _("These questions are not open at the moment.")


class AlreadyHandedIn(TrainingRefusal):
    """The answers are handed in, and nobody knows any more whose they are."""

    text = _("You have already sent your answers. Thank you.")
