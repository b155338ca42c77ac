"""What the list of 100,000 cases and a timeline of 500 rows cost, beside an empty list of the same run. Prints JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import django
from django.db import connection

if TYPE_CHECKING:
    from django.test import Client

    from desks.cases.models import Case
    from victor.accounts.models import User

CASES, NOTES, REPEATS = 100_000, 500, 7
# The triggers rest meanwhile: what they would compute is written here.
FILL = """
SET session_replication_role = replica;
CREATE TEMP TABLE made AS
    SELECT gen_random_uuid() AS id, gen_random_uuid() AS key, number FROM generate_series(1, {cases}) number;
INSERT INTO vault_key ({keys}) SELECT {key_values} FROM made, vault_key k WHERE k.id = %(key)s;
INSERT INTO desks_case ({columns}) SELECT {case_values} FROM made, desks_case c WHERE c.id = %(case)s;
SET session_replication_role = DEFAULT;
ANALYZE;
"""


def figures() -> dict[str, float]:
    """Each with its name and unit."""
    from tests.desks.cases.case_desks import CaseDesk
    from tests.desks.inbox.inbox_desks import unlocked_browser_of

    here = CaseDesk("bench")
    browser = unlocked_browser_of(here.anna)
    empty = milliseconds(browser, f"{here.url}cases/")
    case = here.case()
    _write_notes(case, by=here.anna.person)
    timeline = milliseconds(browser, here.page(case, "timeline/"))
    _fill(case)
    queries: list[str] = []
    with connection.execute_wrapper(lambda run, sql, *rest: queries.append(sql) or run(sql, *rest)):
        browser.get(f"{here.url}cases/")
    many = milliseconds(browser, f"{here.url}cases/")
    return {
        "cases: an empty list, ms": empty,
        "cases: the list of 100,000, ms": many,
        "cases: the list of 100,000, times the empty one": many / empty,
        "cases: the list of 100,000, queries": len(queries),
        "cases: a timeline of 500 rows, decrypted, ms": timeline,
        "cases: a timeline of 500 rows, times the empty list": timeline / empty,
    }


def _write_notes(case: Case, *, by: User) -> None:
    from desks.cases.notes import write_note

    for number in range(NOTES):
        write_note(case, f"Note {number}", by=by)


def _fill(case: Case) -> None:
    """As many cases as a desk never has, as copies of one."""
    from desks.cases.models import Case
    from victor.vault.keys.models import Key

    changed = {"id": "made.id", "key_id": "made.key", "reference": "'B' || made.number"}
    key_changed = {"id": "made.key", "owner": "'case ' || made.number"}
    columns = [field.column for field in Case._meta.local_fields]
    keys = [field.column for field in Key._meta.local_fields]
    sql = FILL.format(
        cases=CASES,
        keys=", ".join(keys),
        key_values=", ".join(key_changed.get(name, f"k.{name}") for name in keys),
        columns=", ".join(columns),
        case_values=", ".join(changed.get(name, f"c.{name}") for name in columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"key": case.key_id, "case": case.pk})


def milliseconds(browser: Client, address: str) -> float:
    """The median of several answers, without a server."""
    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        answer = browser.get(address)
        taken.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, answer.status_code
    return statistics.median(taken)


if __name__ == "__main__":
    django.setup()
    with redirect_stdout(sys.stderr):
        measured = figures()
    print(json.dumps(measured))
