"""What an organisation still has in the portal when it wants to leave, step by step: a registry, which slices join.

A slice that has something of an organisation's own adds a step in a module of this name. A step is done when nothing is
left to count. What the end of the partnership takes away by itself stands in nobody's way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.memberships.models import ContactPoint, Membership

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from partners.directory.models import Organisation

# Of an organisation: what is still there. It is counted by one query, and nothing of it is read.
FindRemaining: TypeAlias = "Callable[[Organisation], QuerySet]"


@dataclass(frozen=True)
class Step:
    """What has to be settled, in words, and where. Steps stand in the order of `rank`.

    `place` names the page where it is done, or whose people can do it; `page` is its path. `by_end`: the end of the
    partnership settles it.
    """

    name: str
    rank: int
    title: StrOrPromise
    task: StrOrPromise
    remaining: FindRemaining
    place: StrOrPromise
    page: Callable[[Organisation], str]
    by_end: bool = False

    def count(self, organisation: Organisation) -> int:
        """How many of these are still there."""
        return self.remaining(organisation).count()


LEAVING: dict[str, Step] = {}


def declare_step(step: Step) -> Step:
    """Ask this before an organisation leaves."""
    LEAVING[step.name] = step
    return step


def leaving_steps() -> list[Step]:
    """All steps, in their order."""
    return sorted(LEAVING.values(), key=lambda step: step.rank)


def open_steps(organisation: Organisation) -> list[Step]:
    """What stands in the way of an organisation that leaves."""
    return [step for step in leaving_steps() if not step.by_end and step.count(organisation)]


def contacts_page(_organisation: Organisation) -> str:
    """Where people of the organisation are found who can do what nobody else may."""
    return reverse("partners:contacts")


def shown_contacts(organisation: Organisation) -> QuerySet[ContactPoint]:
    """Its contacts that staff of other partners see."""
    return ContactPoint.objects.present().filter(organisation=organisation)


def roles(organisation: Organisation) -> QuerySet[Membership]:
    """The roles of its people: somebody with two roles counts twice."""
    return Membership.objects.filter(organisation=organisation)


def people_page(organisation: Organisation) -> str:
    """Its form, which lists its people."""
    return reverse("admin:partners_organisation_change", args=[organisation.pk])


declare_step(
    Step(
        name="partners.contacts",
        rank=90,
        title=_("Contacts shown"),
        task=_("They are hidden when the organisation leaves."),
        remaining=shown_contacts,
        place=_("Contacts"),
        page=contacts_page,
        by_end=True,
    )
)
declare_step(
    Step(
        name="partners.roles",
        rank=91,
        title=_("Roles of its people"),
        task=_("They end when the organisation leaves. Nobody of it opens its desks from then on."),
        remaining=roles,
        place=pgettext_lazy("of an organisation", "Its people"),
        page=people_page,
        by_end=True,
    )
)
