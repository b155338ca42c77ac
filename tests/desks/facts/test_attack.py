"""Somebody has a dump of 3,000 cases and tries to find the facts of each: by columns, order, counts and lengths."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import TestCase
from django.utils import timezone

from desks.cases.code_lists import AgeBand, CaseSource
from desks.cases.locks import follow_change
from desks.cases.models import Case
from desks.cases.states import VictimStatus
from desks.facts import actions
from desks.facts.ciphertexts import tag_of
from desks.facts.models import CaseFacts
from tests.desks.cases.case_desks import CaseDesk
from victor.vault.keys.models import Key

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.prove]
CASES, CHANGED, LEAST = 3000, 60, 11
COLUMNS = ("id", "reference", "key_id", "opened_at", "last_event_on", "version", "age_band", "victim_status", "source")
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
OTHER_TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'desks_casefacts'
"""


@pytest.fixture(scope="module")
def dice() -> random.Random:
    return random.Random(16)


def opened_cases(here: CaseDesk, dice: random.Random) -> list[Case]:
    """Cases of five years, as they were opened one after the other, each with its facts."""
    keys = Key.objects.bulk_create(Key(kind="record", public=bytes(32)) for _number in range(CASES))
    given = {"desk": here.desk, "language": "ro", "unaccompanied": "unknown", "family_may_be_involved": "unknown"}
    cases = [
        Case(
            id=UUID(int=dice.getrandbits(128)),
            reference=f"{number:06}",
            key=key,
            source=dice.choice(CaseSource.values),
            age_band=dice.choice(AgeBand.values),
            victim_status=VictimStatus.INDICATIONS,
            risk="low",
            opened_at=FIRST + timedelta(hours=15 * number),
            **given,
        )
        for number, key in enumerate(keys)
    ]
    Case.objects.bulk_create(cases)
    return cases


@pytest.fixture(scope="module")
def dump(dice, module_transaction) -> list[Case]:
    """The cases of a dump that was made after a shuffle and a day of work, with what was changed last at the end."""
    cases = opened_cases(CaseDesk(), dice)
    for case in cases:
        follow_change(case)
    actions.shuffle_facts()
    for case in dice.sample(cases, CHANGED):
        with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
            case.victim_status, case.last_event_on = VictimStatus.PRESUMED, timezone.localdate()
            case.save(update_fields=["victim_status", "last_event_on"])
            follow_change(case)
    return cases


def stored_rows() -> list[tuple[str, bytes, int]]:
    """Tag, content and transaction of every row, in the order of the file in which the database keeps them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tag, content, xmin::text::bigint FROM desks_casefacts ORDER BY ctid")
        return [(tag, bytes(content), number) for tag, content, number in cursor.fetchall()]


def orders_of_cases() -> dict[str, list[UUID]]:
    """The cases in the order of each of their columns, and as the database keeps them."""
    with connection.cursor() as cursor:
        orders = {}
        for column in (*COLUMNS, "ctid"):
            cursor.execute(f"SELECT id FROM desks_case ORDER BY {column}, ctid")
            orders[column] = [row[0] for row in cursor.fetchall()]
    return orders


def find_hits(order: list[UUID], tags: list[str], *, within: int) -> int:
    """How often the row of a case lies where its place among the cases says, or that near to it."""
    place = {tag: number for number, tag in enumerate(tags)}
    return sum(abs(place[tag_of(case)] - number) <= within for number, case in enumerate(order))


def test_every_case_has_one_row_so_that_counts_tell_nothing(dump):
    assert len(stored_rows()) == len(dump) == CASES


def test_lengths_tell_nothing(dump):
    lengths = Counter((len(tag), len(content)) for tag, content, _number in stored_rows())
    assert lengths == {next(iter(lengths)): CASES}


def test_columns_are_a_tag_and_a_ciphertext():
    assert [field.column for field in CaseFacts._meta.local_fields] == ["tag", "content"]
    assert not CaseFacts._meta.related_objects


def test_no_other_table_holds_a_tag(dump):
    tags = [tag for tag, _content, _number in stored_rows()[::300]]
    with connection.cursor() as cursor:
        cursor.execute(OTHER_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE ANY(%s)', [[f"%{tag}%" for tag in tags]]
            )
            assert cursor.fetchone()[0] == 0, table


def test_order_of_rows_follows_no_order_of_cases(dump, figure):
    tags = [tag for tag, _content, _number in stored_rows()]
    for name, order in orders_of_cases().items():
        for way in (order, order[::-1]):
            exact, near = (find_hits(way, tags, within=within) for within in (0, LEAST // 2))
            assert exact <= 10, name  # by chance one, and ten once in ten million
            assert near <= 40, name  # by chance eleven
    figure("orders of 3,000 cases tried against the rows of facts", str(2 * len(orders_of_cases())))


def test_case_that_was_changed_last_has_eleven_candidates(dump, figure):
    """Rows of one transaction are candidates; whichever of them was mixed again lies in a later one."""
    by_transaction = Counter(number for _tag, _content, number in stored_rows())
    numbers = sorted(by_transaction)
    later = {number: sum(by_transaction[other] for other in numbers if other >= number) for number in numbers}
    least = min(by_transaction[numbers[-1]], *later.values())
    figure("candidates for the case that was changed last", str(least))
    assert least >= LEAST


def test_place_in_a_transaction_tells_nothing(dump):
    """The row that was changed is neither the first nor the last of those that were written with it."""
    tag, places = tag_of(dump[0].pk), set()
    for _number in range(4 * LEAST):
        actions.mix_facts(tag)
        rows = stored_rows()
        last = max(number for _tag, _content, number in rows)
        together = [other for other, _content, number in rows if number == last]
        places.add(together.index(tag))
    assert len(together) == actions.MIXED + 1
    assert len(places) >= LEAST
