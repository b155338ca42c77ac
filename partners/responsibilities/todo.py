"""Entries of the directory to check, those whose check is old, and countries without a first contact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.memberships.second_persons import Register, second_person_fault
from partners.responsibilities.actions import CHECKERS
from partners.responsibilities.models import Responsibility
from partners.responsibilities.states import VALIDITY
from victor.formatting import short_day
from victor.todo.declarations import Kind, Line, Watched, declare_kind, waiting_since

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

# Those who check: coordinators, and the supervisors of the country.
CHECKERS_OF_COUNTRY = """
ARRAY['coordinator'] || ARRAY(SELECT 'supervisor:' || o.id FROM partners_organisation o WHERE o.country_id = {country})
"""
OLD_FROM = f"(r.checked_on + {VALIDITY.days + 1})::timestamp AT TIME ZONE '{settings.TIME_ZONE}'"
ENTRIES = "SELECT 1 FROM partners_responsibility p WHERE p.country_id = r.code"
FOCAL_POINTS = f"{ENTRIES} AND p.function = 'focal_point' AND p.state = 'checked'"


def proposal_line(item: Item, number: int) -> Line:
    """Entries that wait for a second person."""
    title = ngettext(
        "%(count)d entry to check: who is responsible", "%(count)d entries to check: who is responsible", number
    )
    return Line(title % {"count": number}, waiting_since(item.since, number), _page(item))


def old_line(item: Item, number: int) -> Line:
    """Entries whose check is too old to rely on, or will be."""
    if item.opens_at > timezone.now():
        return Line(
            _("Check again who is responsible"), _("until %(day)s") % {"day": short_day(item.opens_at)}, _page(item)
        )
    title = ngettext(
        "%(count)d entry is outdated: who is responsible", "%(count)d entries are outdated: who is responsible", number
    )
    return Line(title % {"count": number}, waiting_since(item.since, number), _page(item))


def focal_point_line(item: Item, number: int) -> Line:
    """Countries of the directory in which nobody is known to turn to first."""
    title = ngettext("%(count)d country has no first contact", "%(count)d countries have no first contact", number)
    return Line(title % {"count": number}, _("for referrals across a border"), _page(item))


def checkable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """The entries that this person can check: who is independent of whoever proposes is seen by no audience."""
    register = Register.load()
    entries = Responsibility.objects.select_related("proposed_by").in_bulk([int(item.source) for item in items])
    can = {
        pk
        for pk, entry in entries.items()
        if second_person_fault(user, asker=entry.proposed_by, roles=CHECKERS, register=register) is None
    }
    return [item for item in items if int(item.source) in can]


def _page(item: Item) -> str:
    return f"{reverse('partners:responsibilities')}?country={item.facts['country']}"


declare_kind(
    Kind(
        name="partners.responsibility_proposal",
        table="partners_responsibility",
        describe=proposal_line,
        is_open="r.state = 'proposed'",
        audiences=CHECKERS_OF_COUNTRY.format(country="r.country_id"),
        subject="'partners.responsibility:' || r.id",
        topic="'responsibility_proposals'",
        barred="r.proposed_by_id",
        since="r.proposed_at",
        facts={"country": "r.country_id"},
        keep_for=checkable,
    )
)
declare_kind(
    Kind(
        name="partners.responsibility",
        table="partners_responsibility",
        describe=old_line,
        is_open="r.state = 'checked'",
        audiences=CHECKERS_OF_COUNTRY.format(country="r.country_id"),
        subject="'partners.responsibility:' || r.id",
        topic="'responsibilities'",
        barred="r.proposed_by_id",
        since=OLD_FROM,
        facts={"country": "r.country_id"},
        keep_for=checkable,
        is_announced=True,
    )
)
declare_kind(
    Kind(
        name="partners.focal_point",
        table="partners_country",
        describe=focal_point_line,
        is_open=f"r.in_partnership AND EXISTS ({ENTRIES}) AND NOT EXISTS ({FOCAL_POINTS})",
        audiences="ARRAY['coordinator']",
        key="r.code",
        topic="'focal_points'",
        since="'epoch'::timestamptz",
        facts={"country": "r.code"},
        watched=[
            Watched("partners_responsibility", "SELECT c.* FROM partners_country c WHERE c.code = {row}.country_id")
        ],
    )
)
