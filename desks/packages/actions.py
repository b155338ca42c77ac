"""What can happen to a package: a supervisor is asked, makes it, and the desk fetches the file for seven days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.casework import StatusDecision
from desks.cases.envelopes import paper_of
from desks.cases.models import today
from desks.extracts.extract_parts import LISTED
from desks.packages.consents import confirmed_basis, require_basis, valid_consent
from desks.packages.contents import Contents, package_pdf, read_words
from desks.packages.encryption import lock_with_key, lock_with_passphrase
from desks.packages.errors import ChildNotInformed, FileGone, SupervisorMakes
from desks.packages.locks import lock_package, lock_unsent_package, move_package
from desks.packages.passphrases import new_passphrase
from desks.packages.receipts import digest_of, new_code
from desks.packages.states import Method, PackageMove, PackageState, PackageWordsKind
from desks.packages.wishes import require_confirmed_key
from desks.referrals.code_lists import FieldGroup
from desks.referrals.errors import NoGroups, RecordChanged
from desks.referrals.field_groups import DOCUMENTS, read_group
from victor.access import require
from victor.audit.actions import record
from victor.files.kinds import KINDS
from victor.vault.keys.keyring import update_stamped
from victor.vault.records.actions import FileInfo, read_file, save_sealed_file, seal_file
from victor.vault.records.drafts import erase_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desks.cases.models import Case
    from desks.packages.models import Package
    from victor.access import Actor
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault
    from victor.vault.records.models import SealedFile

FILE_DAYS = 7
MEDIA_TYPES = {Method.AGE: "application/octet-stream", Method.PDF: "application/pdf"}


@dataclass(frozen=True)
class Made:
    """A package that was made, and the six words that unlock it: this once. Empty where a partner's key does."""

    package: Package
    passphrase: str


@transaction.atomic
def ask_supervisor(package: Package, *, by: User) -> Package:
    """The draft is complete: a supervisor who has not written it looks at it, and makes it.

    Raises:
        PackageMoveNotPossible: it is no draft.
        NoGroups, NoBasis, NoGroundOutside: something lacks.
        FingerprintNotConfirmed: the partner's key cannot be used.
    """
    package, case = lock_unsent_package(package, PackageState.DRAFT, by=by)
    _require_ready(package)
    package.author, package.case_version, package.asked_at = by, case.version, timezone.now()
    move_package(package, PackageMove.ASK, "author", "case_version", "asked_at", by=by)
    return package


@transaction.atomic
def return_to_draft(package: Package, *, by: User) -> Package:
    """It is changed once more.

    Raises:
        PackageMoveNotPossible: no supervisor is asked.
    """
    package, _case = lock_unsent_package(package, PackageState.ASKED, by=by)
    package.asked_at = None
    move_package(package, PackageMove.RETURN, "asked_at", by=by)
    return package


def make_package(package: Package, *, child_informed: bool, by: UnlockedVault) -> Made:
    """Make the file: nobody takes it back from here on.

    Nobody waits while it is printed and locked: the record is read before, and what was asked is checked again after.

    Raises:
        ChildNotInformed: neither the child nor the guardian knows.
        PermissionDenied: `by` does not supervise the desk.
        SupervisorMakes: `by` has written it.
        PackageMoveNotPossible: no supervisor is asked, or it was made already.
        RecordChanged: the case has changed since a supervisor was asked.
        NoBasis, NoGroundOutside: nothing allows it any more.
        FingerprintNotConfirmed: the partner's key cannot be used.
        NotPrintable: our fonts lack a sign of what is written.
        NoGrant, Unopenable: the record cannot be read, or was altered.
    """
    if not child_informed:
        raise ChildNotInformed
    recipient, contents = _read_for_making(package, by=by)
    code, passphrase = new_code(), new_passphrase() if package.method == Method.PDF else ""
    paper = package_pdf(package, contents, code, today())
    locked = lock_with_passphrase(paper, passphrase) if passphrase else lock_with_key(paper, recipient)
    about = FileInfo("", MEDIA_TYPES[Method(package.method)])
    sealed = seal_file(package.case.key, [locked], about=about)
    return Made(_finish(package, sealed, code, recipient, contents, by=by.person), passphrase)


@transaction.atomic
def _read_for_making(package: Package, *, by: UnlockedVault) -> tuple[str, Contents]:
    package, case, recipient = _lock_for_making(package, by=by.person)
    papers = _read_papers(package, case, by=by)
    return recipient, replace(read_contents(package, by=by), papers=papers)


def _lock_for_making(package: Package, *, by: User) -> tuple[Package, Case, str]:
    package, case = lock_unsent_package(package, PackageState.ASKED, by=by)
    require(by, "desks.supervise_case", case)
    if package.author_id == by.pk:
        raise SupervisorMakes
    if case.version != package.case_version:
        raise RecordChanged
    return package, case, _require_ready(package)


def _require_ready(package: Package) -> str:
    """The key with which it is locked; empty where six words lock it."""
    if not package.groups:
        raise NoGroups
    require_basis(package)
    return require_confirmed_key(package).recipient if package.method == Method.AGE else ""


@transaction.atomic
def _finish(
    package: Package, sealed: SealedFile, code: str, recipient: str, contents: Contents, *, by: User
) -> Package:
    package, case, key_now = _lock_for_making(package, by=by)
    if key_now != recipient or case.version != contents.case_version:
        raise RecordChanged
    now = timezone.now()
    package.file = save_sealed_file(sealed, by=by)
    package.approver, package.child_informed, package.receipt_digest = by, True, digest_of(code)
    package.sent_at, package.expires_at = now, now + timedelta(days=FILE_DAYS)
    columns = ("file", "approver", "child_informed", "receipt_digest", "sent_at", "expires_at")
    facts = {"method": package.method, "partner": package.partner_id, "groups": " ".join(package.groups)}
    move_package(package, PackageMove.SEND, *columns, by=by, **facts)
    return package


@transaction.atomic
def read_contents(package: Package, *, by: UnlockedVault) -> Contents:
    """What would leave now, without the papers themselves. The log notes who has looked.

    Raises:
        NoGroups: nothing is chosen.
        NoGrant, Unopenable: the record cannot be read.
    """
    package, case = lock_package(package, by=by.person)
    if not package.groups:
        raise NoGroups
    groups = {FieldGroup(group): read_group(FieldGroup(group), package.items, case, by) for group in package.groups}
    words = read_words(package, by=by)
    record("package.previewed", package, by=by.person, groups=" ".join(package.groups))
    office = str(words[PackageWordsKind.OFFICE].get("text", ""))
    letter = words.get(PackageWordsKind.LETTER, {})
    return Contents(office, letter, groups, {}, _basis_in_codes(package), case.version)


def _read_papers(package: Package, case: Case, *, by: UnlockedVault) -> dict[str, bytes]:
    """Copies of the documents that were chosen. Their names tell nothing."""
    if FieldGroup.DOCUMENTS not in package.groups:
        return {}
    numbers = LISTED[DOCUMENTS].numbers_in(package.items)
    decisions = StatusDecision.objects.filter(case=case, pk__in=numbers, paper__isnull=False)
    papers = {}
    for number, decision in enumerate(decisions.select_related("paper__key").order_by("pk"), start=1):
        about, chunks = read_file(paper_of(case, decision), key_id=case.key_id, by=by)
        kind = KINDS.get(about.type)
        papers[f"{package.reference}-{number}.{kind.suffix if kind else 'bin'}"] = b"".join(chunks)
    return papers


def _basis_in_codes(package: Package) -> Mapping[str, object]:
    """On which basis it leaves: a consent in the words of FHIR, or the code of another basis."""
    basis, consent = confirmed_basis(package), valid_consent(package)
    if consent is None:
        return {"lawfulBasis": basis.kind} if basis else {}
    period = {"start": consent.valid_from.isoformat(), "end": consent.valid_to.isoformat()}
    provision = {"purpose": package.purpose, "data": sorted(consent.groups)}
    return {"resourceType": "Consent", "grantor": consent.giver, "period": period, "provision": provision}


@transaction.atomic
def read_package(package: Package, *, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """The locked file, for whoever hands it to the receiver. It is counted, and stands in the log.

    Raises:
        FileGone: its seven days are over, or it was never made.
        NoGrant, Unopenable: the record cannot be read.
    """
    package, case = lock_package(package, by=by.person)
    if package.file is None or not package.is_readable:
        raise FileGone
    opened = read_file(package.file, key_id=case.key_id, by=by)
    package.downloads += 1
    update_stamped(package, "downloads")
    record("package.file_read", package, by=by.person, copy=package.downloads)
    return opened


@transaction.atomic
def erase_old_file(package: Package, *, by: Actor) -> None:
    """The seven days are over: the file goes. What stands in the log, and the code, stay.

    Raises:
        FileGone: somebody was faster.
    """
    package, case = lock_package(package, by=by)
    require(by, "desks.work_on_case", case)
    if package.file is None or package.is_readable:
        raise FileGone
    sealed, package.file = package.file, None
    update_stamped(package, "file")
    erase_file(sealed, by=by)
    record("package.file_erased", package, by=by)
