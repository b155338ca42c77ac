"""Tests begin with what is ready: without a database, then with the migrated one, then with what is loaded into it.

To make these databases takes longer than a minute of one core. Each process of a run gets a part of every kind, so that
none of them waits while another one makes them. Within a kind the order stays.
"""

from __future__ import annotations

import pytest

WITHOUT, MIGRATED, LOADED, PORTAL = range(4)
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each process its part of every kind."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    kinds = [[item for item in items if kind_of(item) == kind] for kind in range(PORTAL + 1)]
    if workers > 1:
        items[:] = [item for worker in range(workers) for kind in kinds for item in part_of(kind, worker, workers)]


def kind_of(item: pytest.Item) -> int:
    """The database that a test waits for."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if "portal" in fixtures:
        return PORTAL
    if item.get_closest_marker("loaded"):
        return LOADED
    return MIGRATED if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES else WITHOUT


def part_of(items: list[pytest.Item], worker: int, workers: int) -> list[pytest.Item]:
    """The part of one of so many processes."""
    return items[worker * len(items) // workers : (worker + 1) * len(items) // workers]
