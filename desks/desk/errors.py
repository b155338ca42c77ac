"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class DeskRefusal(Exception):
    """Something a desk does not do; its text is for the person who asked."""

    text = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.text)


class DeskMoveNotPossible(DeskRefusal):
    """What is asked does not start from the state of this moment."""

    text = _("Someone else has already done this. Please reload the page.")


class NotAColleague(DeskRefusal):
    """The person does not work at this desk."""

    text = _("This person does not work at this desk.")


class KeysExist(DeskRefusal):
    """The desk has its keys already."""

    text = _("This desk already has its keys.")


class NoKeys(DeskRefusal):
    """The desk has no keys yet, so nobody can be let in, and nothing can be sealed to it."""

    text = _("This desk does not have its keys yet.")
