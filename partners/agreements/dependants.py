"""What depends on an agreement: a registry, which slices join that need one to be valid.

A slice adds what it counts in a module of this name. Nothing of what is counted is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import QuerySet

if TYPE_CHECKING:
    from partners.agreements.models import Agreement
    from partners.agreements.states import Gate

# Of the organisations that have signed: what needs their agreement. It is counted by one query.
FindDependants: TypeAlias = "Callable[[list[int]], QuerySet]"


@dataclass(frozen=True)
class Dependant:
    """Something that needs an agreement with this gate. `say` puts a number of them into words."""

    name: str
    rank: int
    gate: Gate
    say: Callable[[int], str]
    find: FindDependants


DEPENDANTS: dict[str, Dependant] = {}


def declare_dependant(dependant: Dependant) -> Dependant:
    """Show this where an agreement is read, and before it is suspended or ended."""
    DEPENDANTS[dependant.name] = dependant
    return dependant


def dependants_in_words(agreement: Agreement) -> list[str]:
    """How much depends on an agreement now: a sentence each, by rank. What it does not allow is not counted."""
    parties = list(agreement.parties.values_list("organisation_id", flat=True))
    allowed = [dependant for dependant in DEPENDANTS.values() if dependant.gate in agreement.gates]
    ordered = sorted(allowed, key=lambda dependant: dependant.rank)
    return [dependant.say(dependant.find(parties).count()) for dependant in ordered]
