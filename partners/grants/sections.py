"""Registry of the pages of a grant, which stand side by side. A slice above adds its own in a module of this name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from partners.grants.models import Grant


@dataclass(frozen=True)
class GrantSection:
    """A page of a grant: its title, the name of its address, and its place among the others."""

    title: StrOrPromise
    route: str
    rank: int


@dataclass(frozen=True)
class Tab:
    """A page of this grant, as its tab names it."""

    title: StrOrPromise
    url: str
    is_current: bool


SECTIONS: list[GrantSection] = []


def add_grant_section(title: StrOrPromise, *, route: str, rank: int) -> None:
    """Add a page to every grant."""
    SECTIONS.append(GrantSection(title, route, rank))


def tabs_of(grant: Grant, route: str) -> list[Tab]:
    """The pages of a grant; `route` names the one that is shown."""
    ordered = sorted(SECTIONS, key=lambda section: section.rank)
    return [Tab(section.title, reverse(section.route, args=[grant.pk]), section.route == route) for section in ordered]
