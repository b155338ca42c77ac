"""A file is sealed, what its columns mean is said, known children are looked for; then cases are opened, or nothing is.

What waits lies under a key of its own. It goes when the last row is done, when somebody discards it, or after a day.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from desks.cases.candidates import SearchResult, search_child
from desks.cases.opening_form import SEARCHED
from desks.desk.errors import NoKeys
from desks.desk.models import Desk
from desks.desk.querysets import require_key
from desks.imports.case_mapping import ListMapping
from desks.imports.contents import content_to_seal, count_of, file_of
from desks.imports.errors import ImportGone, TooManyImports
from desks.imports.models import CaseImport, ColumnMapping
from desks.imports.states import ImportPurpose
from victor.access import System, require
from victor.audit.actions import record
from victor.stored_names import stored_reference
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import (
    create_record,
    destroy_record,
    erase_envelope,
    read_envelope,
    write_envelope,
)
from victor.vault.records.expectations import Expected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from desks.imports.case_mapping import IncomingCase
    from desks.imports.contents import File
    from desks.imports.states import ImportKind
    from victor.access import Actor
    from victor.accounts.models import User
    from victor.vault.groups.models import Group
    from victor.vault.keys.keyring import UnlockedVault

CLOCK = System("clock")
MAX_WAITING = 20
HEADINGS = "desks.imports.headings"


@transaction.atomic
def begin_import(desk: Desk, kind: ImportKind, file: File, *, by: User) -> CaseImport:
    """Seal what was read of a file, under a key of its own. It waits for a day.

    Raises:
        PermissionDenied: `by` does not supervise the desk.
        NoDeskKey, NoKeys: nobody there, or not `by`, could read it again.
        TooManyImports: too many wait already.
    """
    require(by, "desks.import_cases", desk)
    require_key(desk, by)
    desk = _lock_desk(desk)
    if CaseImport.objects.filter(desk=desk).count() >= MAX_WAITING:
        raise TooManyImports
    key = create_record(_group_of(desk), by=by)
    envelope = write_envelope(key, content_to_seal(file), purpose=ImportPurpose.ROWS, by=by)
    row = CaseImport(desk=desk, kind=kind, key=key, envelope=envelope, rows=count_of(file), author=by)
    save_stamped(row)
    record("import.begun", row, by=by, kind=str(kind), rows=row.rows)
    return row


def _lock_desk(desk: Desk) -> Desk:
    related = ("group", "organisation", "country")
    return Desk.objects.select_for_update(of=["self"], no_key=True).select_related(*related).get(pk=desk.pk)


def _group_of(desk: Desk) -> Group:
    if desk.trusted_group is None:
        raise NoKeys
    return desk.trusted_group


def lock_import(row: CaseImport, *, by: User) -> CaseImport:
    """A file that waits, as it is now.

    Raises:
        ImportGone: a day has passed, or it is done or discarded.
        Unopenable: somebody else has changed it.
    """
    rows = CaseImport.objects.visible_to(by).select_for_update(of=["self"]).select_related("desk__organisation", "key")
    locked = rows.filter(pk=row.pk).first()
    if locked is None:
        raise ImportGone
    require(by, "desks.import_cases", locked.desk)
    return verify_stamp(locked)


def read_import(row: CaseImport, *, by: UnlockedVault) -> File:
    """What the file says.

    Raises:
        PermissionDenied: who reads does not supervise the desk.
        NoGrant: the key of whoever reads does not open it.
        Unopenable: it was altered.
    """
    require(by.person, "desks.import_cases", row.desk)
    row = verify_stamp(row)
    return file_of(row.kind, read_envelope(Expected(row.envelope, row.key_id, {ImportPurpose.ROWS}), by=by))


def digest_of(headings: Iterable[str]) -> str:
    """By what the meaning of columns is found again. It does not tell the headings."""
    return salted_hmac(HEADINGS, "\n".join(sorted(headings)), algorithm="sha256").hexdigest()


def read_mapping(desk: Desk, headings: Iterable[str], *, by: UnlockedVault) -> ListMapping:
    """What columns with these headings mean at a desk; nothing where nobody has said it.

    Raises:
        PermissionDenied, NoGrant, Unopenable: as above.
    """
    require(by.person, "desks.import_cases", desk)
    rows = ColumnMapping.objects.select_related("envelope__key")
    row = rows.filter(desk=desk, digest=digest_of(headings)).first()
    if row is None:
        return ListMapping()
    row = verify_stamp(row)
    content = read_envelope(Expected(row.envelope, row.key_id, {ImportPurpose.COLUMNS}), by=by)
    return ListMapping(content["columns"], content["codes"])


@transaction.atomic
def save_mapping(row: CaseImport, headings: Iterable[str], mapping: ListMapping, *, by: User) -> None:
    """Say what the columns of a list mean, for this file and for the next with the same headings.

    Raises:
        ImportGone, PermissionDenied: as above.
        NoKeys: nobody could read it again.
    """
    row = lock_import(row, by=by)
    desk = _lock_desk(row.desk)
    digest = digest_of(headings)
    saved = ColumnMapping.objects.select_for_update(of=["self"]).filter(desk=desk, digest=digest).first()
    key = verify_stamp(saved).key if saved else create_record(_group_of(desk), by=by)
    content = {"columns": dict(mapping.columns), "codes": {name: dict(codes) for name, codes in mapping.codes.items()}}
    envelope = write_envelope(key, content, purpose=ImportPurpose.COLUMNS, by=by)
    if saved is None:
        save_stamped(ColumnMapping(desk=desk, digest=digest, key=key, envelope=envelope, author=by))
    else:
        before, saved.envelope, saved.author = saved.envelope, envelope, by
        update_stamped(saved, "envelope", "author")
        erase_envelope(before, by=by)
    record("import.prepared", row, by=by)


def look_for_known(row: CaseImport, cases: Iterable[IncomingCase], *, by: User) -> CaseImport:
    """Ask of each child whether the desk knows it already, and seal the answers beside the file.

    Raises:
        ImportGone: as above.
    """
    known: dict[int, dict[str, object]] = {}
    for case in cases:
        result = search_child(row.desk, _searched(case), by=by) if _searched(case) else SearchResult()
        if result.candidates or result.notices:
            candidates = [[candidate.case.reference, candidate.reasons] for candidate in result.candidates]
            known[case.number] = {"candidates": candidates, "notices": result.notices}
    return _seal_known(row, known, by=by)


def _searched(case: IncomingCase) -> dict[str, str]:
    values = {**case.content.identity, **case.content.contact}
    return {name: str(values[name]) for name in SEARCHED if values.get(name) not in (None, "")}


@transaction.atomic
def _seal_known(row: CaseImport, known: Mapping[int, Mapping[str, object]], *, by: User) -> CaseImport:
    row = lock_import(row, by=by)
    before = row.known
    row.known = write_envelope(row.key, {"rows": known}, purpose=ImportPurpose.KNOWN, by=by)
    update_stamped(row, "known")
    if before is not None:
        erase_envelope(before, by=by)
    record("import.searched", row, by=by, rows=row.rows, known=len(known))
    return row


@transaction.atomic
def discard_import(row: CaseImport, *, by: User) -> None:
    """Throw a file away that waits. What was opened of it stays.

    Raises:
        ImportGone, PermissionDenied: as above.
    """
    erase_import(lock_import(row, by=by), by=by)
    record("import.discarded", stored_reference(row), by=by)


def erase_import(row: CaseImport, *, by: Actor) -> None:
    """Delete a locked file with its key, and with it every word."""
    key = row.key
    row.delete()
    destroy_record(key, by=by)


def erase_expired() -> int:
    """Delete the files whose day has passed, each in a transaction of its own; return how many that were."""
    count = 0
    for pk in list(CaseImport.objects.expired().values_list("pk", flat=True)):
        with suppress(CaseImport.DoesNotExist, Unopenable):
            _erase_expired(pk)
            count += 1
    return count


@transaction.atomic
def _erase_expired(pk: int) -> None:
    row = CaseImport.objects.expired().select_for_update(of=["self"]).select_related("key").get(pk=pk)
    reference = stored_reference(row)
    erase_import(verify_stamp(row), by=CLOCK)
    record("import.erased", reference, by=CLOCK)
