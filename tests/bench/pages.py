"""What each public page costs inside: `python -m tests.bench.pages 13|5000`, in the portal's environment."""

from __future__ import annotations

import json
import statistics
import sys
import time
from contextlib import redirect_stdout

import django

REPEATS = 9


def measure(organisations: int) -> dict[str, dict[str, float]]:
    """By page: queries, and the milliseconds from request to answer without a server."""
    from django.db import connection

    from tests.pages.test_budget import PAGES, queries, some_of_everything, thousands_more

    (thousands_more if organisations == 5000 else some_of_everything)()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {page: {"queries": queries(page), "milliseconds": milliseconds(page)} for page in PAGES}


def milliseconds(page: str) -> float:
    """The median of several."""
    from django.test import Client

    client, times = Client(), []
    for _ in range(REPEATS):
        started = time.perf_counter()
        client.get(page)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    django.setup()
    with redirect_stdout(sys.stderr):  # what is loaded says so
        medians = measure(int(sys.argv[1]))
    print(json.dumps(medians))
