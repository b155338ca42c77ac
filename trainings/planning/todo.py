"""What trainers have to do at their seminars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trainings.mailings.models import Mailing
from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from trainings.seminars.rules import organisations_of_trainer
from victor.formatting import short_appointment
from victor.languages import columns
from victor.publishing.states import TextState
from victor.todo.declarations import (
    Card,
    Kind,
    Line,
    Strip,
    Watched,
    declare_button,
    declare_kind,
    name_in,
    names_of,
    shows_strip,
    since,
    waiting_since,
)

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.todo.models import Item


@dataclass(frozen=True)
class TodoItem:
    """Something to do at a seminar. `route` is the URL name of the page on which it is done."""

    what: str
    route: str


def todo_items_at(seminars: Sequence[Seminar]) -> dict[int, list[TodoItem]]:
    """The items of each seminar, by its primary key. The number of queries does not depend on that of seminars."""
    registrations = Registration.objects.filter(seminar__in=[seminar for seminar in seminars if not seminar.cancelled])
    eligible = registrations.filter(seminar__ends__lte=timezone.now()).eligible_for_certificate().without_certificate()
    due = Registration.objects.filter(pk__in=eligible.values("pk")).order_by().values_list("seminar")
    certificates = dict(due.annotate(Count("pk")))
    changes = Mailing.objects.unreleased_changes()
    unreleased = changes.filter(seminar=OuterRef("seminar"), seminar__ends__gt=timezone.now())
    rows = registrations.with_open_tasks().annotate(unreleased=Exists(unreleased))
    counts = {row["seminar"]: row for row in rows}
    pks = [seminar.pk for seminar in seminars]
    return {pk: list(_todo_items(counts.get(pk, {}), certificates.get(pk, 0))) for pk in pks}


def _todo_items(counts: dict[str, int], certificates: int) -> Iterable[TodoItem]:
    if counts.get("unreleased"):
        yield TodoItem(_("Participants have not yet been told what has changed"), "trainings:mailings")
    if count := counts.get("applied"):
        text = ngettext("%(count)d registration to review", "%(count)d registrations to review", count)
        yield TodoItem(text % {"count": count}, "trainings:participants")
    if count := counts.get("offered"):
        text = ngettext("%(count)d unanswered offer", "%(count)d unanswered offers", count)
        yield TodoItem(text % {"count": count}, "trainings:participants")
    if count := counts.get("silent"):
        text = ngettext("%(count)d questionnaire missing", "%(count)d questionnaires missing", count)
        yield TodoItem(text % {"count": count}, "trainings:questionnaires")
    if certificates:
        text = ngettext("%(count)d certificate to issue", "%(count)d certificates to issue", certificates)
        yield TodoItem(text % {"count": certificates}, "trainings:certificates")


SHOWN_AFTER_END = timedelta(days=30)
MAX_SHOWN = 12
SEMINAR = "JOIN trainings_seminar s ON s.id = r.seminar_id"
MANAGERS = "ARRAY['coordinator', 'trainer:' || s.organisation_id]"
HELPERS = """
ARRAY(SELECT 'user:' || h.user_id FROM trainings_seminar_helpers h WHERE h.seminar_id = r.id ORDER BY h.user_id)
"""
FACTS = {"slug": "s.slug", "title": names_of("s", "title")}
OF_SEMINAR = "SELECT registration.* FROM trainings_registration registration WHERE registration.seminar_id = {row}"
OF_REGISTRATION = "SELECT g.* FROM trainings_registration g WHERE g.id = {row}.registration_id"
SHOWN = ("slug", "organisation_id", "cancelled", *columns("title"))
# As `RegistrationQuerySet.eligible_for_certificate()` has it.
ELIGIBLE = """
CROSS JOIN LATERAL (
    SELECT COALESCE(sum(ses.ends - ses.starts), interval '0') AS whole,
           COALESCE(sum(ses.ends - ses.starts) FILTER (WHERE EXISTS (
               SELECT 1 FROM trainings_attendance a WHERE a.session_id = ses.id AND a.registration_id = r.id
           )), interval '0') AS attended
    FROM trainings_session ses WHERE ses.seminar_id = r.seminar_id
) share
"""
IS_DUE = """
r.state = 'confirmed' AND NOT s.cancelled AND s.ends IS NOT NULL
AND share.whole > interval '0' AND share.attended >= share.whole * s.share / 100.0
AND (NOT s.needs_test OR EXISTS (
    SELECT 1 FROM trainings_handedin h WHERE h.registration_id = r.id AND h.stage = 'after'
))
AND NOT EXISTS (SELECT 1 FROM trainings_certificate c WHERE c.registration_id = r.id)
"""

declare_button(gettext_lazy("Create a seminar"), permission="trainings.manage", route="trainings:new_seminar", rank=30)


def registration_line(item: Item, number: int) -> Line:
    """People who wait for an answer to their registration."""
    text = ngettext("%(count)d registration to review", "%(count)d registrations to review", number)
    url = reverse("trainings:participants", args=[item.facts["slug"]])
    return Line(f"{text % {'count': number}} · {_title(item)}", waiting_since(item.since, number), url)


def certificate_line(item: Item, number: int) -> Line:
    """People who may have a certificate."""
    text = ngettext("%(count)d certificate to issue", "%(count)d certificates to issue", number)
    url = reverse("trainings:certificates", args=[item.facts["slug"]])
    return Line(f"{text % {'count': number}} · {_title(item)}", since(item.since), url)


def change_line(item: Item, number: int) -> Line:
    """A change that the participants do not know."""
    title = f"{_('Participants have not yet been told what has changed')} · {_title(item)}"
    return Line(title, since(item.since), reverse("trainings:mailings", args=[item.facts["slug"]]))


def seminar_line(item: Item, number: int) -> Line:
    """A seminar that is to come, or takes place: the day is that of its place."""
    day = short_appointment(item.since, ZoneInfo(item.facts["zone"]))
    url = reverse("trainings:check_in", args=[item.facts["slug"]])
    title = _title(item)
    if item.opens_at <= timezone.now():
        title = _("Check people in · %(seminar)s") % {"seminar": title}
    return Line(title, day, url)


def _title(item: Item) -> str:
    return name_in(item.facts["title"], item.facts["slug"])


declare_kind(
    Kind(
        name="trainings.registration",
        table="trainings_registration",
        describe=registration_line,
        joins=SEMINAR,
        is_open="r.state = 'applied' AND NOT s.cancelled",
        audiences=MANAGERS,
        topic="'trainings.seminar:' || s.id",
        since="r.registered_at",
        facts=FACTS,
        watched=[Watched("trainings_seminar", f"{OF_SEMINAR}.id", SHOWN)],
    )
)
declare_kind(
    Kind(
        name="trainings.certificate",
        table="trainings_registration",
        describe=certificate_line,
        joins=f"{SEMINAR} {ELIGIBLE}",
        is_open=IS_DUE,
        audiences=MANAGERS,
        object="'trainings.certificate_of:' || r.id",
        subject="'trainings.registration:' || r.id",
        topic="'trainings.seminar:' || s.id",
        since="s.ends",
        facts=FACTS,
        watched=[
            Watched("trainings_seminar", f"{OF_SEMINAR}.id", (*SHOWN, "ends", "share", "needs_test")),
            Watched("trainings_session", f"{OF_SEMINAR}.seminar_id"),
            Watched("trainings_attendance", OF_REGISTRATION),
            Watched("trainings_handedin", OF_REGISTRATION),
            Watched("trainings_certificate", OF_REGISTRATION),
        ],
    )
)
declare_kind(
    Kind(
        name="trainings.change",
        table="trainings_mailing",
        describe=change_line,
        joins=SEMINAR,
        is_open="r.kind = 'change' AND r.released_at IS NULL AND NOT s.cancelled",
        audiences=MANAGERS,
        subject="'trainings.mailing:' || r.id",
        since="r.written_at",
        closes_at="s.ends",
        facts=FACTS,
        watched=[
            Watched(
                "trainings_seminar",
                "SELECT m.* FROM trainings_mailing m WHERE m.seminar_id = {row}.id",
                (*SHOWN, "ends"),
            )
        ],
    )
)
declare_kind(
    Kind(
        name="trainings.seminar",
        table="trainings_seminar",
        describe=seminar_line,
        joins="JOIN partners_country p ON p.code = r.country_id",
        is_open="NOT r.cancelled AND r.starts IS NOT NULL",
        is_announced=True,
        audiences=f"ARRAY['trainer:' || r.organisation_id] || {HELPERS}",
        since="r.starts",
        closes_at="r.ends",
        facts={"slug": "r.slug", "title": names_of("r", "title"), "zone": "p.time_zone"},
        watched=[
            Watched("trainings_seminar_helpers", "SELECT s.* FROM trainings_seminar s WHERE s.id = {row}.seminar_id")
        ],
    )
)


@shows_strip("trainings.manage", rank=20)
def seminar_strip(user: User) -> Strip | None:
    """The seminars of a trainer, those that ended in the last thirty days among them: what state each is in, and what
    comes next there."""
    recent = Q(ends=None) | Q(ends__gt=timezone.now() - SHOWN_AFTER_END)
    own = Seminar.objects.filter(recent, organisation__in=organisations_of_trainer(user), cancelled=False)
    rows = own.for_workspace_rows().order_by(F("starts").asc(nulls_last=True), "slug")
    seminars = list(rows.prefetch_related("versions")[:MAX_SHOWN])
    if not seminars:
        return None
    items = todo_items_at(seminars)
    return Strip(gettext_lazy("My seminars"), cards=[_seminar_card(seminar, items[seminar.pk]) for seminar in seminars])


def _seminar_card(seminar: Seminar, items: Sequence[TodoItem]) -> Card:
    starts = seminar.starts.astimezone(seminar.zone) if seminar.starts else None
    when = short_appointment(starts, seminar.zone) if starts else _("no date yet")
    place = seminar.place or str(seminar.country)
    seats = _("%(taken)d of %(seats)d places taken") % {"taken": seminar.taken, "seats": seminar.seats}
    buttons = [(item.what, reverse(item.route, args=[seminar.slug])) for item in items[:1]]
    if not buttons and starts and starts.date() <= timezone.now().astimezone(seminar.zone).date():
        buttons = [(_("Check-in"), reverse("trainings:check_in", args=[seminar.slug]))]
    url = reverse("trainings:led", args=[seminar.slug])
    return Card(_title_of(seminar), url, f"{when} · {place} · {seats}", _state_of(seminar), buttons)


def _title_of(seminar: Seminar) -> str:
    """The title, as somebody has written it, while nothing is public."""
    drafts = {version.language: version.fields.get("title", "") for version in seminar.versions.all()}
    return str(seminar) if str(seminar) != seminar.slug else name_in(drafts, seminar.slug)


def _state_of(seminar: Seminar) -> str:
    """How far the texts are. What is in review waits for an editor."""
    versions = list(seminar.versions.all())
    if waiting := [version.saved_at for version in versions if version.state == TextState.IN_REVIEW]:
        return _("Waits for an editor %(since)s") % {"since": since(min(waiting))}
    if any(version.published_at for version in versions):
        return str(TextState.PUBLISHED.label)
    return str(TextState.DRAFT.label)
