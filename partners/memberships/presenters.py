"""What pages show of proposals, of an organisation that leaves, and of contact points: a deputy stands before who has
not confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partners.memberships.departures import leaving_steps
from partners.memberships.errors import name_deciders
from partners.memberships.offboarding import departure_proposal
from partners.memberships.proposals import Fact, can_confirm, deciders_of, kind_of
from partners.memberships.second_persons import Register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partners.directory.models import Organisation
    from partners.memberships.departures import Step
    from partners.memberships.models import ContactPoint, Proposal
    from victor.accounts.models import User


@dataclass(frozen=True)
class ProposalRow:
    """A proposal, its facts, and whether the reader can confirm it; if not, who can."""

    proposal: Proposal
    facts: list[Fact]
    has_number: bool
    can_confirm: bool
    deciders: str

    @classmethod
    def of(cls, proposal: Proposal, reader: User, register: Register) -> ProposalRow:
        """Load what the page shows."""
        kind = kind_of(proposal)
        may = proposal.is_open and can_confirm(proposal, reader, register)
        deciders = name_deciders(deciders_of(proposal, register)) if proposal.is_open and not may else ""
        return cls(proposal, kind.rows_of(proposal.payload), kind.has_number(proposal.payload), may, deciders)


@dataclass(frozen=True)
class StepRow:
    """A step of an organisation that leaves: how many are still there, and the path of the page where it is done."""

    step: Step
    count: int
    url: str


@dataclass(frozen=True)
class DeparturePage:
    """What has to be settled before an organisation leaves, what its end settles, and what waits for a second person.

    The numbers are read each time: one query a step, however many rows there are.
    """

    organisation: Organisation
    rows: list[StepRow]
    by_end: list[StepRow]
    waiting: ProposalRow | None

    @property
    def is_settled(self) -> bool:
        """Whether nothing stands in the way."""
        return not any(row.count for row in self.rows)

    @property
    def done_count(self) -> int:
        """How many steps are done."""
        return sum(not row.count for row in self.rows)

    @classmethod
    def of(cls, organisation: Organisation, reader: User) -> DeparturePage:
        """Load what the page shows."""
        rows = [StepRow(step, step.count(organisation), step.page(organisation)) for step in leaving_steps()]
        proposal = departure_proposal(organisation)
        return cls(
            organisation=organisation,
            rows=[row for row in rows if not row.step.by_end],
            by_end=[row for row in rows if row.step.by_end],
            waiting=ProposalRow.of(proposal, reader, Register.load()) if proposal else None,
        )


@dataclass(frozen=True)
class ContactRow:
    """A contact point. `stands_in_for` is who has not confirmed the details, so that this deputy is shown first."""

    contact: ContactPoint
    stands_in_for: ContactPoint | None = None


def contact_rows(contacts: Iterable[ContactPoint]) -> list[ContactRow]:
    """The contacts in their order; before one who has not confirmed the details stands the deputy who has."""
    listed = list(contacts)
    present = {contact.pk: contact for contact in listed}
    rows: dict[int, ContactRow] = {}
    for contact in listed:
        deputy = present.get(contact.deputy_id or 0)
        if not contact.is_confirmed and deputy is not None and deputy.is_confirmed:
            rows.setdefault(deputy.pk, ContactRow(deputy, contact))
        rows.setdefault(contact.pk, ContactRow(contact))
    return list(rows.values())
