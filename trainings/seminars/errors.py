"""What an action on a seminar may refuse. A view shows the text of the error as a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class TrainingRefusal(Exception):
    """An action is not possible now. `text` says why to the person who asked for it."""

    text = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.text)


class AlreadySettled(TrainingRefusal):
    """The state has changed before: an offer was answered or has expired, a registration was given up."""

    text = _("This has already been decided. Nothing was changed.")
