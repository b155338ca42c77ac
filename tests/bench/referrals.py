"""What the list of a desk with 1,000 referrals costs, beside an empty list of the same run. Prints JSON."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import django
from django.db import connection

from tests.bench.cases import milliseconds

if TYPE_CHECKING:
    from desks.referrals.models import Referral

REFERRALS = 1_000
# The triggers rest meanwhile: nobody's tasks are measured here.
FILL = """
SET session_replication_role = replica;
INSERT INTO desks_referral ({columns})
    SELECT {values} FROM generate_series(1, {count}) number, desks_referral r WHERE r.id = %(referral)s;
SET session_replication_role = DEFAULT;
ANALYZE desks_referral;
"""


def figures() -> dict[str, float]:
    """Each with its name and unit."""
    from tests.desks.inbox.inbox_desks import unlocked_browser_of
    from tests.desks.referrals.referral_desks import ReferralDesks, sent

    desks = ReferralDesks()
    browser, address = unlocked_browser_of(desks.sofia.ben), f"{desks.sofia.url}referrals/"
    empty = milliseconds(browser, address)
    _fill(sent(desks))
    queries: list[str] = []
    with connection.execute_wrapper(lambda run, sql, *rest: queries.append(sql) or run(sql, *rest)):
        browser.get(address)
    many = milliseconds(browser, address)
    return {
        "referrals: an empty list, ms": empty,
        "referrals: the list of 1,000, ms": many,
        "referrals: the list of 1,000, times the empty one": many / empty,
        "referrals: the list of 1,000, queries": len(queries),
    }


def _fill(referral: Referral) -> None:
    """As many as a busy desk has, as copies of one."""
    from desks.referrals.models import Referral

    changed = {"id": "gen_random_uuid()", "key_id": "NULL", "reference": "'B' || number"}
    columns = [field.column for field in Referral._meta.local_fields]
    values = ", ".join(changed.get(name, f"r.{name}") for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            FILL.format(columns=", ".join(columns), values=values, count=REFERRALS), {"referral": referral.pk}
        )


if __name__ == "__main__":
    django.setup()
    with redirect_stdout(sys.stderr):
        measured = figures()
    print(json.dumps(measured))
