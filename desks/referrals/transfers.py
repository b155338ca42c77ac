"""A whole case goes to another desk: its supervisor accepts, and a supervisor of this desk confirms.

Everything is copied under a new key. The clocks keep their times, because the database computes them from the rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import models, transaction
from django.utils import timezone

from desks.assessments.models import Assessment
from desks.cases.actions import new_reference
from desks.cases.assignments import release_case
from desks.cases.casework import CasePhase, Guardian, IdentityBlock, Relative, StatusDecision, Task
from desks.cases.code_lists import Block, CaseSource
from desks.cases.known_children import remember_child
from desks.cases.locks import follow_change, lock_supervised_case, save_case
from desks.cases.models import Case, TimelineEntry
from desks.cases.obstacles import Ending, obstacles_to
from desks.cases.states import EntryKind, Stage
from desks.cases.timeline import add_entry
from desks.extracts.models import NoticeGiven
from desks.notifications.models import Notification, NotificationStep
from desks.placements.models import CheckIn, MissingReport, MissingStep, Placement, PlacementText
from desks.plans.casework import FollowUp, Review, ServiceRow, ServiceStep
from desks.plans.models import Goal, Plan, PlanSignature
from desks.referrals.alerts import compose_alerts, send_alerts
from desks.referrals.errors import ConfirmTooLate, ReferralMoveNotPossible, TransferObstructed
from desks.referrals.locks import lock_referral, move_referral, receiver_group, require_start
from desks.referrals.models import Referral
from desks.referrals.revocations import end_access
from desks.referrals.states import OPEN, ReferralKind, ReferralMove, ReferralState
from desks.screening.models import Screening
from partners.directory.working_days import add_working_days
from victor.access import System
from victor.audit.actions import record
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import save_stamped, verify_stamp
from victor.vault.keys.models import Stamped
from victor.vault.records.actions import (
    create_record,
    destroy_record,
    read_all,
    read_file,
    save_sealed_file,
    seal_file,
)
from victor.vault.records.copies import copy_envelopes
from victor.vault.records.expectations import Expected
from victor.vault.records.models import Envelope, SealedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from django.core.mail import EmailMultiAlternatives

    from victor.vault.keys.keyring import UnlockedVault
    from victor.vault.keys.models import Key

CONFIRM_DAYS = 3
PORTAL = System("desks")
# What moves, each after what it belongs to.
MOVED: tuple[type[models.Model], ...] = (
    *(IdentityBlock, CasePhase, Guardian, Relative, StatusDecision, Task, TimelineEntry, Assessment, Screening),
    *(Notification, NotificationStep, Plan, Goal, PlanSignature, ServiceRow, ServiceStep, Review, FollowUp),
    *(Placement, PlacementText, CheckIn, MissingReport, MissingStep, NoticeGiven),
)
# By the name of a column: what moves with it, and to which of those it leads.
FILES = frozenset({"paper", "sheet"})
PARENTS: dict[str, type[models.Model]] = {
    "plan": Plan,
    "service": ServiceRow,
    "placement": Placement,
    "report": MissingReport,
    "notification": Notification,
    "task": Task,
}
# What stays with the desk that gives the case, and why.
LEFT = {
    "desks.assignment": "who worked here",
    "desks.caseclock": "computed by the database",
    "desks.caseescalation": "who was told here",
    "desks.casehold": "stands in the way of a transfer",
    "desks.casedeletionwarning": "about this record",
    "desks.extract": "what was printed here",
    "desks.exportedcase": "files that were made here",
    "desks.htcdsextra": "what came with a file and is never shared",
    "desks.interpreter": "people of this desk",
    "desks.interpreterbooking": "the same",
    "desks.linkedreport": "reports keep their own record",
    "desks.moverequest": "decided here",
    "desks.statusrequest": "the same",
    "desks.casemerge": "another case of this desk",
    "desks.package": "what this desk gave to others",
    "desks.referral": "its other referrals",
    "desks.subjectrequest": "decided here; one that is not stands in the way",
    "desks.subjectrequeststep": "the same",
}
# Of a case: what the other desk gives its own case.
OWN_COLUMNS = frozenset(
    {"id", "stamp", "reference", "desk", "key", "restricted_group", "source", "worker", "lead", "hold", "erase_on"}
)
FACTS = tuple(field.attname for field in Case._meta.local_fields if field.name not in OWN_COLUMNS)


def confirm_until(referral: Referral) -> date | None:
    """The last day on which an accepted transfer is confirmed."""
    if referral.accepted_at is None:
        return None
    accepted = timezone.localdate(referral.accepted_at, timezone=referral.from_desk.zone)
    return add_working_days(accepted, CONFIRM_DAYS, referral.from_desk.country)


def transfer_case(referral: Referral, *, by: UnlockedVault) -> Case:
    """Confirm an accepted transfer: from now on the other desk works on the case, in a case of its own.

    Files are copied before anything is locked.

    Raises:
        PermissionDenied: `by` supervises not the desk, or is not named in the case.
        ReferralMoveNotPossible: it is no transfer that was accepted.
        ConfirmTooLate: three working days have passed.
        TransferObstructed: something has to be decided here first.
        NoGrant, Unopenable: the case cannot be read, or was altered.
    """
    alerts = compose_alerts(referral.to_desk)
    key = _begin(referral, by=by)
    try:
        files = _copy_files(referral.case, key, by=by) if referral.case else {}
        return _finish(referral, key, files, alerts, by=by)
    except BaseException:
        with transaction.atomic():
            destroy_record(key, by=by.person)
        raise


@transaction.atomic
def _begin(referral: Referral, *, by: UnlockedVault) -> Key:
    referral, _case = _lock(referral, by=by)
    return create_record(receiver_group(referral), by=by.person)


def _lock(referral: Referral, *, by: UnlockedVault) -> tuple[Referral, Case]:
    if referral.case is None:
        raise ReferralMoveNotPossible
    case = lock_supervised_case(referral.case, by=by.person)
    referral = lock_referral(referral)
    require_start(referral, ReferralMove.CONFIRM)
    last = confirm_until(referral)
    if referral.kind != ReferralKind.TRANSFER or last is None or not case.is_running:
        raise ReferralMoveNotPossible
    if timezone.localdate(timezone=referral.from_desk.zone) > last:
        raise ConfirmTooLate
    if obstacles := obstacles_to_transfer(case, referral):
        raise TransferObstructed(obstacles)
    return referral, case


def obstacles_to_transfer(case: Case, referral: Referral) -> list[str]:
    """What has to be settled at this desk first: the references of referrals, and in words what else."""
    others = Referral.objects.filter(case=case, state__in=sorted(OPEN)).exclude(pk=referral.pk)
    references = list(others.values_list("reference", flat=True))
    return references + [obstacle.words for obstacle in obstacles_to(Ending.TRANSFER, case)]


def _copy_files(case: Case, key: Key, *, by: UnlockedVault) -> dict[UUID, SealedFile]:
    """Copies of all files of a case, by the primary key of the first. Their rows are not saved yet."""
    copies = {}
    for sealed in case.key.files.all():
        about, chunks = read_file(sealed, key_id=case.key_id, by=by)
        copies[sealed.pk] = seal_file(key, chunks, about=about)
    return copies


@transaction.atomic
def _finish(
    referral: Referral,
    key: Key,
    files: Mapping[UUID, SealedFile],
    alerts: Mapping[int, EmailMultiAlternatives],
    *,
    by: UnlockedVault,
) -> Case:
    referral, case = _lock(referral, by=by)
    for copy in files.values():
        save_sealed_file(copy, by=by.person)
    new = _open_copy(case, referral, key)
    _copy_rows(case, new, files, by=by)
    _remember_child(new, case, by=by)
    _end_here(case, by=by)
    referral.receiver_case = new
    end_access(referral, by=by.person)
    follow_change(new)
    add_entry(new, EntryKind.REFERRAL, by=by.person, code=ReferralState.TRANSFERRED)
    send_alerts(alerts)
    move_referral(referral, ReferralMove.CONFIRM, "receiver_case", by=by.person)
    record("case.transferred", new, by=by.person, desk=referral.to_desk_id)
    return new


def _open_copy(case: Case, referral: Referral, key: Key) -> Case:
    """A case at the other desk, with the same facts and times, and nobody who works on it yet."""
    new = Case(desk=referral.to_desk, reference=new_reference(), key=key, source=CaseSource.REFERRAL)
    for name in FACTS:
        setattr(new, name, getattr(case, name))
    new.unassigned_at, new.due_at = timezone.now(), None
    save_stamped(new)
    return new


def _copy_rows(case: Case, new: Case, files: Mapping[UUID, SealedFile], *, by: UnlockedVault) -> None:
    rows = [row for model in MOVED for row in _rows_of(model, case)]
    envelopes = copy_envelopes(_expected(rows, case), new.key, by=by)
    copies: dict[object, models.Model] = {}
    for row in rows:
        copies[type(row), row.pk] = _copy_row(row, new, envelopes, files, copies)


def _rows_of(model: type[models.Model], case: Case) -> Iterable[models.Model]:
    """The rows of a case, the oldest first. A plan or an assessment that replaces another comes after it."""
    rows = model._default_manager.filter(case=case).order_by("pk")
    has_envelope = any(field.name == "envelope" for field in model._meta.local_fields)
    return rows.select_related("envelope__key") if has_envelope else rows


def _expected(rows: Iterable[models.Model], case: Case) -> Iterable[Expected]:
    for row in rows:
        envelope = getattr(row, "envelope", None)
        if isinstance(row, Stamped):
            verify_stamp(row)
        if envelope is not None:
            yield Expected(envelope, case.key_id, {envelope.purpose})


def _copy_row(
    row: models.Model,
    new: Case,
    envelopes: Mapping[UUID, Envelope],
    files: Mapping[UUID, SealedFile],
    copies: Mapping[object, models.Model],
) -> models.Model:
    """The same row in the other case. What it names is named there by its copy."""
    copy = type(row)()
    for field in row._meta.local_fields:
        if field.primary_key or field.name == "stamp":
            continue
        value = getattr(row, field.attname)
        if value is not None and field.is_relation:
            value = _place_of(field.name, value, new, envelopes, files, copies)
        setattr(copy, field.attname, value)
    if isinstance(copy, Stamped):
        save_stamped(copy)
    else:
        copy.save(force_insert=True)
    return copy


def _place_of(
    name: str,
    value: UUID | int,
    new: Case,
    envelopes: Mapping[UUID, Envelope],
    files: Mapping[UUID, SealedFile],
    copies: Mapping[object, models.Model],
) -> object:
    """What a column of a copy leads to: to the copy of what it led to; to a person or a country as before."""
    if name == "case":
        return new.pk
    if name == "envelope":
        return envelopes[cast("UUID", value)].pk
    if name in FILES:
        return files[cast("UUID", value)].pk
    return copies[PARENTS[name], value].pk if name in PARENTS else value


def _remember_child(new: Case, case: Case, *, by: UnlockedVault) -> None:
    """Let the child be found at the other desk by what the record says."""
    blocks = list(IdentityBlock.objects.filter(case=case, state="saved").select_related("envelope__key"))
    contents = read_all([Expected(block.envelope, case.key_id, {block.envelope.purpose}) for block in blocks], by=by)
    for block in blocks:
        content = contents[block.envelope_id]
        if not isinstance(content, dict):
            raise Unopenable
        remember_child(new, Block(block.block), content, by=PORTAL)


def _end_here(case: Case, *, by: UnlockedVault) -> None:
    """The work on the case ends at this desk: it can be read for thirty days, and then it is deleted."""
    for person in filter(None, {case.worker, case.lead}):
        release_case(case, person, by=by.person)
    case.refresh_from_db()
    case.stage, case.closed_at = Stage.TRANSFERRED, timezone.now()
    save_case(case, "stage", "closed_at")
