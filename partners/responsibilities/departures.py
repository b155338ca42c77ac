"""What rests on the word of an organisation that leaves: who is responsible for what, as its people have checked it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.memberships.departures import Step, declare_step
from partners.memberships.models import Membership
from partners.responsibilities.models import Responsibility

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def checked_entries(organisation: Organisation) -> QuerySet[Responsibility]:
    """Entries in force that somebody has checked last who works for it, and for no other organisation."""
    roles = Membership.objects.filter(user=OuterRef("checked_by"))
    in_force = Responsibility.objects.in_force()
    return in_force.filter(Exists(roles.filter(organisation=organisation))).exclude(
        Exists(roles.exclude(organisation=organisation))
    )


def responsibilities_page(_organisation: Organisation) -> str:
    """The directory of who is responsible for what."""
    return reverse("partners:responsibilities")


declare_step(
    Step(
        name="partners.responsibilities",
        rank=60,
        title=_("Entries of “Whom to turn to” that its people have checked"),
        task=_("Somebody of another organisation checks each entry again."),
        remaining=checked_entries,
        place=_("Whom to turn to"),
        page=responsibilities_page,
    )
)
