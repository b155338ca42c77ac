"""Files of a report: the clean copy for everybody at the desk, the original for two persons with a reason, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible, NotIndependent
from desks.desk.models import Desk
from desks.desk.querysets import DESK_ROLES, key_holders
from desks.desk.rules import works_at
from desks.inbox.errors import NotGranted
from desks.inbox.models import OriginalAccess
from desks.reports.actions import lock_worked_report
from desks.reports.envelopes import verify_attachment
from desks.reports.models import Attachment
from desks.reports.states import EnvelopePurpose
from partners.memberships.errors import NotSecondPerson
from partners.memberships.second_persons import Register, second_person_fault, second_persons
from partners.memberships.states import Role, SecondPersonFault
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import UnlockedVault, save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import FileInfo, read_file, write_envelope

GRANT_VALIDITY = timedelta(hours=24)


@transaction.atomic
def open_clean_copy(attachment: Attachment, *, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """The clean copy, and what it was called.

    Raises:
        DeskMoveNotPossible: there is none.
    """
    report = lock_worked_report(attachment.message.report, by=by.person)
    sealed = verify_attachment(attachment).clean
    if sealed is None:
        raise DeskMoveNotPossible
    clean_copy = read_file(sealed, key_id=report.key_id, by=by)
    record("report.file_opened", attachment, by=by.person)
    return clean_copy


@transaction.atomic
def request_original(attachment: Attachment, reason: str, *, by: User) -> OriginalAccess:
    """Ask to open what was sent just as it was sent."""
    report = lock_worked_report(attachment.message.report, by=by)
    envelope = write_envelope(report.key, {"text": reason}, purpose=EnvelopePurpose.NOTE, by=by)
    access = OriginalAccess(attachment=attachment, reason=envelope, asked_by=by)
    save_stamped(access)
    record("report.original_asked", access, by=by)
    return access


@transaction.atomic
def approve_original(access: OriginalAccess, *, by: User) -> OriginalAccess:
    """Approve that a colleague opens it, within a day. See `deciders_of`.

    Raises:
        PermissionDenied: `by` works at no desk.
        NotIndependent: `by` asked for it, holds no key, is not independent of whoever asks, or is too new.
        DeskMoveNotPossible: somebody has agreed already.
    """
    access = _lock_access(access)
    require(by, "desks.work")
    if access.granted_at is not None:
        raise DeskMoveNotPossible
    _require_decider(access, by)
    access.granted_by, access.granted_at = by, timezone.now()
    update_stamped(access, "granted_by", "granted_at")
    record("report.original_granted", access, by=by)
    return access


@transaction.atomic
def open_original(access: OriginalAccess, *, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """The original, once, for whoever has asked.

    Raises:
        NotGranted: nobody has agreed, it is another's, it was used, or a day has passed.
    """
    access = _lock_access(access)
    lock_worked_report(access.attachment.message.report, by=by.person)
    if access.asked_by_id != by.person.pk or access.granted_at is None or access.used_at is not None:
        raise NotGranted
    if access.granted_at + GRANT_VALIDITY <= timezone.now():
        raise NotGranted
    access.used_at = timezone.now()
    update_stamped(access, "used_at")
    report = access.attachment.message.report
    original = read_file(verify_attachment(access.attachment).original, key_id=report.key_id, by=by)
    record("report.original_opened", access, by=by.person)
    return original


def deciders_of(access: OriginalAccess, register: Register | None = None) -> list[User]:
    """Who can agree: colleagues who hold the desk's keys and are independent of whoever asks.

    Where there is none, supervisors of other desks. They decide by what is plain, and get no key.
    """
    desk, asker = access.attachment.message.report.desk, access.asked_by
    holders = set(key_holders(desk).values_list("pk", flat=True))
    register = register or Register.load()
    people = second_persons(asker=asker, roles=DESK_ROLES, at=desk.organisation, register=register)
    colleagues_with_key = [person for person in people if person.pk in holders]
    if colleagues_with_key:
        return colleagues_with_key
    supervisors = second_persons(asker=asker, roles=[Role.SUPERVISOR], register=register)
    return [person for person in supervisors if not works_at(person, desk)]


def requests_from_elsewhere(by: User) -> list[OriginalAccess]:
    """Requests of other desks that have nobody else to decide, for a supervisor who can."""
    waiting = OriginalAccess.objects.filter(granted_at=None).select_related(
        "asked_by", "attachment__original", "attachment__message__report__desk__organisation"
    )
    elsewhere = waiting.exclude(attachment__message__report__desk__in=Desk.objects.for_worker(by))
    register = Register.load()
    return [access for access in elsewhere if by in deciders_of(access, register)]


def _require_decider(access: OriginalAccess, by: User) -> None:
    people = deciders_of(access)
    if by in people:
        return
    desk = access.attachment.message.report.desk
    fault = second_person_fault(by, asker=access.asked_by, roles=DESK_ROLES, at=desk.organisation)
    raise NotIndependent(NotSecondPerson(fault or SecondPersonFault.NO_KEY, people))


def _lock_access(access: OriginalAccess) -> OriginalAccess:
    accesses = OriginalAccess.objects.select_for_update(of=["self"])
    related = ("asked_by", "attachment__message__report__desk__organisation", "attachment__original")
    return verify_stamp(accesses.select_related(*related).get(pk=access.pk))
