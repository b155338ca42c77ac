"""The pages of a group, side by side: its members, and what higher slices add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from partners.groups.models import WorkingGroup


@dataclass(frozen=True)
class GroupSection:
    """A page of a group: its title, the name of its address, which takes the short name, and its place."""

    title: StrOrPromise
    route: str
    place: int

    def url(self, group: WorkingGroup) -> str:
        """Its address for a group."""
        return reverse(self.route, args=[group.slug])


SECTIONS: list[GroupSection] = []


def add_group_section(section: GroupSection) -> None:
    """Let the pages of groups lead to this one, in the order of the places."""
    SECTIONS.append(section)
    SECTIONS.sort(key=lambda known: known.place)


def sections_of(group: WorkingGroup, current: str) -> list[tuple[GroupSection, str, bool]]:
    """Each page of a group with its address, and whether it is the current one."""
    return [(section, section.url(group), section.route == current) for section in SECTIONS]


add_group_section(GroupSection(_("Members"), "partners:group", 20))
