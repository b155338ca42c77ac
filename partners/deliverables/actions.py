"""What happens to a deliverable: it is written in versions, read by somebody else, submitted, accepted or sent back."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.deliverables.emails import compose_due_notices
from partners.deliverables.errors import DeliverableMoveNotPossible, ReviewerIsAuthor, ReviewMissing
from partners.deliverables.models import Deliverable, DeliverableReminder, DeliverableVersion
from partners.deliverables.states import HANDED_IN, REMINDER_DAYS, STARTS, DeliverableMove, DeliverableState
from partners.memberships.actions import active_coordinators
from victor.access import Actor, System, require
from victor.audit.actions import record
from victor.files.states import FileFormat

if TYPE_CHECKING:
    from django.core.files import File

    from victor.accounts.models import User

WRITE, REVIEW, SUBMIT = "partners.write_deliverable", "partners.review_deliverable", "partners.submit_deliverable"


@transaction.atomic
def add_version(deliverable: Deliverable, file: File, file_format: FileFormat, *, by: User) -> DeliverableVersion:
    """Add the next version, written by `by`.

    Raises:
        DeliverableMoveNotPossible: it is being read, or is submitted.
    """
    deliverable = _lock(deliverable)
    require(by, WRITE, deliverable)
    _require_start(deliverable, DeliverableMove.UPLOAD)
    last = deliverable.versions.first()
    version = DeliverableVersion(deliverable=deliverable, number=last.number + 1 if last else 1, author=by)
    version.file_format, version.sha256 = file_format, sha256(file.read()).hexdigest()
    file.seek(0)
    version.file.save(file.name or "", file, save=False)
    version.save(force_insert=True)
    _move(deliverable, DeliverableState.DRAFT)
    record("deliverable.version_added", deliverable, by=by, code=deliverable.code, number=version.number)
    return version


@transaction.atomic
def ask_for_review(deliverable: Deliverable, reviewer: User, *, by: User) -> DeliverableVersion:
    """Ask somebody who has not written the newest version to read it.

    Raises:
        DeliverableMoveNotPossible: there is no draft.
        ReviewerIsAuthor: the person has written it.
    """
    deliverable = _lock(deliverable)
    require(by, WRITE, deliverable)
    version = _newest(deliverable, DeliverableMove.ASK)
    if reviewer.pk == version.author_id:
        raise ReviewerIsAuthor
    version.reviewer = reviewer
    version.save(update_fields=["reviewer"])
    _move(deliverable, DeliverableState.IN_REVIEW)
    record("deliverable.review_asked", deliverable, by=by, code=deliverable.code, reviewer=str(reviewer.pk))
    return version


@transaction.atomic
def pass_review(deliverable: Deliverable, *, by: User) -> DeliverableVersion:
    """Say as its reviewer that the newest version can be submitted.

    Raises:
        DeliverableMoveNotPossible: it is not being read, or was passed.
    """
    deliverable = _lock(deliverable)
    version = _newest(deliverable, DeliverableMove.PASS)
    require(by, REVIEW, version)
    if version.reviewed_at is not None:
        raise DeliverableMoveNotPossible
    version.reviewed_at = timezone.now()
    version.save(update_fields=["reviewed_at"])
    _move(deliverable, DeliverableState.IN_REVIEW)
    record("deliverable.review_passed", deliverable, by=by, code=deliverable.code, number=version.number)
    return version


@transaction.atomic
def return_draft(deliverable: Deliverable, reason: str, *, by: User) -> Deliverable:
    """Return the newest version to its author, as its reviewer.

    Raises:
        DeliverableMoveNotPossible: it is not being read.
    """
    deliverable = _lock(deliverable)
    version = _newest(deliverable, DeliverableMove.RETURN)
    require(by, REVIEW, version)
    version.reviewer = version.reviewed_at = None
    version.save(update_fields=["reviewer", "reviewed_at"])
    _move(deliverable, DeliverableState.DRAFT, reason)
    record("deliverable.review_returned", deliverable, by=by, code=deliverable.code, number=version.number)
    return deliverable


@transaction.atomic
def submit_deliverable(deliverable: Deliverable, *, by: User) -> DeliverableVersion:
    """Note that the newest version is submitted today. From now on nobody changes it.

    Raises:
        DeliverableMoveNotPossible: it is not being read.
        ReviewMissing: its reviewer has not passed it.
    """
    deliverable = _lock(deliverable)
    require(by, SUBMIT, deliverable)
    version = _newest(deliverable, DeliverableMove.SUBMIT)
    if version.reviewed_at is None:
        raise ReviewMissing
    version.submitted_on = timezone.localdate()
    version.save(update_fields=["submitted_on"])
    _move(deliverable, DeliverableState.SUBMITTED)
    number, digest = version.number, version.sha256
    record("deliverable.submitted", deliverable, by=by, code=deliverable.code, number=number, sha256=digest)
    return version


@transaction.atomic
def accept_deliverable(deliverable: Deliverable, *, by: User) -> Deliverable:
    """Note that the funder has accepted it.

    Raises:
        DeliverableMoveNotPossible: it is not submitted.
    """
    deliverable = _lock(deliverable)
    require(by, SUBMIT, deliverable)
    _require_start(deliverable, DeliverableMove.ACCEPT)
    _move(deliverable, DeliverableState.ACCEPTED)
    record("deliverable.accepted", deliverable, by=by, code=deliverable.code)
    return deliverable


@transaction.atomic
def send_back_deliverable(deliverable: Deliverable, reason: str, *, by: User) -> Deliverable:
    """Note that the funder has sent it back. What was submitted stays; a new version follows.

    Raises:
        DeliverableMoveNotPossible: it is not submitted.
    """
    deliverable = _lock(deliverable)
    require(by, SUBMIT, deliverable)
    _require_start(deliverable, DeliverableMove.SEND_BACK)
    _move(deliverable, DeliverableState.SENT_BACK, reason)
    record("deliverable.sent_back", deliverable, by=by, code=deliverable.code)
    return deliverable


@transaction.atomic
def notify_of_due(deliverable: Deliverable, *, by: System) -> int | None:
    """Tell the owner, or all coordinators where there is none, that it is due: once for each number of days.

    Return the number of days of which they were told; None where there was nothing new to tell.
    """
    people = [deliverable.owner] if deliverable.owner and deliverable.owner.is_active else active_coordinators()
    notices = compose_due_notices(deliverable, people)
    deliverable = _lock(deliverable)
    left = (deliverable.due_on - timezone.localdate()).days
    reached = [days for days in REMINDER_DAYS if left <= days]
    new = set(reached) - set(deliverable.reminders.values_list("days", flat=True))
    if deliverable.state in HANDED_IN or not new or min(reached) not in new:
        return None
    DeliverableReminder.objects.bulk_create(
        DeliverableReminder(deliverable=deliverable, days=days) for days in sorted(new)
    )
    for notice in notices:
        notice.send()
    record("deliverable.due_told", deliverable, by=by, code=deliverable.code, days=min(reached))
    return min(reached)


@transaction.atomic
def release_person(user_id: int, *, by: Actor) -> None:
    """Take somebody who has left off the deliverables that they own or read. Coordinators name somebody else."""
    owned = Deliverable.objects.filter(owner=user_id)
    read = Deliverable.objects.filter(state=DeliverableState.IN_REVIEW, versions__reviewer=user_id)
    for deliverable in Deliverable.objects.select_for_update().filter(pk__in=owned.union(read).values("pk")):
        if deliverable.owner_id == user_id:
            deliverable.owner = None
            deliverable.save(update_fields=["owner"])
        _release_reviewer(deliverable, user_id)
        record("deliverable.person_removed", deliverable, by=by, code=deliverable.code)


def _release_reviewer(deliverable: Deliverable, user_id: int) -> None:
    version = deliverable.versions.first()
    is_reading = version is not None and version.reviewer_id == user_id and version.reviewed_at is None
    if version is None or not is_reading or deliverable.state != DeliverableState.IN_REVIEW:
        return
    version.reviewer = None
    version.save(update_fields=["reviewer"])
    _move(deliverable, DeliverableState.DRAFT)


def _newest(deliverable: Deliverable, move: DeliverableMove) -> DeliverableVersion:
    _require_start(deliverable, move)
    version = deliverable.versions.select_for_update().first()
    if version is None:
        raise DeliverableMoveNotPossible
    return version


def _require_start(deliverable: Deliverable, move: DeliverableMove) -> None:
    if deliverable.state not in STARTS[move]:
        raise DeliverableMoveNotPossible


def _move(deliverable: Deliverable, state: DeliverableState, reason: str = "") -> None:
    deliverable.state, deliverable.reason, deliverable.moved_at = state, reason, timezone.now()
    deliverable.save(update_fields=["state", "reason", "moved_at"])


def _lock(deliverable: Deliverable) -> Deliverable:
    rows = Deliverable.objects.select_for_update(of=["self"]).select_related("package", "owner")
    return rows.get(pk=deliverable.pk)
