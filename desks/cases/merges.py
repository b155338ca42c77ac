"""Two cases of one child become one: a second person agrees, and for thirty days a supervisor can undo it.

Nothing is copied or moved. The merged case keeps its own record, which nobody writes to any more, and is read from the
other: so nothing is lost. It is restricted and deleted with the other.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from desks.cases.errors import (
    CaseMoveNotPossible,
    MergeObstructed,
    MergeTooOld,
    NeedsWords,
    NotMergeable,
    OpenToOthers,
)
from desks.cases.locks import lock_case, lock_supervised_case, save_case
from desks.cases.models import Case, today
from desks.cases.obstacles import Ending, Obstacle, obstacles_by_case, obstacles_to, stands_in_the_way
from desks.cases.requests import CaseMerge
from desks.cases.states import EntryKind, RequestState, Stage
from desks.cases.timeline import add_entry, language_of, language_of_desk, noon_of, write_task
from victor.access import account_of
from victor.audit.actions import record
from victor.formatting import long_day
from victor.vault.keys.keyring import update_stamped, verify_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from victor.access import Actor

DAYS_TO_SORT = 7  # what was written in a case while another one was a part of it


def merges_into(*cases: Case) -> list[CaseMerge]:
    """The merges by which other cases have become a part of these, the oldest first."""
    merges = CaseMerge.objects.done().filter(into__in=cases, request__case__stage=Stage.MERGED)
    return list(merges.select_related("request__case__desk").order_by("merged_at", "pk"))


def merge_of(case: Case) -> CaseMerge | None:
    """The merge by which this case has become a part of another; None where it has not."""
    if case.stage != Stage.MERGED:
        return None
    merges = CaseMerge.objects.done().filter(request__case=case)
    return merges.select_related("into__desk", "request__decided_by").last()


def absorbed_cases(case: Case) -> Iterator[Case]:
    """All cases that have become a part of this one, also by way of others.

    Raises:
        Unopenable: somebody has altered in the database what was merged with what.
    """
    for merge in merges_into(case):
        verify_stamp(merge)
        yield merge.request.case
        yield from absorbed_cases(merge.request.case)


def surviving_case(case: Case) -> Case:
    """The case in which the work on this child goes on."""
    merge = merge_of(case)
    return surviving_case(merge.into) if merge else case


def lock_in_order(*cases: Case) -> None:
    """Lock several cases, always in the same order, so that two who merge never wait for each other."""
    for case in sorted(cases, key=lambda case: case.pk):
        lock_case(case)


def lock_absorbed(case: Case) -> list[Case]:
    """Lock a case and all that have become a part of it, in the same order; return these parts as they are now."""
    lock_in_order(case, *absorbed_cases(case))
    return [lock_case(part) for part in absorbed_cases(case)]


def require_mergeable(case: Case, into: Case) -> None:
    """Refuse to merge a case into another unless both are of one desk and the same people may open them.

    Raises:
        NotMergeable: it is the same case, of another desk, or one on which the desk does not work.
        OpenToOthers: one of them is restricted.
        CaseMoveNotPossible: somebody asks to merge the other one at this moment.
        MergeObstructed: something of the case that would end still runs.
    """
    if case.pk == into.pk or case.desk_id != into.desk_id or not into.is_running:
        raise NotMergeable
    if case.restricted_group_id != into.restricted_group_id:
        raise OpenToOthers
    asked = CaseMerge.objects.filter(request__state=RequestState.ASKED)
    if asked.filter(request__case=into).exists() or asked.filter(into=case).exists():
        raise CaseMoveNotPossible
    if obstacles := obstacles_to(Ending.MERGE, case):
        raise MergeObstructed(obstacles)


def complete_merge(merge: CaseMerge, case: Case, *, by: Actor) -> None:
    """Note in both cases that they are one. The case was moved; both are locked."""
    into = lock_case(merge.into)
    merge.merged_at = timezone.now()
    update_stamped(merge, "stage_before", "merged_at")
    add_entry(case, EntryKind.MERGED, by=by, code=into.reference)
    save_case(into)
    add_entry(into, EntryKind.MERGED, by=by, code=case.reference)
    record("case.merged", into, by=by, case=str(case.pk))


@transaction.atomic
def undo_merge(case: Case, words: str, *, by: Actor) -> Case:
    """They are two cases again, each as it was. What was written since stays where it is, and a task says to sort it.

    Raises:
        PermissionDenied: `by` does not supervise the desk.
        CaseMoveNotPossible: the case is not merged.
        MergeTooOld: thirty days have passed.
        NeedsWords: there is no reason.
    """
    merge = merge_of(case)
    if merge is None:
        raise CaseMoveNotPossible
    lock_in_order(case, merge.into)
    case = lock_supervised_case(case, by=by)
    merge = verify_stamp(CaseMerge.objects.select_for_update().get(pk=merge.pk))
    if case.stage != Stage.MERGED or merge.undo_until is None:
        raise CaseMoveNotPossible
    if not merge.is_undoable:
        raise MergeTooOld
    if not words.strip():
        raise NeedsWords
    merge.undone_by, merge.undone_at = account_of(by), timezone.now()
    update_stamped(merge, "undone_by", "undone_at")
    case.stage = merge.stage_before
    save_case(case, "stage")
    into = lock_case(merge.into)
    save_case(into)
    _add_task_to_sort(merge, case, into, by=by)
    for first, second in ((case, into), (into, case)):
        language = language_of(by, first)
        add_entry(first, EntryKind.MERGE_UNDONE, by=by, code=second.reference, text=words, language=language)
    record("case.merge_undone", case, by=by, into=str(into.pk))
    return case


def _add_task_to_sort(merge: CaseMerge, case: Case, into: Case, *, by: Actor) -> None:
    """What was written while both were one may be about the other child: somebody looks through it within a week."""
    since = merge.merged_at
    if since is None or not into.is_running:
        return
    if not into.timeline.filter(made_at__gt=since).exclude(kind=EntryKind.MERGED).exists():
        return
    day = timezone.localdate(since, into.desk.zone)
    with override(language_of_desk(into.desk)):
        words = _(
            "%(reference)s was a part of this case until now. Look through what was written here since %(day)s. "
            "Write what is about the other child in %(reference)s."
        ) % {"reference": case.reference, "day": long_day(day)}
    write_task(into, words, due_at=noon_of(today() + timedelta(days=DAYS_TO_SORT), into.desk), by=by)


@stands_in_the_way(Ending.DELETE)
def what_keeps_merged_cases(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """A merged case is deleted with the other. What keeps it keeps both."""
    merges = merges_into(*cases)
    obstacles = obstacles_by_case(Ending.DELETE, [merge.request.case for merge in merges]) if merges else {}
    for merge in merges:
        other = merge.request.case
        for obstacle in obstacles[other.pk]:
            words = _("%(reference)s, a part of this case: %(words)s")
            whole = words % {"reference": other.reference, "words": obstacle.words}
            yield merge.into_id, Obstacle(whole, "now", "merged")
