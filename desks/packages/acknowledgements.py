"""What comes back from outside: the receipt is confirmed, destruction is asked for and answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.errors import InTheFuture, NeedsWords
from desks.cases.locks import lock_case
from desks.packages.errors import NothingForCode
from desks.packages.locks import lock_package, lock_row, move_package, write_words
from desks.packages.models import Package
from desks.packages.receipts import digest_of, is_whole_code, normalised_code
from desks.packages.states import KeptReason, PackageMove, PackageState, PackageWordsKind
from victor.access import OutsideReceiver, require
from victor.audit.actions import record
from victor.vault.keys.keyring import update_stamped

if TYPE_CHECKING:
    from victor.accounts.models import User

CONFIRM_DAYS = 30  # how long a receipt can be confirmed
ANSWERABLE = (PackageState.SENT, PackageState.RECEIVED, PackageState.DESTRUCTION_ASKED)


def find_package(code: str) -> Package:
    """The package of which somebody has the code, while something is to be answered.

    Raises:
        NothingForCode: it is wrong or old.
    """
    typed = normalised_code(code)
    rows = Package.objects.filter(receipt_digest=digest_of(typed), state__in=ANSWERABLE).select_related("case__desk")
    package = rows.first() if is_whole_code(typed) else None
    if package is None or package.sent_at is None or _is_old(package):
        raise NothingForCode
    return package


def _is_old(package: Package) -> bool:
    """Whether nobody waits for an answer any more. A request to destroy waits until it is answered."""
    is_asked = package.state == PackageState.DESTRUCTION_ASKED
    limit = timezone.now() - timedelta(days=CONFIRM_DAYS)
    return not is_asked and (package.sent_at is None or package.sent_at <= limit)


def _lock_for_answer(package: Package, *, by: OutsideReceiver) -> Package:
    package.case = lock_case(package.case)
    case, package = package.case, lock_row(package)
    package.case = case
    require(by, "desks.answer_package", package)
    return package


@transaction.atomic
def confirm_receipt(package: Package, function: str, *, could_open: bool, by: OutsideReceiver) -> Package:
    """The package has come. Who says it is sealed; no account is asked for. A second press changes nothing.

    Raises:
        NeedsWords: nobody says in which function.
        NothingForCode: nothing waits for this answer.
    """
    package = _lock_for_answer(package, by=by)
    if not function.strip():
        raise NeedsWords
    if package.state == PackageState.RECEIVED:
        return _note_opening(package, by=by) if could_open and not package.could_open else package
    if package.state != PackageState.SENT:
        raise NothingForCode
    package.received_at, package.could_open = timezone.now(), could_open
    write_words(package, PackageWordsKind.FUNCTION, {"text": function.strip()}, by=by)
    move_package(package, PackageMove.RECEIVE, "received_at", "could_open", by=by, opened=could_open)
    return package


def _note_opening(package: Package, *, by: OutsideReceiver) -> Package:
    """They could open it after all."""
    package.could_open = True
    update_stamped(package, "could_open")
    record("package.received", package, by=by, opened=True)
    return package


@transaction.atomic
def ask_destruction(package: Package, *, by: User) -> Package:
    """Ask the receiver to destroy it. Nobody can do more: the file is theirs.

    Raises:
        PackageMoveNotPossible: nothing was sent, it is asked already, or it is destroyed.
    """
    package, _case = lock_package(package, by=by)
    package.destruction_asked_at, package.kept_reason = timezone.now(), ""
    move_package(package, PackageMove.ASK_DESTRUCTION, "destruction_asked_at", "kept_reason", by=by)
    return package


@transaction.atomic
def confirm_destruction(package: Package, day: date, *, by: OutsideReceiver) -> Package:
    """The receiver has destroyed it.

    Raises:
        InTheFuture: the day has not come.
        PackageMoveNotPossible: nobody has asked for it.
    """
    package = _lock_for_answer(package, by=by)
    if day > timezone.localdate(timezone=package.case.desk.zone):
        raise InTheFuture
    package.destroyed_on = day
    move_package(package, PackageMove.DESTROY, "destroyed_on", by=by)
    return package


@transaction.atomic
def refuse_destruction(package: Package, reason: KeptReason, text: str, *, by: OutsideReceiver) -> Package:
    """The receiver keeps it, and says why. The words are sealed.

    Raises:
        NeedsWords: "another reason" is not said.
        PackageMoveNotPossible: nobody has asked for it.
    """
    package = _lock_for_answer(package, by=by)
    if reason == KeptReason.OTHER and not text.strip():
        raise NeedsWords
    package.kept_reason = reason
    if text.strip():
        write_words(package, PackageWordsKind.KEPT, {"text": text.strip()}, by=by)
    move_package(package, PackageMove.KEEP, "kept_reason", by=by, reason=str(reason))
    return package
