"""The lock that every action on a package takes: its case first, then the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from desks.cases.locks import lock_running_case, lock_worked_case
from desks.cases.states import EntryKind
from desks.cases.timeline import add_entry
from desks.packages.errors import PackageMoveNotPossible
from desks.packages.models import Package, PackageWords, PartnerKey
from desks.packages.states import PACKAGE_MOVES, PackageMove, PackagePurpose, PackageState, PackageWordsKind
from victor.access import account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import write_envelope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desks.cases.models import Case
    from victor.access import Actor


def lock_row(package: Package) -> Package:
    """The package as it is now. Its case is locked already.

    Raises:
        Package.DoesNotExist: it was dropped.
        Unopenable: somebody has changed it in the database.
    """
    rows = Package.objects.select_for_update(of=["self"]).select_related("case__desk", "partner", "file__key")
    return verify_stamp(rows.get(pk=package.pk))


def lock_package(package: Package, *, by: Actor) -> tuple[Package, Case]:
    """The package, for somebody who works on its case and holds the keys.

    Raises:
        PermissionDenied: `by` does not work there, or is not named in the case.
        NotAKeyHolder: `by` could not read what they write.
    """
    case = lock_worked_case(package.case, by=by)
    return lock_row(package), case


def lock_unsent_package(package: Package, *states: PackageState, by: Actor) -> tuple[Package, Case]:
    """The same where it stands in one of these states, and the desk works on the case.

    Raises:
        CaseMoveNotPossible: the case has ended.
        PackageMoveNotPossible: it stands elsewhere.
    """
    case = lock_running_case(package.case, by=by)
    package = lock_row(package)
    if package.state not in states:
        raise PackageMoveNotPossible
    return package, case


def lock_key(key: PartnerKey) -> PartnerKey:
    """A partner's key as it is now.

    Raises:
        Unopenable: somebody has changed it in the database.
    """
    rows = PartnerKey.objects.select_for_update(of=["self"]).select_related("desk")
    return verify_stamp(rows.get(pk=key.pk))


def require_start(package: Package, move: PackageMove) -> None:
    """Refuse a move that does not start from where the package stands.

    Raises:
        PackageMoveNotPossible: it does not.
    """
    if package.state not in PACKAGE_MOVES[move][0]:
        raise PackageMoveNotPossible


def move_package(package: Package, move: PackageMove, *fields: str, by: Actor, **facts: str | int | None) -> None:
    """Move a locked package, and save these fields of it. What has left stands in the timeline of the case."""
    require_start(package, move)
    package.state, package.moved_at, package.version = PACKAGE_MOVES[move][1], timezone.now(), package.version + 1
    update_stamped(package, "state", "moved_at", "version", *fields)
    if package.sent_at is not None:
        add_entry(package.case, EntryKind.PACKAGE, by=by, code=package.state)
    deed = "returned" if move == PackageMove.RETURN else package.state
    record(f"package.{deed}", package, by=by, **facts)


def write_words(package: Package, kind: PackageWordsKind, words: Mapping[str, object], *, by: Actor) -> PackageWords:
    """Seal words of a locked package into the record of its case, in the place of earlier ones."""
    row = package.words.filter(kind=kind).select_related("envelope").first()
    before = row.envelope if row else None
    row = row or PackageWords(package=package, kind=kind)
    row.author, row.made_at = account_of(by), timezone.now()
    row.envelope = write_envelope(package.case.key, dict(words), purpose=PackagePurpose.WORDS, by=by)
    if before is None:
        save_stamped(row)
    else:
        update_stamped(row, "author", "made_at", "envelope")
        before.delete()
    return row
