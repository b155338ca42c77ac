"""What the search for staff finds of people: contact points for all, accounts for those who manage them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.memberships.models import ContactPoint, Membership
from partners.memberships.rules import coordinates, organisations_of
from victor.accounts.models import User
from victor.languages import local_text
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.folding import Question


@finds_for_staff(_("People"), rank=20)
def people(user: User, question: Question) -> Iterator[Hit]:
    """Accounts for coordinators, colleagues for supervisors, with their roles."""
    memberships = Membership.objects.select_related("user", "organisation").order_by("user__name", "pk")
    if not coordinates(user):
        memberships = memberships.filter(organisation__in=organisations_of(user, supervising=True))
    rows: dict[int, list[Membership]] = {}
    for membership in memberships:
        if question.fits(membership.user.name, membership.user.email):
            rows.setdefault(membership.user_id, []).append(membership)
    for pk, roles in rows.items():
        detail = ", ".join(f"{row.get_role_display()}, {local_text(row.organisation, 'name').text}" for row in roles)
        url = reverse("admin:accounts_user_change", args=[pk]) if user.is_staff else reverse("partners:invitations")
        yield Hit(roles[0].user.name, detail, url)


@finds_for_staff(_("Contacts"), rank=25)
def contacts(user: User, question: Question) -> Iterator[Hit]:
    """Contact points of partners."""
    for contact in ContactPoint.objects.visible_to(user).for_listing():
        organisation = local_text(contact.organisation, "name").text
        if question.fits(contact.name, contact.email, contact.phone, organisation):
            yield Hit(contact.name, f"{organisation} · {contact.phone or contact.email}", reverse("partners:contacts"))
