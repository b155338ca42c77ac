"""What seminars refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import TrainingRefusal


class SeminarNotOver(TrainingRefusal):
    """The last session has not begun, so nobody knows yet who was there."""

    text = _("Certificates can be issued once the last session has started.")
