"""Which authorities of a country are told of a child: the one place where the directory is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desks.notifications.states import AuthorityKind

if TYPE_CHECKING:
    from datetime import date

    from partners.directory.models import Country


@dataclass(frozen=True)
class Authority:
    """An authority of the list, as a page and a letter name it."""

    number: int
    kind: AuthorityKind
    name: str
    hours: int
    way: str = ""
    phone: str = ""
    checked_on: date | None = None


def authorities_of(country: Country) -> list[Authority]:
    """The authorities of a country that are told at the same time. No country has a list yet: pages say so."""
    return []
