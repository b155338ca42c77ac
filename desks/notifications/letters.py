"""What of a case goes into a letter to an authority, read with the open key of whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from desks.cases.case_page import current_blocks, named_lines
from desks.cases.code_lists import Block
from desks.cases.envelopes import DAMAGED, read_words
from desks.cases.errors import CaseMoveNotPossible
from desks.notifications.actions import lock_notification
from desks.notifications.pdf import LetterPart, letter_pdf
from desks.notifications.states import AuthorityKind
from victor.audit.actions import record
from victor.vault.errors import Unopenable

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.notifications.models import Notification
    from victor.vault.keys.keyring import UnlockedVault


@dataclass(frozen=True)
class LetterWish:
    """What somebody wants in a letter: parts of the record, and words that they have typed."""

    language: str
    authority: str
    identity: bool = False
    contact: bool = False
    signs: str = ""
    suspicion: str = ""


def make_letter(notification: Notification, wish: LetterWish, *, by: UnlockedVault) -> bytes:
    """Make the letter. What is said about a suspected person goes to the police alone, and is kept nowhere.

    Nobody waits while it is printed: the record is read before, and the log says of it afterwards.

    Raises:
        CaseMoveNotPossible: the desk no longer works on the case, or words for the police would go elsewhere.
        NoGrant, Unopenable: the record cannot be read.
        NotPrintable: our fonts lack a sign of what was typed.
    """
    case, parts = _read_parts(notification, wish, by=by)
    letter = letter_pdf(case, wish.authority, wish.language, parts)
    _note_letter(notification, wish, by=by)
    return letter


@transaction.atomic
def _read_parts(notification: Notification, wish: LetterWish, *, by: UnlockedVault) -> tuple[Case, list[LetterPart]]:
    case, row = lock_notification(notification, by=by.person)
    if wish.suspicion and row.kind != AuthorityKind.POLICE:
        raise CaseMoveNotPossible
    wanted = {Block.IDENTITY: wish.identity, Block.SAFETY: wish.contact}
    blocks = current_blocks(case, [block for block, is_wanted in wanted.items() if is_wanted])
    contents = read_words(case, blocks, by=by)
    if DAMAGED in contents.values():
        raise Unopenable
    parts = [_part(Block(block.block), contents[block.envelope_id]) for block in blocks]
    typed = ((lambda: _("Signs that were seen"), wish.signs), (lambda: _("Suspicion"), wish.suspicion))
    return case, parts + [LetterPart(heading, list, words) for heading, words in typed if words.strip()]


@transaction.atomic
def _note_letter(notification: Notification, wish: LetterWish, *, by: UnlockedVault) -> None:
    case, row = lock_notification(notification, by=by.person)
    groups = " ".join(name for name in ("identity", "contact", "signs", "suspicion") if getattr(wish, name))
    record("case.letter_made", case, by=by.person, kind=row.kind, language=wish.language, groups=groups)


def _part(block: Block, content: dict[str, object]) -> LetterPart:
    """A part of the record. Its labels are asked for only in the language of the letter."""
    return LetterPart(lambda: str(block.label), partial(named_lines, block, content))
