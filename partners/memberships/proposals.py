"""What one coordinator proposes and another confirms. Each kind is declared by the slice that it changes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from partners.memberships.errors import NotDialled, NotSecondPerson, ProposalSettled, ReadOtherProposal
from partners.memberships.models import Proposal
from partners.memberships.second_persons import (
    COORDINATOR,
    Register,
    require_second_person,
    second_person_fault,
    second_persons,
)
from partners.memberships.states import ProposalKind, SecondPersonFault
from victor.access import is_permitted, require
from victor.accounts.models import User
from victor.audit.actions import record

PERMISSION = "partners.decide_proposals"
Payload: TypeAlias = dict[str, Any]  # plain values, which each kind reads as it has written them
Fact: TypeAlias = "tuple[str | Promise, str | Promise]"  # a label and what it is


@dataclass(frozen=True)
class KindOfProposal:
    """How a kind is carried out, and what the page says of it.

    `carry_out(payload, first, second)` makes the change. `rows_of(payload)` are its facts, each with a label.
    `concerned(payload)` are the accounts that it is about: they do not confirm it. `has_number(payload)`: a number is
    shown that somebody has to call first.
    """

    carry_out: Callable[[Payload, User, User], None]
    rows_of: Callable[[Payload], list[Fact]]
    concerned: Callable[[Payload], Collection[int]] = lambda _payload: ()
    has_number: Callable[[Payload], bool] = lambda _payload: False


KINDS: dict[ProposalKind, KindOfProposal] = {}


def kind_of(proposal: Proposal) -> KindOfProposal:
    """How this proposal is carried out."""
    return KINDS[ProposalKind(proposal.kind)]


@transaction.atomic
def propose(kind: ProposalKind, payload: Payload, *, by: User) -> Proposal:
    """Propose a change that another coordinator has to confirm. The same proposal is made once."""
    require(by, PERMISSION)
    same = Proposal.objects.open().filter(kind=kind, payload=payload, proposed_by=by).first()
    if same:
        return same
    proposal = Proposal.objects.create(kind=kind, payload=payload, proposed_by=by)
    record("proposal.made", proposal, by=by, kind=str(kind))
    return proposal


@transaction.atomic
def confirm_proposal(proposal: Proposal, *, by: User, digest: str, dialled: bool = False) -> Proposal:
    """Confirm what `digest` names, as the second of two coordinators, and carry it out.

    Raises:
        ProposalSettled: it was decided already, its proposer has lost the right, or what it changes is not as it was.
        ReadOtherProposal: something else was read.
        NotSecondPerson: `by` is not independent of the proposer, too new, or the one concerned.
        NotDialled: nobody has called the number that would be shown.
    """
    proposal = _lock_open(proposal)
    require(by, PERMISSION)
    if digest != proposal.digest:
        raise ReadOtherProposal
    if not is_permitted(User.objects.get(pk=proposal.proposed_by_id), PERMISSION):
        raise ProposalSettled
    _require_second(proposal, by)
    kind = kind_of(proposal)
    if kind.has_number(proposal.payload) and not dialled:
        raise NotDialled
    proposal.confirmed_by, proposal.confirmed_at = by, timezone.now()
    proposal.save(update_fields=["confirmed_by", "confirmed_at"])
    kind.carry_out(proposal.payload, proposal.proposed_by, by)
    record("proposal.confirmed", proposal, by=by, kind=proposal.kind, proposed_by=proposal.proposed_by_id)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: User) -> Proposal:
    """Decide that a proposal is not carried out. One coordinator is enough.

    Raises:
        ProposalSettled: it was decided already.
    """
    proposal = _lock_open(proposal)
    require(by, PERMISSION)
    proposal.withdrawn_at = timezone.now()
    proposal.save(update_fields=["withdrawn_at"])
    record("proposal.withdrawn", proposal, by=by)
    return proposal


def deciders_of(proposal: Proposal, register: Register | None = None) -> list[User]:
    """Who can confirm it."""
    without = kind_of(proposal).concerned(proposal.payload)
    return second_persons(asker=proposal.proposed_by, roles=COORDINATOR, without=without, register=register)


def can_confirm(proposal: Proposal, by: User, register: Register | None = None) -> bool:
    """Whether this person can be the second."""
    fault = second_person_fault(by, asker=proposal.proposed_by, roles=COORDINATOR, register=register)
    return fault is None and by.pk not in kind_of(proposal).concerned(proposal.payload)


def _require_second(proposal: Proposal, by: User) -> None:
    if by.pk in kind_of(proposal).concerned(proposal.payload):
        raise NotSecondPerson(SecondPersonFault.CONCERNED, deciders_of(proposal))
    require_second_person(by, asker=proposal.proposed_by, roles=COORDINATOR)


def _lock_open(proposal: Proposal) -> Proposal:
    proposal = Proposal.objects.select_for_update(of=["self"]).select_related("proposed_by").get(pk=proposal.pk)
    if not proposal.is_open:
        raise ProposalSettled
    return proposal
