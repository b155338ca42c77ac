"""What seminars refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class TrainingRefusal(Exception):
    """Something that is not possible now; its text is for the person who asked."""

    text = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.text)


class AlreadySettled(TrainingRefusal):
    """The registration is not where this could happen: the offer was answered or has lapsed, the place given up."""

    text = _("This has already been decided. Nothing was changed.")
