"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.memberships.errors import NotSecondPerson
from partners.memberships.states import SecondPersonFault

if TYPE_CHECKING:
    from victor.accounts.models import User


class DeskRefusal(Exception):
    """Something a desk does not do; its text is for the person who asked."""

    text: str | Promise = _("This cannot be done.")

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


class NoDeskKey(DeskRefusal):
    """The person works at the desk but does not hold its keys. The text names who does."""

    def __init__(self, holders: Iterable[User]) -> None:
        super().__init__()
        self.text = str(NotSecondPerson(SecondPersonFault.NO_KEY, holders))


class NotIndependent(DeskRefusal):
    """Whoever decides is not independent of whoever asks, or too new. The text names who can."""

    def __init__(self, refusal: NotSecondPerson) -> None:
        super().__init__()
        self.text = str(refusal)
