"""An extract is printed, with a row that says for whom and why; a notice of privacy is given, with a row too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import override

from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords
from desks.cases.locks import lock_kept_case, lock_running_case, lock_worked_case, save_case
from desks.cases.models import today
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from desks.extracts.errors import NotForReceiver, NothingWritten, RevealingWords
from desks.extracts.extract_parts import LISTED, PARTS, ExtractPart, ListedPart, MakeLines
from desks.extracts.models import Extract, NoticeGiven
from desks.extracts.pdf import PrintedPart, extract_pdf
from desks.extracts.revealing_words import is_revealing
from desks.extracts.states import CONCERNED, DISCREET, Audience, NoticeWay, Receiver
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import TypeAlias

    from desks.cases.models import Case
    from victor.vault.keys.keyring import UnlockedVault

    Part: TypeAlias = ExtractPart | ListedPart
    Chosen: TypeAlias = tuple[Part, Callable[[Case, UnlockedVault], MakeLines]]


@dataclass(frozen=True)
class ExtractWish:
    """What somebody wants on paper: for whom, in which language, which parts, and why.

    `parts`: the names of whole parts, and the codes of what was chosen by itself.
    """

    receiver: Receiver
    language: str
    parts: tuple[str, ...]
    reason: str
    to: str = ""


@transaction.atomic
def read_extract(case: Case, wish: ExtractWish, *, by: UnlockedVault) -> list[PrintedPart]:
    """What would stand on the paper, in its language. Nothing is printed yet.

    Raises:
        NotForReceiver: a part goes to others only.
        NothingWritten: all parts are empty.
        RevealingWords: words tell what happened to the child, and the paper goes to somebody of daily life.
        RecordBlocked: the record is kept and not used, and the paper goes to others than the people concerned.
        NoGrant, Unopenable: the record cannot be read.
    """
    case = _lock_for(wish, case, by=by.person)
    chosen = _chosen(wish)
    makers = [(part, read(case, by)) for part, read in chosen]
    with override(wish.language):
        printed = [_print_part(part, make) for part, make in makers]
    if not any(part.lines for part in printed):
        raise NothingWritten
    if wish.receiver in DISCREET:
        _require_discreet([part for part, _read in chosen], printed)
    return printed


def print_extract(case: Case, wish: ExtractWish, *, by: UnlockedVault) -> tuple[Extract, bytes]:
    """Make the paper, with a watermark that says who printed it, when, and which copy it is. It is kept nowhere.

    Nobody waits while it is printed: the record is read before, and the row is written afterwards.

    Raises:
        NotForReceiver, NothingWritten, RevealingWords, NoGrant, Unopenable: as `read_extract` does.
        NeedsWords: there is no reason.
        NotPrintable: our fonts lack a sign of what is written.
        CaseMoveNotPossible: somebody printed the same copy at this moment.
    """
    if not wish.reason.strip():
        raise NeedsWords
    parts = read_extract(case, wish, by=by)
    number = next_number(case)
    paper = extract_pdf(case, wish.receiver, wish.language, parts, name=by.person.name, number=number)
    return _note_extract(case, wish, number, by=by.person), paper


def next_number(case: Case) -> int:
    """The number of the next copy."""
    return (Extract.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def give_notice(
    case: Case, audience: Audience, *, language: str, how: NoticeWay, given_on: date, to: str = "", by: Actor
) -> NoticeGiven:
    """A notice of privacy was given. To whom is sealed.

    Raises:
        InTheFuture: the day has not come.
        NeedsWords: nobody says to whom; of a child that is clear.
    """
    case = lock_running_case(case, by=by)
    if given_on > today():
        raise InTheFuture
    if audience != Audience.CHILD and not to.strip():
        raise NeedsWords
    row = NoticeGiven(case=case, audience=audience, language=language, how=how, given_on=given_on)
    row.author = account_of(by)
    row.envelope = seal_words(case, {"to": to}, CasePurpose.NOTICE, by=by) if to.strip() else None
    save_stamped(row)
    save_case(case)
    add_entry(case, EntryKind.NOTICE, by=by, code=audience)
    record("case.notice_given", case, by=by, audience=str(audience), language=language, how=str(how))
    return row


@transaction.atomic
def _note_extract(case: Case, wish: ExtractWish, number: int, *, by: Actor) -> Extract:
    case = _lock_for(wish, case, by=by)
    if number != next_number(case):
        raise CaseMoveNotPossible
    words = {name: value for name, value in (("reason", wish.reason), ("to", wish.to)) if value.strip()}
    row = Extract(case=case, number=number, receiver=wish.receiver, language=wish.language, parts=list(wish.parts))
    row.author, row.envelope = account_of(by), seal_words(case, words, CasePurpose.EXTRACT, by=by)
    save_stamped(row)
    save_case(case)
    add_entry(case, EntryKind.EXTRACT, by=by, code=wish.receiver)
    facts = {"receiver": str(wish.receiver), "language": wish.language, "groups": " ".join(wish.parts)}
    record("case.extract_printed", case, by=by, copy=number, **facts)
    return row


def _lock_for(wish: ExtractWish, case: Case, *, by: Actor) -> Case:
    """People get their own record where it is kept and not used, too; nobody else does."""
    return lock_kept_case(case, by=by) if wish.receiver in CONCERNED else lock_worked_case(case, by=by)


def _chosen(wish: ExtractWish) -> list[Chosen]:
    """The parts that are wanted, each with what reads as much of it as is wanted."""
    chosen: list[Chosen] = [(part, part.read) for name, part in PARTS.items() if name in wish.parts]
    chosen.extend(
        (listed, partial(listed.read, numbers))
        for listed in LISTED.values()
        if (numbers := listed.numbers_in(wish.parts))
    )
    if refused := [str(part.title) for part, _read in chosen if wish.receiver not in part.receivers]:
        raise NotForReceiver(refused)
    return chosen


def _print_part(part: Part, make: MakeLines) -> PrintedPart:
    return PrintedPart(part.name, str(part.title), list(make()))


def _require_discreet(parts: Sequence[Part], printed: Sequence[PrintedPart]) -> None:
    revealing = {part.name for part in printed for _label, value in part.lines if is_revealing(value)}
    if revealing:
        raise RevealingWords([str(part.title) for part in parts if part.name in revealing])
