"""What actions on questionnaires refuse. Views show the text to the user."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import TrainingRefusal


class QuestionnaireNotOpen(TrainingRefusal):
    """The questionnaire is not open, or not for this person."""

    text = _("These questions are not open at the moment.")


class AlreadyHandedIn(TrainingRefusal):
    """The person has handed in; their answers can no longer be found and changed."""

    text = _("You have already sent your answers. Thank you.")
