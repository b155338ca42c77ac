"""What can be refused about roles and about what needs a second person. The texts are for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.memberships.states import SecondPersonFault
from victor.accounts.errors import AccountRefusal

if TYPE_CHECKING:
    from victor.accounts.models import User


class NotSecondPerson(AccountRefusal):
    """Whoever decides is not independent of whoever asks, or too new. The text names who can."""

    def __init__(self, fault: SecondPersonFault, people: Iterable[User]) -> None:
        super().__init__(fault)
        self.fault = fault
        self.text = f"{fault.label} {name_deciders(people)}"


class NeedsTwoCoordinators(AccountRefusal):
    """A role for the whole site is proposed by one coordinator and confirmed by another."""

    text = gettext_lazy("This role is for the whole site: one coordinator proposes it and another confirms it.")


class ProposalSettled(AccountRefusal):
    """It was confirmed or withdrawn, or what it changes is not as it was."""

    text = gettext_lazy("This was decided already, or what it changes is no longer as it was. Please look again.")


class ReadOtherProposal(AccountRefusal):
    """The person confirms something that they have not read."""

    text = gettext_lazy(
        "This has changed since you opened it, so nothing was done. Please read it again and then decide."
    )


class NotDialled(AccountRefusal):
    """Nobody has called the number that is to be shown."""

    text = gettext_lazy("Please call the number first, and then tick that you have done so.")


class ContactGone(AccountRefusal):
    """The person is no longer the contact."""

    text = gettext_lazy("This person is no longer shown as a contact.")


class NoWorker(AccountRefusal):
    """Only a worker of the organisation receives referrals for it."""

    text = gettext_lazy("Only a desk worker of this organisation can receive referrals.")


class HasLeft(AccountRefusal):
    """The organisation is no partner any more."""

    text = gettext_lazy("This organisation is no longer a partner.")


class StepsOpen(AccountRefusal):
    """Something of the organisation has to be settled before it leaves. The text names what."""

    def __init__(self, titles: Iterable[str]) -> None:
        super().__init__()
        self.text = _("The organisation cannot leave yet. Still open: %(steps)s.") % {"steps": ", ".join(titles)}


class EnoughCoordinators(AccountRefusal):
    """Two coordinators are active, so the server's own shell is not needed."""

    text = gettext_lazy("Two coordinators are active. They can do this in the workspace.")


def name_deciders(people: Iterable[User]) -> str:
    """Who can decide, in one sentence."""
    names = ", ".join(sorted(person.name for person in people))
    if names:
        return _("These people can: %(names)s.") % {"names": names}
    return _("Nobody can at the moment. Please ask a coordinator to confirm a colleague, or to invite another person.")
