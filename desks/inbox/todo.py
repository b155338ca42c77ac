"""Reports that wait, and originals that somebody asks for, for the list of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desks.desk.models import Desk
from desks.desk.todo import desk_names
from desks.inbox.models import OriginalAccess
from desks.inbox.originals import deciders_of
from desks.reports.deadlines import OpenDeadline, span_in_words
from desks.reports.models import Report
from desks.reports.states import Deadline
from partners.memberships.second_persons import Register
from victor.todo.declarations import (
    Card,
    Figure,
    Kind,
    Line,
    Strip,
    Watched,
    declare_kind,
    name_in,
    shows_strip,
    since,
)

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

WEEK = timedelta(days=7)
PROMISED = ExpressionWrapper(F("desk__answer_hours") * Value(timedelta(hours=1)), output_field=DurationField())
ANSWERED_IN_TIME = Q(answered_at__lte=F("received_at") + PROMISED)
DESK = "JOIN desks_desk d ON d.id = r.desk_id"
COLLEAGUES = "ARRAY['worker:' || d.organisation_id, 'supervisor:' || d.organisation_id]"
REPORTS_OF_DESK = Watched(
    "desks_desk",
    "SELECT report.* FROM desks_report report WHERE report.desk_id = {row}.id",
    ("organisation_id", "slug"),
)
# The rules of `desks/reports/deadlines.py`: which deadline is the soonest.
SOONEST = """
CASE WHEN r.state NOT IN ('received', 'acknowledged', 'triaged') THEN 'words'
     WHEN r.danger AND r.read_at IS NULL AND r.due_at = r.received_at + make_interval(mins => d.escalation_minutes)
         THEN 'read'
     WHEN r.unread_since IS NOT NULL AND r.due_at = r.unread_since + make_interval(hours => d.triage_hours)
         THEN 'words'
     WHEN r.triaged_at IS NULL THEN 'triage' ELSE 'answer' END
"""
ORIGINALS = """
JOIN desks_attachment a ON a.id = r.attachment_id
JOIN desks_message m ON m.id = a.message_id
JOIN desks_report report ON report.id = m.report_id
JOIN desks_desk d ON d.id = report.desk_id
"""


def report_line(item: Item, number: int) -> Line:
    """A report, and until when something has to be done with it."""
    reference = str(item.facts["reference"])
    title = f"{reference} · {_('Danger now')}" if item.urgent else reference
    detail = OpenDeadline(Deadline(item.facts["deadline"]), item.due_at).text(timezone.now()) if item.due_at else ""
    return Line(title, detail, reverse("desks:inbox_report", args=[item.facts["desk"], reference]))


def overdue_line(item: Item, number: int) -> Line:
    """A desk with reports that are overdue, for coordinators, who cannot open them."""
    title = ngettext("%(desk)s: %(count)d report overdue", "%(desk)s: %(count)d reports overdue", number)
    span = span_in_words(timezone.now() - item.opens_at)
    desk = name_in(item.facts["title"], item.facts["desk"])
    detail = _("longest overdue: %(span)s") % {"span": span}
    return Line(title % {"count": number, "desk": desk}, detail, reverse("desks:inbox_desks"))


def original_line(item: Item, number: int) -> Line:
    """A colleague who asks for an original."""
    reference = item.facts["reference"]
    title = _("%(reference)s: decide about an original file") % {"reference": reference}
    return Line(title, since(item.since), reverse("desks:inbox_report", args=[item.facts["desk"], reference]))


def elsewhere_line(item: Item, number: int) -> Line:
    """The same at a desk that has nobody else to decide."""
    title = ngettext(
        "%(count)d request for an original at another desk", "%(count)d requests for originals at other desks", number
    )
    return Line(title % {"count": number}, since(item.since), reverse("desks:originals_elsewhere"))


def decidable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """The requests on which this person can decide: who is independent of whoever asks is seen by no audience."""
    register = Register.load()
    related = ("asked_by", "attachment__message__report__desk__organisation")
    accesses = OriginalAccess.objects.select_related(*related).in_bulk([int(item.source) for item in items])
    deciding = {pk for pk, access in accesses.items() if user in deciders_of(access, register)}
    return [item for item in items if int(item.source) in deciding]


declare_kind(
    Kind(
        name="desks.report",
        table="desks_report",
        describe=report_line,
        joins=DESK,
        is_open="r.due_at IS NOT NULL",
        audiences=COLLEAGUES,
        since="r.received_at",
        due_at="r.due_at",
        urgent="r.urgent",
        facts={"reference": "r.reference", "desk": "d.slug", "deadline": SOONEST},
        watched=[REPORTS_OF_DESK],
    )
)
declare_kind(
    Kind(
        name="desks.overdue",
        table="desks_report",
        describe=overdue_line,
        joins=DESK,
        is_open="r.due_at IS NOT NULL",
        audiences="ARRAY['coordinator']",
        topic="'desks.desk:' || d.id",
        since="r.due_at",
        due_at="r.due_at",
        facts={"desk": "d.slug", "title": desk_names("d")},
        watched=[REPORTS_OF_DESK],
    )
)
for kind_name, describe, audiences in (
    ("desks.original", original_line, COLLEAGUES),
    ("desks.original_elsewhere", elsewhere_line, "ARRAY['supervisor']"),
):
    declare_kind(
        Kind(
            name=kind_name,
            table="desks_originalaccess",
            describe=describe,
            joins=ORIGINALS,
            is_open="r.granted_at IS NULL",
            audiences=audiences,
            subject="'desks.originalaccess:' || r.id",
            topic="'elsewhere'" if describe is elsewhere_line else "",
            barred="r.asked_by_id",
            since="r.asked_at",
            facts={"reference": "report.reference", "desk": "d.slug", "organisation": "d.organisation_id"},
            keep_for=decidable,
        )
    )


@shows_strip("desks.work", rank=10)
def desk_strip(user: User) -> Strip | None:
    """The desks where a person works: what they may do there, and how the last seven days went."""
    now = timezone.now()
    desks = list(Desk.objects.for_worker(user).for_work().with_counters(now))
    if not desks:
        return None
    week = Report.objects.filter(desk__in=desks, received_at__gt=now - WEEK).aggregate(
        received=Count("pk"), answered=Count("pk", filter=ANSWERED_IN_TIME)
    )
    mine = Report.objects.filter(desk__in=desks, assignee=user).needing_work().count()
    url = reverse("desks:inbox", args=[desks[0].slug])
    figures = [
        Figure(gettext_lazy("assigned to me"), mine, url),
        Figure(gettext_lazy("waiting"), sum(desk.waiting for desk in desks), url),
        Figure(gettext_lazy("overdue"), (late := sum(desk.overdue for desk in desks)), url, is_alarming=late > 0),
        Figure(gettext_lazy("received in 7 days"), week["received"], url),
        Figure(gettext_lazy("of these answered in time"), week["answered"], url),
    ]
    return Strip(gettext_lazy("My desks"), figures, [_desk_card(desk) for desk in desks])


@shows_strip("desks.lead", rank=5)
def overdue_strip(user: User) -> Strip | None:
    """Whose reports are overdue at the desks that a person supervises, most of them first."""
    late = Report.objects.filter(desk__in=Desk.objects.for_supervisor(user), due_at__lte=timezone.now())
    rows = late.order_by().values_list("desk__slug", "assignee", "assignee__name").annotate(number=Count("pk"))
    ordered = sorted(rows, key=lambda row: (-row[3], row[2] or ""))
    figures = [
        Figure(name or gettext_lazy("not assigned"), number, _late_url(slug, assignee, user), is_alarming=True)
        for slug, assignee, name, number in ordered
    ]
    return Strip(gettext_lazy("Overdue by person"), figures, is_pressing=True) if figures else None


def _late_url(slug: str, assignee: int | None, user: User) -> str:
    """The list of the desk, as far as it can be narrowed to whose reports they are."""
    narrowed = {None: "?assigned=nobody", user.pk: "?assigned=me"}
    return reverse("desks:inbox", args=[slug]) + narrowed.get(assignee, "")


def _desk_card(desk: Desk) -> Card:
    record = (gettext_lazy("Record a report"), reverse("desks:on_behalf", args=[desk.slug]))
    enquiry = (gettext_lazy("Record an enquiry"), reverse("desks:new_enquiry", args=[desk.slug]))
    buttons = [record, enquiry] if desk.group_id else [enquiry]
    return Card(str(desk), reverse("desks:inbox", args=[desk.slug]), buttons=buttons)
