"""Reads of a case, with an open vault, what the standard has rows for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desks.cases.case_page import current_blocks
from desks.cases.code_lists import Block, Sensitivity
from desks.cases.envelopes import DAMAGED, read_words, words_of
from desks.cases.models import TimelineEntry
from desks.cases.requests import MoveRequest
from desks.cases.sections import CaseReader
from desks.cases.states import NOTE_KINDS, CaseMove, RequestState, Stage
from desks.endings.querysets import outcome_of
from desks.exchange.case_mapping import CaseContent, Office, PlannedGoal
from desks.exchange.models import HtcdsExtra
from desks.facts.actions import facts_of
from desks.facts.ciphertexts import Facts
from desks.plans.models import Plan
from desks.screening.presenters import read_content
from desks.screening.states import Answer
from victor.languages import local_text
from victor.vault.errors import Unopenable
from victor.vault.records.actions import read_envelope

if TYPE_CHECKING:
    from uuid import UUID

    from desks.cases.models import Case, Sealed
    from desks.desk.models import Desk
    from desks.exchange.case_mapping import KeptGroup
    from victor.vault.keys.keyring import UnlockedVault

BLOCKS = (Block.IDENTITY, Block.CONTACT)


def office_of(desk: Desk) -> Office:
    """The organisation of a desk."""
    organisation = desk.organisation
    name, city = local_text(organisation, "name"), local_text(organisation, "city")
    return Office(name.text, city.text, organisation.country_id)


def read_case(case: Case, *, by: UnlockedVault) -> CaseContent:
    """What VICTOR holds of a case and the standard has a row for. Notes that never leave are not among it.

    Raises:
        NoGrant: the key of whoever reads does not open the case.
        Unopenable: something was altered.
    """
    blocks = {row.block: row for row in current_blocks(case, BLOCKS)}
    notes = _notes(case)
    plan = Plan.objects.valid().filter(case=case).prefetch_related("goals").first()
    closure = _closure(case)
    rows: list[Sealed] = [*blocks.values(), *notes, *(row for row in (plan, closure) if row is not None)]
    words = read_words(case, rows, by=by)
    if DAMAGED in words.values():
        raise Unopenable
    facts, outcome = facts_of(case) or Facts(), outcome_of(case) if case.stage == Stage.CLOSED else ""
    return CaseContent(
        identity=_words_of(blocks.get(Block.IDENTITY), words),
        contact=_words_of(blocks.get(Block.CONTACT), words),
        language=case.language,
        sex=facts.sex,
        form=facts.form,
        stage=case.stage,
        status=case.victim_status,
        body=case.status_body,
        outcome=outcome,
        closing_words=str(_words_of(closure, words).get("text", "")) if outcome else "",
        notes=[str(words[note.envelope_id].get("text", "")) for note in notes if note.envelope_id],
        purposes=_purposes(case, by=by),
        goals=_goals(plan, _words_of(plan, words)),
        office=office_of(case.desk),
    )


def read_kept(case: Case, *, by: UnlockedVault) -> list[KeptGroup]:
    """What came with a file and VICTOR does not model; nothing for a case that did not come with one.

    Raises:
        NoGrant, Unopenable: as above.
    """
    extra = HtcdsExtra.objects.filter(case=case).select_related("envelope__key").first()
    if extra is None:
        return []
    content = read_envelope(words_of(case, extra), by=by)
    return list(content["groups"])


def _notes(case: Case) -> list[TimelineEntry]:
    """The notes that may leave, in the order in which they were written."""
    kinds = {"kind__in": NOTE_KINDS, "sensitivity": Sensitivity.NORMAL}
    rows = TimelineEntry.objects.filter(case=case, envelope__isnull=False, **kinds)
    return list(rows.select_related("envelope__key").order_by("made_at", "pk"))


def _closure(case: Case) -> MoveRequest | None:
    closures = MoveRequest.objects.filter(case=case, move=CaseMove.CLOSE, state=RequestState.APPROVED)
    return closures.select_related("envelope__key").order_by("-decided_at").first()


def _words_of(row: Sealed | None, words: Mapping[UUID, Mapping[str, object]]) -> Mapping[str, object]:
    return words[row.envelope_id] if row is not None else {}


def _purposes(case: Case, *, by: UnlockedVault) -> list[str]:
    """The forms of exploitation that the last finished screening found."""
    screening = case.screenings.done().select_related("envelope__key").order_by("-number").first()
    content = read_content(CaseReader(case, by.person, by), screening) if screening else None
    answers = content.elements.get("purpose", {}) if content else {}
    return [purpose for purpose, answer in answers.items() if answer == Answer.YES]


def _goals(plan: Plan | None, words: Mapping[str, object]) -> list[PlannedGoal]:
    written = words.get("goals")
    texts: Sequence[Mapping[str, str]] = written if isinstance(written, list) else []
    goals = plan.goals.all() if plan else []
    return [
        PlannedGoal(
            goal.kind,
            texts[goal.number - 1].get("objective", ""),
            texts[goal.number - 1].get("action", ""),
            goal.planned_on,
            goal.ended_on,
        )
        for goal in goals
        if goal.number <= len(texts)
    ]
