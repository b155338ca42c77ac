"""What actions on certificates refuse. Views show the text to the user."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import TrainingRefusal


class SeminarNotOver(TrainingRefusal):
    """The last session has not begun, so attendance is not known yet."""

    text = _("Certificates can be issued once the last session has started.")
