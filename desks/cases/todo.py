"""What is left to do in cases, for the list of tasks, and the numbers of cases on the first page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desks.cases.board import CountedList, count_lists, figures_of, supervised_lists, views_of_list
from desks.cases.clocks import CLOCK_KINDS, due_in_words
from desks.cases.models import Case
from desks.cases.requests import MoveRequest, StatusRequest
from desks.cases.states import RUNNING_STAGES
from desks.desk.models import Desk
from victor.todo.declarations import (
    Card,
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
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

CASE = "JOIN desks_case c ON c.id = r.case_id JOIN desks_desk d ON d.id = c.desk_id"
DESK = "JOIN desks_desk d ON d.id = r.desk_id"
STAGES = ", ".join(f"'{stage}'" for stage in sorted(RUNNING_STAGES))
CASE_RUNS = f"c.stage IN ({STAGES})"
# Who works on a case; else who leads it; else the supervisors of its desk.
ITS_PEOPLE = """ARRAY[CASE WHEN c.worker_id IS NOT NULL THEN 'user:' || c.worker_id
    WHEN c.lead_id IS NOT NULL THEN 'user:' || c.lead_id ELSE 'supervisor:' || d.organisation_id END]"""
SUPERVISORS = "ARRAY['supervisor:' || d.organisation_id]"
# Who leads a case; else the supervisors of its desk.
LEADS = """ARRAY[CASE WHEN c.lead_id IS NOT NULL THEN 'user:' || c.lead_id
    ELSE 'supervisor:' || d.organisation_id END]"""
OF_CASE = "SELECT own.* FROM {table} own WHERE own.case_id = {{row}}.id"
OF_DESK = "SELECT own.* FROM {table} own JOIN desks_case c ON c.id = own.case_id WHERE c.desk_id = {{row}}.id"
CASES_OF_DESK = Watched(
    "desks_desk",
    "SELECT c.* FROM desks_case c WHERE c.desk_id = {row}.id",
    ("organisation_id", "slug"),
)


def watched_rows(table: str, *columns: str) -> list[Watched]:
    """What an item of a row of a case depends on: the desk of the case, and these columns of the case itself."""
    watched = [Watched("desks_desk", OF_DESK.format(table=table), ("organisation_id", "slug"))]
    return [*watched, Watched("desks_case", OF_CASE.format(table=table), columns)] if columns else watched


def keeps_readable(rows: Callable[[User], QuerySet]) -> Callable[[User, Sequence[OpenItem]], Sequence[OpenItem]]:
    """Leave the items of cases that a person may open. `rows`: those of the table that this person can settle."""

    def keep(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
        wanted = rows(user).filter(pk__in=[int(item.source) for item in items])
        mine = {str(pk) for pk in wanted.filter(case__in=Case.objects.visible_to(user)).values_list("pk", flat=True)}
        return [item for item in items if item.source in mine]

    return keep


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
        watched=watched_rows("desks_caseclock", "worker_id", "lead_id", "risk"),
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
        watched=watched_rows("desks_moverequest"),
        keep_for=keeps_readable(lambda _user: MoveRequest.objects.all()),
    )
)
declare_kind(
    Kind(
        name="desks.case_status",
        table="desks_statusrequest",
        describe=status_line,
        joins=CASE,
        is_open=f"r.state = 'asked' AND {CASE_RUNS}",
        audiences=SUPERVISORS,
        subject="'desks.case:' || c.id",
        since="r.made_at",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=watched_rows("desks_statusrequest", "stage"),
        keep_for=keeps_readable(lambda _user: StatusRequest.objects.all()),
    )
)
declare_kind(
    Kind(
        name="desks.case_unassigned",
        table="desks_case",
        describe=without_worker_line,
        joins=DESK,
        is_open=f"r.worker_id IS NULL AND r.stage IN ({STAGES})",
        audiences=SUPERVISORS,
        subject="'desks.case:' || r.id",
        topic="'desks.desk:' || d.id",
        since="COALESCE(r.unassigned_at, r.opened_at)",
        facts={"reference": "r.reference", "desk": "d.slug"},
        watched=[CASES_OF_DESK],
    )
)


@shows_strip("desks.lead", rank=4)
def cases_to_supervise(user: User) -> Strip | None:
    """The cases of the desks that a person supervises: each number leads to its list, each desk to its board."""
    desks = _desks_with_keys(Desk.objects.for_supervisor(user))
    words = gettext_lazy("Supervisor's board")
    cards = [_card(desk, reverse("desks:case_board", args=[desk.slug]), words) for desk in desks]
    return _strip(user, desks, supervised_lists(user), gettext_lazy("Cases at my desk"), cards)


@shows_strip("desks.work", rank=9)
def my_cases(user: User) -> Strip | None:
    """The cases of a worker, and the button that opens one."""
    desks = _desks_with_keys(Desk.objects.for_worker(user))
    words = gettext_lazy("Open a case")
    cards = [_card(desk, reverse("desks:case_new", args=[desk.slug]), words) for desk in desks]
    return _strip(user, desks, views_of_list(user, ["mine", "late"]), gettext_lazy("My cases"), cards)


def _desks_with_keys(desks: Iterable[Desk]) -> list[Desk]:
    return [desk for desk in desks if desk.group_id]


def _card(desk: Desk, url: str, words: StrOrPromise) -> Card:
    return Card(str(desk), reverse("desks:cases", args=[desk.slug]), buttons=[(words, url)])


def _strip(
    user: User, desks: Sequence[Desk], lists: Sequence[CountedList], heading: StrOrPromise, cards: Sequence[Card]
) -> Strip | None:
    if not desks:
        return None
    numbers = count_lists(Case.objects.visible_to(user).filter(desk__in=desks), lists)
    figures = [figure for desk in desks for figure in figures_of(desk, lists, numbers)]
    if len(desks) > 1:
        names = [str(desk) for desk in desks for _list in lists]
        figures = [
            replace(figure, label=f"{figure.label} · {name}") for figure, name in zip(figures, names, strict=True)
        ]
    return Strip(heading, figures, cards)
