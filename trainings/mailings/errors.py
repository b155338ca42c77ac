"""What seminars refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import TrainingRefusal


class NoRecipients(TrainingRefusal):
    """A mailing would go to nobody."""

    text = _("Nobody would receive this.")


class LanguageMissing(TrainingRefusal):
    """Somebody would get a mailing whose words are not written in their language."""

    text = _("Some recipients read a language in which the text has not been written yet.")
