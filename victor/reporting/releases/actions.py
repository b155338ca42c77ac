"""What happens to a release: it is begun, counted and checked by the portal, approved by a second person, published."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partners.memberships.second_persons import COORDINATOR, require_second_person
from victor.access import Actor, System, account_of, require
from victor.audit.actions import record
from victor.languages import current_language
from victor.reporting.releases.contents import FORMAT, Frozen, as_canonical_json
from victor.reporting.releases.errors import (
    HalfYearNotOver,
    ReleaseMoveNotPossible,
    SourcesNotCompared,
    StillBeingMade,
    WhyMissing,
)
from victor.reporting.releases.models import Release
from victor.reporting.releases.states import RELEASE_MOVES, ReleaseMove, ReleaseState
from victor.stored_names import stored_reference
from victor.task_queue import queue_task

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.indicators.periods import HalfYear

PERMISSION = "reporting.manage_releases"
MAKE_TASK = "victor.reporting.releases.tasks.make_release"


@transaction.atomic
def begin_release(*, kind: str, half_years: Collection[HalfYear], by: User) -> Release:
    """Let the worker count the figures of these half-years.

    Raises:
        HalfYearNotOver: none was chosen, or one is not shown yet.
    """
    require(by, PERMISSION)
    if not half_years or not all(period.is_shown for period in half_years):
        raise HalfYearNotOver
    last = Release.objects.aggregate(last=Max("number"))["last"] or 0
    release = Release.objects.create(
        number=last + 1,
        kind=kind,
        half_years=[period.key for period in sorted(half_years)],
        made_by=by,
        language=current_language(),
    )
    _make_on_commit(release)
    record("release.begun", release, by=by, number=release.label, kind=kind)
    return release


@transaction.atomic
def begin_correction(release: Release, *, reason: str, by: User) -> Release:
    """Count a release anew that takes the place of one that went out. `reason` says what was wrong, and why.

    Raises:
        ReleaseMoveNotPossible: it did not go out, or was corrected, or a correction is on its way.
        WhyMissing: without words.
    """
    release = _lock(release)
    require(by, PERMISSION, release)
    if release.state != ReleaseState.PUBLISHED or release.corrections.exists():
        raise ReleaseMoveNotPossible
    if not reason.strip():
        raise WhyMissing
    correction = Release.objects.create(
        number=release.number,
        correction=release.correction + 1,
        kind=release.kind,
        half_years=release.half_years,
        left_out=release.left_out,
        corrects=release,
        reason=reason.strip(),
        made_by=by,
        language=current_language(),
    )
    _make_on_commit(correction)
    record("release.correction_begun", correction, by=by, number=correction.label)
    return correction


@transaction.atomic
def finish_release(
    release: Release, *, figures: Sequence[Frozen], sections: Sequence[Frozen], audit: Mapping[str, object], by: System
) -> Release:
    """Store what was counted. What has passed the audit waits for a second person.

    Raises:
        ReleaseMoveNotPossible: it was made already, or set aside.
    """
    release = _lock(release)
    require(by, PERMISSION, release)
    if not release.is_being_made:
        raise ReleaseMoveNotPossible
    release.counted_at, release.audit = timezone.now(), dict(audit)
    release.content = as_canonical_json(_whole(release, figures, sections))
    release.sha256 = hashlib.sha256(release.content.encode()).hexdigest()
    passed = not audit["narrow"] and not audit["changed"]
    if passed:
        release.state = ReleaseState.CHECKED
    release.save()
    if passed:
        record("release.checked", release, by=by, number=release.label, sha256=release.sha256)
    else:
        record("release.check_failed", release, by=by, number=release.label, sha256=release.sha256)
    return release


@transaction.atomic
def leave_out_figures(release: Release, *, by: Actor) -> Release:
    """Count a draft anew without the figures that would reveal others.

    Raises:
        ReleaseMoveNotPossible: the audit has found nothing.
    """
    release = _lock(release)
    require(by, PERMISSION, release)
    revealing = {*release.audit["narrow"], *release.audit["changed"]} if release.audit else set()
    if release.state != ReleaseState.DRAFT or not revealing:
        raise ReleaseMoveNotPossible
    release.left_out = sorted({*release.left_out, *revealing})
    _begin_anew(release)
    record("release.left_out", release, by=by, number=release.label, figures=len(release.left_out))
    return release


@transaction.atomic
def return_release(release: Release, *, reason: str, by: Actor) -> Release:
    """Give a release back to whoever made it, with a reason. It is counted anew or set aside.

    Raises:
        WhyMissing: without words.
        ReleaseMoveNotPossible: it does not wait for approval.
    """
    release = _lock(release)
    require(by, PERMISSION, release)
    if not reason.strip():
        raise WhyMissing
    _move(release, ReleaseMove.RETURN)
    release.returned = reason.strip()
    release.save()
    record("release.returned", release, by=by, number=release.label)
    return release


@transaction.atomic
def count_release_anew(release: Release, *, by: Actor) -> Release:
    """Let the worker count a draft anew that was returned or did not pass.

    Raises:
        StillBeingMade: it is being counted.
        ReleaseMoveNotPossible: it is no draft any more.
    """
    release = _lock(release)
    require(by, PERMISSION, release)
    if release.is_being_made:
        raise StillBeingMade
    if release.state != ReleaseState.DRAFT:
        raise ReleaseMoveNotPossible
    _begin_anew(release)
    record("release.begun", release, by=by, number=release.label, kind=release.kind)
    return release


@transaction.atomic
def discard_release(release: Release, *, by: Actor) -> None:
    """Delete a draft.

    Raises:
        ReleaseMoveNotPossible: it is no draft.
    """
    release = _lock(release)
    require(by, PERMISSION, release)
    if release.state != ReleaseState.DRAFT:
        raise ReleaseMoveNotPossible
    reference = stored_reference(release)
    release.delete()
    record("release.discarded", reference, by=by, number=release.label)


@transaction.atomic
def approve_release(release: Release, *, has_compared: bool, by: User) -> Release:
    """Say as a second coordinator that the release may go out.

    Raises:
        NotSecondPerson: it is one's own, or both are not independent.
        SourcesNotCompared: the summary was not compared with its sources.
        ReleaseMoveNotPossible: it does not wait for approval.
    """
    release = _lock(release)
    require(by, PERMISSION, release)
    require_second_person(by, asker=release.made_by, roles=COORDINATOR)
    if not has_compared:
        raise SourcesNotCompared
    _move(release, ReleaseMove.APPROVE)
    release.approved_by, release.approved_at = account_of(by), timezone.now()
    release.save()
    record("release.approved", release, by=by, number=release.label, sha256=release.sha256)
    return release


@transaction.atomic
def publish_release(release: Release, *, by: Actor) -> Release:
    """Let an approved release out. One that corrects another takes its place.

    Raises:
        ReleaseMoveNotPossible: it is not approved.
    """
    release = _lock(release)
    require(by, PERMISSION, release)
    _move(release, ReleaseMove.PUBLISH)
    release.published_at = timezone.now()
    release.save()
    if release.corrects is not None:
        corrected = _lock(release.corrects)
        _move(corrected, ReleaseMove.CORRECT)
        corrected.save()
        record("release.corrected", corrected, by=by, number=corrected.label, correction=release.label)
    record("release.published", release, by=by, number=release.label, sha256=release.sha256)
    return release


def _whole(release: Release, figures: Sequence[Frozen], sections: Sequence[Frozen]) -> Frozen:
    return {
        "format": FORMAT,
        "number": release.label,
        "kind": release.kind,
        "half_years": [
            {"key": period.key, "first": f"{period.first}", "last": f"{period.last}"} for period in release.periods
        ],
        "counted_on": f"{timezone.localdate():%Y-%m-%d}",
        "corrects": release.corrects.label if release.corrects else "",
        "correction": {"text": release.reason, "language": release.language},
        "figures": list(figures),
        "sections": list(sections),
    }


def _begin_anew(release: Release) -> None:
    release.counted_at = release.audit = None
    release.content = release.sha256 = release.returned = ""
    release.done = release.total = 0
    release.save()
    _make_on_commit(release)


def _make_on_commit(release: Release) -> None:
    transaction.on_commit(partial(queue_task, MAKE_TASK, release.pk))


def _lock(release: Release) -> Release:
    return Release.objects.select_for_update(of=["self"]).select_related("made_by", "corrects").get(pk=release.pk)


def _move(release: Release, move: ReleaseMove) -> None:
    start, leads_to = RELEASE_MOVES[move]
    if release.state != start:
        raise ReleaseMoveNotPossible
    release.state = leads_to
