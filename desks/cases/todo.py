"""What is left to do in cases, for the list of tasks, and the numbers of cases on the first page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desks.cases.casework import MoveRequest, StatusRequest
from desks.cases.clocks import CLOCK_KINDS, due_in_words
from desks.cases.models import Case
from desks.cases.querysets import SHOWN, list_condition
from desks.cases.states import RUNNING_STAGES
from desks.desk.models import Desk
from victor.todo.declarations import (
    Card,
    Figure,
    Kind,
    Line,
    Strip,
    Watched,
    declare_kind,
    names_subject,
    shows_strip,
    since,
    waiting_since,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

CASE = "JOIN desks_case c ON c.id = r.case_id JOIN desks_desk d ON d.id = c.desk_id"
DESK = "JOIN desks_desk d ON d.id = r.desk_id"
RUNNING = "r.stage IN ({})".format(", ".join(f"'{stage}'" for stage in sorted(RUNNING_STAGES)))
# Who works on a case; else who leads it; else the supervisors of its desk.
ITS_PEOPLE = """ARRAY[CASE WHEN c.worker_id IS NOT NULL THEN 'user:' || c.worker_id
    WHEN c.lead_id IS NOT NULL THEN 'user:' || c.lead_id ELSE 'supervisor:' || d.organisation_id END]"""
SUPERVISORS = "ARRAY['supervisor:' || d.organisation_id]"
CLOCKS_OF_CASE = Watched(
    "desks_case",
    "SELECT clock.* FROM desks_caseclock clock WHERE clock.case_id = {row}.id",
    ("worker_id", "lead_id", "risk"),
)
CLOCKS_OF_DESK = Watched(
    "desks_desk",
    "SELECT clock.* FROM desks_caseclock clock JOIN desks_case c ON c.id = clock.case_id WHERE c.desk_id = {row}.id",
    ("organisation_id", "slug"),
)
CASES_OF_DESK = Watched(
    "desks_desk",
    "SELECT c.* FROM desks_case c WHERE c.desk_id = {row}.id",
    ("organisation_id", "slug"),
)
STATUS_REQUESTS = [
    Watched(
        "desks_case", "SELECT request.* FROM desks_statusrequest request WHERE request.case_id = {row}.id", ("stage",)
    ),
    Watched(
        "desks_desk",
        "SELECT request.* FROM desks_statusrequest request JOIN desks_case c ON c.id = request.case_id "
        "WHERE c.desk_id = {row}.id",
        ("organisation_id", "slug"),
    ),
]
REQUESTS_OF_DESK = Watched(
    "desks_desk",
    "SELECT request.* FROM desks_moverequest request JOIN desks_case c ON c.id = request.case_id "
    "WHERE c.desk_id = {row}.id",
    ("organisation_id", "slug"),
)


def clock_line(item: Item, number: int) -> Line:
    """Something of a case that is due, or late."""
    reference = str(item.facts["reference"])
    title = f"{reference} · {_('Danger now')}" if item.urgent else reference
    detail = due_in_words(str(item.facts["kind"]), item.due_at, timezone.now()) if item.due_at else ""
    return Line(title, detail, _page_of(item))


def request_line(item: Item, number: int) -> Line:
    """Somebody asks for a decision that another person takes."""
    title = _("%(reference)s: decide about a request") % {"reference": item.facts["reference"]}
    return Line(title, since(item.since), _page_of(item))


def status_line(item: Item, number: int) -> Line:
    """A worker asks whether the child is presumed a victim. The line does not say so."""
    title = _("%(reference)s: decide about the status") % {"reference": item.facts["reference"]}
    return Line(title, since(item.since), _page_of(item))


def without_worker_line(item: Item, number: int) -> Line:
    """Cases that have no worker."""
    title = ngettext("%(count)d case without worker", "%(count)d cases without worker", number)
    url = reverse("desks:cases", args=[item.facts["desk"]]) + "?show=unassigned"
    return Line(title % {"count": number}, waiting_since(item.since, number), url)


@names_subject(Case.stored_name)
def case_line(item: Item) -> Line:
    """The case itself, where it is told what has happened to it."""
    return Line(str(item.facts["reference"]), "", _page_of(item))


def _page_of(item: Item) -> str:
    return reverse("desks:case", args=[item.facts["desk"], item.facts["reference"]])


def readable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """The requests of cases that this person may open: of a restricted one only its people decide."""
    requests = MoveRequest.objects.filter(pk__in=[int(item.source) for item in items])
    mine = {str(pk) for pk in requests.filter(case__in=Case.objects.visible_to(user)).values_list("pk", flat=True)}
    return [item for item in items if item.source in mine]


def readable_status_requests(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """The same of requests about the status."""
    requests = StatusRequest.objects.filter(pk__in=[int(item.source) for item in items])
    mine = {str(pk) for pk in requests.filter(case__in=Case.objects.visible_to(user)).values_list("pk", flat=True)}
    return [item for item in items if item.source in mine]


def opens_at() -> str:
    """From when a clock stands among the tasks, by its kind. All slices have declared theirs with their models."""
    days = {kind.name: kind.opens_before.days for kind in CLOCK_KINDS.values() if kind.opens_before is not None}
    cases = "".join(
        f" WHEN '{name}' THEN GREATEST(r.since, r.due_at - interval '{count} days')" for name, count in days.items()
    )
    return f"CASE r.kind{cases} ELSE r.since END"


declare_kind(
    Kind(
        name="desks.case_clock",
        table="desks_caseclock",
        describe=clock_line,
        joins=CASE,
        audiences=ITS_PEOPLE,
        subject="'desks.case:' || c.id",
        since="r.since",
        due_at="r.due_at",
        opens_at=opens_at(),
        urgent="c.risk = 'danger'",
        facts={"reference": "c.reference", "desk": "d.slug", "kind": "r.kind"},
        watched=[CLOCKS_OF_CASE, CLOCKS_OF_DESK],
        is_announced=True,
    )
)
declare_kind(
    Kind(
        name="desks.case_request",
        table="desks_moverequest",
        describe=request_line,
        joins=CASE,
        is_open="r.state = 'asked'",
        audiences=SUPERVISORS,
        barred="r.author_id",
        subject="'desks.case:' || c.id",
        since="r.made_at",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=[REQUESTS_OF_DESK],
        keep_for=readable,
    )
)
declare_kind(
    Kind(
        name="desks.case_status",
        table="desks_statusrequest",
        describe=status_line,
        joins=CASE,
        is_open=f"r.state = 'asked' AND {RUNNING.replace('r.', 'c.')}",
        audiences=SUPERVISORS,
        subject="'desks.case:' || c.id",
        since="r.made_at",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=STATUS_REQUESTS,
        keep_for=readable_status_requests,
    )
)
declare_kind(
    Kind(
        name="desks.case_unassigned",
        table="desks_case",
        describe=without_worker_line,
        joins=DESK,
        is_open=f"r.worker_id IS NULL AND {RUNNING}",
        audiences=SUPERVISORS,
        subject="'desks.case:' || r.id",
        topic="'desks.desk:' || d.id",
        since="COALESCE(r.unassigned_at, r.opened_at)",
        facts={"reference": "r.reference", "desk": "d.slug"},
        watched=[CASES_OF_DESK],
    )
)
SUPERVISED = ("late", "unassigned", "no_guardian", "approve", "quiet")


@shows_strip("desks.lead", rank=4)
def cases_to_supervise(user: User) -> Strip | None:
    """The cases of the desks that a person supervises: each number leads to its list."""
    return _strip(user, list(Desk.objects.for_supervisor(user)), SUPERVISED, gettext_lazy("Cases at my desk"))


@shows_strip("desks.work", rank=9)
def my_cases(user: User) -> Strip | None:
    """The cases of a worker, and the button that opens one."""
    return _strip(user, list(Desk.objects.for_worker(user)), ("mine", "late"), gettext_lazy("My cases"), opens=True)


def _strip(
    user: User, desks: list[Desk], shown: Sequence[str], heading: StrOrPromise, *, opens: bool = False
) -> Strip | None:
    desks = [desk for desk in desks if desk.group_id]
    if not desks:
        return None
    cases = Case.objects.visible_to(user).filter(desk__in=desks).order_by()
    counts = {name: Count("pk", filter=list_condition(name, user)) for name in shown}
    rows = cases.values("desk").annotate(**counts).values_list("desk", *shown)
    numbers = {(row[0], name): int(number) for row in rows for name, number in zip(shown, row[1:], strict=True)}
    figures = [
        Figure(
            SHOWN[name] if len(desks) == 1 else f"{SHOWN[name]} · {desk}",
            number,
            f"{reverse('desks:cases', args=[desk.slug])}?{urlencode({'show': name})}",
            is_alarming=name in {"late", "unassigned"} and number > 0,
        )
        for desk in desks
        for name in shown
        for number in [numbers.get((desk.pk, name), 0)]
    ]
    button = gettext_lazy("Open a case")
    cards = [
        Card(
            str(desk),
            reverse("desks:cases", args=[desk.slug]),
            buttons=[(button, reverse("desks:case_new", args=[desk.slug]))],
        )
        for desk in (desks if opens else [])
    ]
    return Strip(heading, figures, cards)
