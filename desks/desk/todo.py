"""Desks that are incomplete or closed for some days, for the list of tasks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desks.desk.publication_checks import MIN_KEY_HOLDERS, REHEARSAL_VALIDITY, missing_parts
from victor.formatting import short_day
from victor.languages import columns
from victor.todo.declarations import Kind, Line, Watched, declare_button, declare_kind, name_in, names_of

if TYPE_CHECKING:
    from victor.todo.models import Item

declare_button(gettext_lazy("Team and keys"), permission="desks.lead", route="desks:led", rank=45)

# As `Desk.objects.with_readiness()` has it.
READINESS = """
CROSS JOIN LATERAL (
    SELECT (
        SELECT count(DISTINCT personal.user_id) FROM vault_group g
        JOIN vault_grant granted ON granted.key_id = g.key_id
        JOIN vault_personalkey personal ON personal.key_id = granted.holder_id
        JOIN accounts_user person ON person.id = personal.user_id
        JOIN partners_membership member ON member.user_id = person.id
        WHERE g.id = r.group_id AND personal.set_aside_at IS NULL AND person.is_active
          AND member.organisation_id = r.organisation_id AND member.role IN ('worker', 'supervisor')
    ) AS key_holders,
    (SELECT max(rehearsal.passed_at) FROM desks_rehearsal rehearsal WHERE rehearsal.desk_id = r.id) AS rehearsed_at,
    (
        SELECT max(COALESCE(signed.valid_to, 'infinity')) FROM partners_agreement signed
        JOIN partners_agreementparty party ON party.agreement_id = signed.id
        WHERE party.organisation_id = r.organisation_id AND signed.state = 'signed'
          AND 'desk_publication' = ANY(signed.gates)
    ) AS agreed_until
) ready
"""
LACKS_ALREADY = f"""
ready.key_holders < {MIN_KEY_HOLDERS} OR ready.rehearsed_at IS NULL OR ready.agreed_until IS NULL
"""
TESTED_UNTIL = f"ready.rehearsed_at + make_interval(days => {REHEARSAL_VALIDITY.days})"
AGREED_UNTIL = f"(ready.agreed_until + 1)::timestamp AT TIME ZONE '{settings.TIME_ZONE}'"
LACKS_FROM = f"""
CASE WHEN {LACKS_ALREADY} THEN 'epoch'::timestamptz
     ELSE LEAST({TESTED_UNTIL}, {AGREED_UNTIL}) END
"""
IS_PUBLIC = f"COALESCE({', '.join(f'r.{name}' for name in columns('title'))}) IS NOT NULL"
WATCHED = [
    Watched("desks_rehearsal", "SELECT d.* FROM desks_desk d WHERE d.id = {row}.desk_id"),
    Watched("vault_group", "SELECT d.* FROM desks_desk d WHERE d.group_id = {row}.id", ("key_id",)),
    Watched(
        "vault_grant",
        "SELECT d.* FROM desks_desk d JOIN vault_group g ON g.id = d.group_id WHERE g.key_id = {row}.key_id",
    ),
    Watched("vault_personalkey", "SELECT d.* FROM desks_desk d", ("set_aside_at",)),
    Watched(
        "partners_agreement",
        "SELECT d.* FROM desks_desk d WHERE EXISTS (SELECT 1 FROM partners_agreementparty p"
        " WHERE p.organisation_id = d.organisation_id AND p.agreement_id = {row}.id)",
    ),
    Watched("partners_agreementparty", "SELECT d.* FROM desks_desk d WHERE d.organisation_id = {row}.organisation_id"),
    Watched("partners_membership", "SELECT d.* FROM desks_desk d WHERE d.organisation_id = {row}.organisation_id"),
    Watched(
        "accounts_user",
        "SELECT d.* FROM desks_desk d WHERE EXISTS (SELECT 1 FROM partners_membership m"
        " WHERE m.organisation_id = d.organisation_id AND m.user_id = {row}.id)",
        ("is_active",),
    ),
]
MIDNIGHT = f"r.first::timestamp AT TIME ZONE '{settings.TIME_ZONE}'"


def readiness_line(item: Item, number: int) -> Line:
    """A public desk that could not be published today, or from when on, for its supervisors."""
    return _readiness_line(item, reverse("desks:people", args=[item.facts["slug"]]))


def overseen_line(item: Item, number: int) -> Line:
    """The same for coordinators, who have no page of its team."""
    return _readiness_line(item, reverse("admin:desks_desk_changelist"))


def desk_names(alias: str) -> str:
    """The expression of a desk's name in each language, its country's where it has none, for the facts of an item."""
    names, code = names_of("country", "name"), f"{alias}.country_id"
    country = f"(SELECT {names} FROM partners_country country WHERE country.code = {code})"  # noqa: S608 - declared in code
    return f"{country} || {names_of(alias, 'title')}"


def _readiness_line(item: Item, url: str) -> Line:
    desk = name_in(item.facts["title"], item.facts["slug"])
    if item.opens_at > timezone.now():
        day = short_day(item.opens_at)
        words = _("%(desk)s: agreement") if item.facts["agreement_first"] else _("%(desk)s: test report")
        return Line(words % {"desk": desk}, _("until %(day)s") % {"day": day}, url)
    title = ngettext("%(count)d desk is incomplete", "%(count)d desks are incomplete", 1) % {"count": 1}
    seconds = item.facts["rehearsed_at"]
    missing = missing_parts(
        key_holders=item.facts["key_holders"],
        rehearsed_at=datetime.fromtimestamp(seconds, UTC) if seconds else None,
        has_agreement=_is_ahead(item.facts["agreed_until"]),
    )
    return Line(title, f"{desk}: {', '.join(map(str, missing))}", url)


def _is_ahead(day: str | None) -> bool:
    """Whether a last day is not over, as the database writes it: one that never comes is "infinity"."""
    return day is not None and (day == "infinity" or date.fromisoformat(day) >= timezone.localdate())


def closure_line(item: Item, number: int) -> Line:
    """Days on which a desk is closed."""
    desk = name_in(item.facts["title"], item.facts["slug"])
    day = short_day(item.opens_at)
    return Line(_("%(desk)s is closed") % {"desk": desk}, day, reverse("desks:desk", args=[item.facts["slug"]]))


for kind_name, describe, audience in (
    ("desks.readiness", readiness_line, "'supervisor:' || r.organisation_id"),
    ("desks.overseen", overseen_line, "'coordinator'"),
):
    declare_kind(
        Kind(
            name=kind_name,
            table="desks_desk",
            describe=describe,
            joins=READINESS,
            is_open=IS_PUBLIC,
            is_announced=True,
            audiences=f"ARRAY[{audience}]",
            since=LACKS_FROM,
            facts={
                "slug": "r.slug",
                "title": desk_names("r"),
                "key_holders": "ready.key_holders",
                "rehearsed_at": "extract(epoch FROM ready.rehearsed_at)",
                "agreed_until": "ready.agreed_until::text",
                "agreement_first": f"COALESCE({AGREED_UNTIL} < {TESTED_UNTIL}, FALSE)",
            },
            watched=WATCHED,
        )
    )
declare_kind(
    Kind(
        name="desks.closure",
        table="desks_closure",
        describe=closure_line,
        joins="JOIN desks_desk d ON d.id = r.desk_id",
        audiences="ARRAY['worker:' || d.organisation_id, 'supervisor:' || d.organisation_id]",
        is_announced=True,
        since=MIDNIGHT,
        closes_at=MIDNIGHT,
        facts={"slug": "d.slug", "title": desk_names("d")},
    )
)
