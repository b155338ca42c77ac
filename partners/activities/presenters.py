"""What the pages of activities show: the work packages of a grant, and one activity with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from partners.activities.forms import DayForm, DeviationForm, EvidenceForm, LinkForm
from partners.activities.models import Activity, Evidence
from partners.activities.states import ACTIVITY_MOVES, ActivityMove, DeviationState
from victor.access import is_permitted
from victor.linked_work import WORK_KINDS, Work

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django_stubs_ext import StrOrPromise

    from partners.activities.models import Deviation
    from partners.grants.models import Grant, WorkPackage
    from victor.accounts.models import User


@dataclass(frozen=True)
class PackageRow:
    """A work package with its activities."""

    package: WorkPackage
    activities: list[Activity]


def packages_of(grant: Grant, reader: User) -> list[PackageRow]:
    """The work packages of a grant, each with its activities."""
    activities: dict[int, list[Activity]] = {}
    for activity in Activity.objects.visible_to(reader).filter(package__grant=grant).for_listing():
        activities.setdefault(activity.package_id, []).append(activity)
    packages = grant.packages.select_related("lead").prefetch_related("partners")
    return [PackageRow(package, activities.get(package.pk, [])) for package in packages]


@dataclass(frozen=True)
class ActivityPage:
    """An activity with its links, deviations and evidence, and the forms that its reader can use now."""

    activity: Activity
    links: list[tuple[StrOrPromise, Work]]
    deviations: list[Deviation]
    evidence: list[tuple[Evidence, bool]]
    moves: set[str]
    forms: dict[str, BaseForm] = field(default_factory=dict)
    can_decide: bool = False

    @classmethod
    def of(cls, activity: Activity, reader: User, sent: dict[str, BaseForm] | None = None) -> ActivityPage:
        """Load what the page shows. `sent` are forms with what was typed and refused."""
        runs = is_permitted(reader, "partners.run_activity", activity)
        moves = {str(move) for move, (starts, _to) in ACTIVITY_MOVES.items() if activity.state in starts}
        deviations = list(activity.deviations.select_related("proposed_by", "decided_by"))
        is_waiting = any(deviation.state == DeviationState.PROPOSED for deviation in deviations)
        open_files = set(Evidence.objects.visible_to(reader).filter(activity=activity).values_list("pk", flat=True))
        proofs = activity.evidence.select_related("added_by")
        return cls(
            activity,
            _links_of(activity),
            deviations,
            [(proof, proof.pk in open_files) for proof in proofs],
            moves if runs else set(),
            _forms(moves, is_waiting=is_waiting) | (sent or {}) if runs else {},
            is_permitted(reader, "partners.decide_deviation", activity),
        )


def _forms(moves: set[str], *, is_waiting: bool) -> dict[str, BaseForm]:
    forms: dict[str, BaseForm] = {"evidence": EvidenceForm(prefix="evidence"), "link": LinkForm(prefix="link")}
    if moves & {ActivityMove.BEGIN, ActivityMove.FINISH}:
        forms["day"] = DayForm(prefix="day")
    if ActivityMove.CHANGE in moves and not is_waiting:
        forms["deviation"] = DeviationForm(prefix="deviation")
    return forms


def _links_of(activity: Activity) -> list[tuple[StrOrPromise, Work]]:
    """What an activity is linked to, one query a kind. What is gone is left out."""
    keys: dict[str, list[str]] = {}
    for link in activity.links.all():
        keys.setdefault(link.kind, []).append(link.key)
    known = [(WORK_KINDS[kind], wanted) for kind, wanted in keys.items() if kind in WORK_KINDS]
    return [(kind.words, work) for kind, wanted in known for work in kind.find(wanted)]
