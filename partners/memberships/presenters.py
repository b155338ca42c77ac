"""What the page of proposals shows of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partners.memberships.errors import name_deciders
from partners.memberships.proposals import Fact, can_confirm, deciders_of, kind_of

if TYPE_CHECKING:
    from partners.memberships.models import Proposal
    from partners.memberships.second_persons import Register
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
