"""The facts of a case follow each of its changes, in the same transaction.

A dump stores rows in the order in which they were written. So a row that was written is mixed with others as soon as
the change is certain, and by the clock all rows are written anew in random order. Each is encrypted again, so that
nobody sees which of them changed. Rows that somebody is writing at that moment are left: whoever writes them mixes
them afterwards.
"""

from __future__ import annotations

from functools import partial
from random import SystemRandom
from typing import TYPE_CHECKING, TypeAlias

from django.db import transaction
from django.utils import timezone

from desks.cases.locks import lock_supervised_case, lock_worked_case, save_case
from desks.cases.states import EntryKind, Stage
from desks.cases.timeline import add_entry
from desks.endings.querysets import outcome_of
from desks.facts.ciphertexts import DAYS, Facts, decrypt_facts, encrypt_facts, new_tag, tag_of
from desks.facts.deadlines import first_steps
from desks.facts.models import CaseFacts
from desks.facts.states import MEANS_LETTERS, SETTLED_TIMES
from desks.screening.states import Answer
from victor.audit.actions import record
from victor.vault.errors import Unopenable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from desks.cases.models import Case
    from desks.screening.answers import ScreeningContent
    from victor.access import Actor

ReadFacts: TypeAlias = "Callable[[Case], Mapping[str, object]]"
MIXED = 40  # other rows that are written anew with each
# Asked of higher slices: what of their rows is counted of a locked case, by the names of the facts.
COUNTED: list[ReadFacts] = []


def declares_facts(read: ReadFacts) -> ReadFacts:
    """Count this, too. It is asked for at every change of a case, so each of its rows is saved before the case is."""
    COUNTED.append(read)
    return read


def follow_facts(case: Case) -> None:
    """Write what is counted of a locked case, where it is not what is written already."""
    known = facts_of(case)
    if known is None or not known.is_left_out:
        current = _current_facts(case, known or Facts())
        if current != known:
            _write(tag_of(case.pk), current)


def facts_of(case: Case) -> Facts | None:
    """What is counted of a case; None where nothing is written, or nobody can read it any more."""
    tag = tag_of(case.pk)
    row = CaseFacts.objects.filter(tag=tag).first()
    try:
        return decrypt_facts(bytes(row.content), tag) if row else None
    except Unopenable:
        return None


def note_means(case: Case, content: ScreeningContent) -> None:
    """Count which kinds of means a finished screening of a locked case tells of. Its columns only say whether any."""
    known, answers = facts_of(case) or Facts(), content.elements.get("means", {})
    if not known.is_left_out:
        kinds = "".join(letter for kind, letter in MEANS_LETTERS.items() if answers.get(kind) == Answer.YES)
        _write(tag_of(case.pk), known.changed({"means_kinds": kinds}))


@transaction.atomic
def correct_facts(case: Case, codes: Mapping[str, str], *, by: Actor) -> None:
    """Say what only people know: sex, citizenship and form of exploitation, in the codes of the figures."""
    case = lock_worked_case(case, by=by)
    known = facts_of(case) or Facts()
    _write(tag_of(case.pk), _current_facts(case, known).changed({**codes, "is_left_out": False}))
    save_case(case)
    add_entry(case, EntryKind.FACTS, by=by)
    record("case.figures_corrected", case, by=by)


@transaction.atomic
def leave_out(case: Case, *, by: Actor) -> None:
    """Erase the facts of a case. A row without facts stays, so that nobody sees which case was left out."""
    case = lock_supervised_case(case, by=by)
    _write(tag_of(case.pk), Facts(is_left_out=True))
    save_case(case)
    add_entry(case, EntryKind.FACTS, by=by)
    record("case.figures_left_out", case, by=by)


def forget_tag(case: Case) -> None:
    """The figures of a case that is deleted stay, under a tag that leads nowhere."""
    facts = facts_of(case)
    CaseFacts.objects.filter(tag=tag_of(case.pk)).delete()
    if facts is not None and not facts.is_left_out:
        _write(new_tag(), facts)


@transaction.atomic
def mix_facts(tag: str) -> int:
    """Write a row and others anew in random order; return how many there are."""
    rows = CaseFacts.objects.select_for_update(skip_locked=True)
    return _rewrite([*rows.filter(tag=tag), *rows.exclude(tag=tag).order_by("?")[:MIXED]])


@transaction.atomic
def shuffle_facts() -> int:
    """Write all rows anew in random order; return how many there are."""
    return _rewrite(CaseFacts.objects.select_for_update(skip_locked=True))


def _rewrite(locked: Iterable[CaseFacts]) -> int:
    rows = list(locked)
    for row in rows:
        row.content = _encrypted_again(row)
    SystemRandom().shuffle(rows)
    CaseFacts.objects.filter(pk__in=[row.pk for row in rows]).delete()
    CaseFacts.objects.bulk_create(rows)
    return len(rows)


def _encrypted_again(row: CaseFacts) -> bytes:
    """The same facts as another ciphertext; what cannot be read stays as it is."""
    try:
        return encrypt_facts(decrypt_facts(bytes(row.content), row.tag), row.tag)
    except Unopenable:
        return bytes(row.content)


def _write(tag: str, facts: Facts) -> None:
    CaseFacts.objects.update_or_create(tag=tag, defaults={"content": encrypt_facts(facts, tag)})
    transaction.on_commit(partial(mix_facts, tag), robust=True)


def _current_facts(case: Case, known: Facts) -> Facts:
    """What is counted of a locked case now. When a first step was taken stays as it was settled."""
    codes, steps = _codes_of(case), dict(first_steps(case))
    for read in COUNTED:
        steps |= read(case)
    settled = {name for name in steps if getattr(known, name) in SETTLED_TIMES}
    settled |= {name for name in DAYS if getattr(known, name) is not None}
    return known.changed(codes | {name: code for name, code in steps.items() if name not in settled})


def _codes_of(case: Case) -> dict[str, object]:
    """What the plain columns of a case and of its last screening say."""
    codes: dict[str, object] = {
        "desk": case.desk_id,
        "opened": _month(case.opened_at),
        "closed": _month(case.closed_at) if case.closed_at else "",
        "stage": case.stage,
        "status": case.victim_status,
        "body": case.status_body,
        "age": case.age_band,
        "outcome": "",
    }
    if screening := case.screenings.done().order_by("-number").first():
        codes |= {name: getattr(screening, name) for name in ("act", "means", "purpose")}
    if case.stage == Stage.CLOSED:
        codes["outcome"] = outcome_of(case)
    return codes


def _month(moment: datetime) -> str:
    return f"{timezone.localdate(moment):%Y-%m}"
