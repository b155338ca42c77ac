"""What actions on mailings refuse. Views show the text to the user."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trainings.seminars.errors import TrainingRefusal


class ReadOtherMailing(TrainingRefusal):
    """The mailing has changed since the person opened it."""

    text = _("This has changed since you opened it, so nothing was done. Please read it again and then decide.")


class NoRecipients(TrainingRefusal):
    """A mailing has no recipients."""

    text = _("Nobody would receive this.")


class LanguageMissing(TrainingRefusal):
    """A recipient reads a language in which the mailing is not written."""

    text = _("Some recipients read a language in which the text has not been written yet.")
