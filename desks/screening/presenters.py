"""What the pages of a screening show: decrypted where the vault is open, before anything renders."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desks.cases.decisions import is_presumable, open_request
from desks.cases.rules import supervises
from desks.cases.steps import can_write
from desks.screening.actions import PURPOSE
from desks.screening.answers import ScreeningContent, is_child
from desks.screening.screening_signs import Sign, signs_by_group
from desks.screening.states import (
    Act,
    Answer,
    KnowledgeSource,
    Means,
    Purpose,
    ScreeningOrigin,
    SignGroup,
    TriageLevel,
)
from desks.screening.triage import words_of_level, words_of_triage
from partners.help_lines.presenters import lines_to_call_first
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import verify_stamp
from victor.vault.records.actions import read_envelope
from victor.vault.records.expectations import Expected

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.cases.requests import StatusRequest
    from desks.cases.sections import CaseReader
    from desks.screening.models import Screening

FIRST_VERSION = 1  # of a draft in which nothing is written yet
ELEMENTS = {"act": Act, "means": Means, "purpose": Purpose}


def emergency_number_of(case: Case) -> str:
    """The number to call first in the country of the case's desk."""
    return lines_to_call_first(case.desk.country_id)[0].number


def read_content(reader: CaseReader, screening: Screening) -> ScreeningContent | None:
    """What is written in a screening; None while the vault is locked. In a draft that was just begun nothing is.

    Raises:
        NoGrant: the key of whoever reads does not open the case.
        Unopenable: it was altered.
    """
    if verify_stamp(screening).case_id != reader.case.pk:
        raise Unopenable
    if screening.is_draft and screening.version == FIRST_VERSION:
        return ScreeningContent()
    if reader.vault is None:
        return None
    expected = Expected(screening.envelope, reader.case.key_id, {PURPOSE})
    return ScreeningContent.read(read_envelope(expected, by=reader.vault))


def preview_of(case: Case, content: ScreeningContent) -> list[str]:
    """What follows so far, in sentences."""
    return words_of_triage(content.triage, emergency_number=emergency_number_of(case))


class StatusAsk(NamedTuple):
    """What a reader can do about the status: see that somebody has asked, ask, or decide."""

    asked: StatusRequest | None
    may_ask: bool
    may_decide: bool


def status_ask(reader: CaseReader, newest: Screening | None) -> StatusAsk | None:
    """The same for the newest finished screening; None where it does not point to a presumed victim."""
    case, user = reader.case, reader.user
    if newest is None or not newest.points_to_victim or not (case.is_running and is_presumable(case)):
        return None
    asked, is_able = open_request(case), can_write(case, user)
    decides = bool(supervises(user, case))
    return StatusAsk(asked, is_able and not decides and asked is None, is_able and decides)


class ReadSign(NamedTuple):
    """A sign, how it was answered, the note and how it is known."""

    sign: Sign
    answer: Answer
    note: str
    known_from: str


class FinishedScreening:
    """A finished screening with all that its page shows."""

    def __init__(self, reader: CaseReader, row: Screening) -> None:
        self.row, self.case = row, reader.case
        self.content = read_content(reader, row)
        self.is_locked = self.content is None
        self.is_paper = row.origin == ScreeningOrigin.PAPER
        self.is_of_child = is_child(reader.case)
        self.indication = Answer(row.indication).label

    @property
    def level_words(self) -> str:
        """The level that was proposed."""
        return words_of_level(TriageLevel(self.row.level), emergency_number=emergency_number_of(self.case))

    @property
    def follows(self) -> list[str]:
        """What follows from the signs."""
        return preview_of(self.case, self.content) if self.content else []

    @property
    def groups(self) -> list[tuple[SignGroup, list[ReadSign]]]:
        """The signs that somebody looked at, by group."""
        content = self.content
        if content is None:
            return []
        looked_at = [
            (group, [_read_sign(sign, content) for sign in signs if _is_looked_at(sign, content)])
            for group, signs in signs_by_group()
        ]
        return [(group, signs) for group, signs in looked_at if signs]

    @property
    def elements(self) -> list[tuple[str, str, list[str]]]:
        """Act, means and purpose: by name, whether each is met, and by which kinds."""
        content = self.content
        if content is None:
            return []
        return [
            (name, str(content.element(name).label), [str(kinds(kind).label) for kind in _kinds_met(content, name)])
            for name, kinds in ELEMENTS.items()
        ]


def _is_looked_at(sign: Sign, content: ScreeningContent) -> bool:
    return content.answers.get(sign.code, Answer.NOT_ASKED) != Answer.NOT_ASKED or sign.code in content.notes


def _read_sign(sign: Sign, content: ScreeningContent) -> ReadSign:
    known = [str(KnowledgeSource(source).label) for source in content.sources.get(sign.code, [])]
    answer = Answer(content.answers.get(sign.code, Answer.NOT_ASKED))
    return ReadSign(sign, answer, content.notes.get(sign.code, ""), ", ".join(known))


def _kinds_met(content: ScreeningContent, name: str) -> list[str]:
    return [kind for kind, answer in content.elements.get(name, {}).items() if answer == Answer.YES]
