"""How long the first page and the search of staff take where there is much: `python -m tests.bench.staff`.

The first page has 100,000 open items, the search finds among 50,000 people and contacts. Both stand beside an empty
staff page of the same run. Nothing of it stays in the database.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.test import Client

ITEMS = 100_000
THINGS = 50_000
QUESTIONS = 100
BATCH = 5_000


def measure(items: int = ITEMS, things: int = THINGS, questions: int = QUESTIONS) -> dict[str, float]:
    """Milliseconds within which 19 of 20 requests are answered, and as multiples of the empty page."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    with transaction.atomic():
        browser = fill(items, things)
        empty = slowest(lambda number: browser.get("/en/workspace/keys/"), questions)
        home = slowest(lambda number: browser.get("/en/workspace/"), questions)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/en/workspace/")
            asked = len(queries)
        search = slowest(lambda number: browser.post("/en/workspace/search/", {"q": f"bench {number * 7}"}), questions)
        transaction.set_rollback(True)
    times = {"empty": empty, "home": home, "search": search, "queries": asked}
    return times | {"home_multiple": home / empty, "search_multiple": search / empty}


def slowest(ask: Callable[[int], object], number: int) -> float:
    """The milliseconds within which 19 of 20 are answered. The first one is not counted."""
    times = []
    for count in range(number + 1):
        started = time.perf_counter()
        ask(count)
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times[1:])[number * 19 // 20]


def fill(items: int, things: int) -> Client:
    """Make what is much, for a coordinator who is logged in; return their browser."""
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from partners.directory.models import Organisation
    from partners.memberships.models import ContactPoint, Membership
    from partners.memberships.states import Role
    from victor.accounts.models import User
    from victor.todo.models import OpenItem

    coordinator = User.objects.filter(memberships__role=Role.COORDINATOR).order_by("pk")[0]
    here, now = Organisation.objects.order_by("pk")[0], timezone.now()
    given: dict[str, object] = {
        "kind": "partners.line",
        "audiences": [f"user:{coordinator.pk}"],
        "since": now,
        "opens_at": now,
    }
    given["facts"] = {"checked": "", "precision": "day"}
    rows = (
        OpenItem(source=f"{n}", object=f"bench:{n}", subject=f"bench:{n}", topic=f"bench:{n % 99}", **given)
        for n in range(items)
    )
    OpenItem.objects.bulk_create(rows, batch_size=BATCH)
    half = things // 2
    people = (User(email=f"bench{n}@demo.victor.example", name=f"Bench {n}") for n in range(half))
    made = User.objects.bulk_create(people, batch_size=BATCH)
    roles = (Membership(user=person, organisation=here, role=Role.PARTNER) for person in made)
    Membership.objects.bulk_create(roles, batch_size=BATCH)
    contacts = (ContactPoint(organisation=here, name=f"Bench {n}") for n in range(half))
    ContactPoint.objects.bulk_create(contacts, batch_size=BATCH)
    with connection.cursor() as cursor:
        for table in ("todo_openitem", "accounts_user", "partners_membership", "partners_contactpoint"):
            cursor.execute(f"ANALYZE {table}")
    browser = Client()
    browser.force_login(coordinator, backend="victor.accounts.backend.LogIn")
    return browser


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))
