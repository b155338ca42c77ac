"""Many cases with facts, and the plain list from which they were made, so that another hand can count."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from desks.cases.code_lists import AgeBand, CaseSource, StatusBody
from desks.cases.locks import follow_change
from desks.cases.models import Case
from desks.cases.states import VictimStatus
from desks.facts.actions import facts_of
from desks.facts.ciphertexts import encrypt_facts, tag_of
from desks.facts.models import CaseFacts
from desks.facts.states import CitizenshipGroup, Sex
from desks.screening.states import Purpose
from tests.desks.cases.case_desks import CaseDesk
from victor.vault.keys.models import Key

DECIDED = {VictimStatus.IDENTIFIED, VictimStatus.NOT_IDENTIFIED}


def plain_list(number: int, *, year: int = 2026) -> list[dict[str, str]]:
    """What is known of each case, in plain words: the seed of the tables."""
    dice = random.Random(17)
    lines = []
    for _number in range(number):
        status = dice.choice(VictimStatus.values)
        lines.append(
            {
                "status": status,
                "body": dice.choice(StatusBody.values) if status in DECIDED else "",
                "age": dice.choice(AgeBand.values),
                "sex": dice.choice(Sex.values),
                "citizenship": dice.choice(CitizenshipGroup.values),
                "form": dice.choice([*Purpose.values, "unknown"]),
                "year": str(dice.choice([year, year, year, year - 1])),
            }
        )
    return lines


def open_cases(here: CaseDesk, lines: list[dict[str, str]]) -> None:
    """Cases of a plain list, as they would have been opened in the middle of their year."""
    keys = Key.objects.bulk_create(Key(kind="record", public=bytes(32)) for _line in lines)
    given = {"desk": here.desk, "language": "ro", "unaccompanied": "unknown", "family_may_be_involved": "unknown"}
    given |= {"source": CaseSource.OWN, "risk": "low"}
    cases = [
        Case(
            id=UUID(int=random.Random(f"{here.desk.slug} {number}").getrandbits(128)),
            reference=f"{here.desk.slug[:4]}{number:05}",
            key=key,
            age_band=line["age"],
            victim_status=line["status"],
            status_body=line["body"],
            opened_at=datetime(int(line["year"]), 1, 3, tzinfo=UTC) + timedelta(days=number % 350),
            **given,
        )
        for number, (key, line) in enumerate(zip(keys, lines, strict=True))
    ]
    for case, line in zip(Case.objects.bulk_create(cases), lines, strict=True):
        follow_change(case)
        facts, tag = facts_of(case), tag_of(case.pk)
        known = facts.changed({name: line[name] for name in ("sex", "citizenship", "form")})
        CaseFacts.objects.filter(tag=tag).update(content=encrypt_facts(known, tag))
