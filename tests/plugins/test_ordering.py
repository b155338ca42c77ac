from __future__ import annotations

import pytest

from tests.plugins.ordering import LOADED, MIGRATED, WITHOUT, kind_of, part_of


def test_kind_of_a_test_without_a_database_comes_first(request):
    assert kind_of(request.node) == WITHOUT


@pytest.mark.django_db
def test_kind_of_a_marked_test_is_that_of_the_migrated_database(request):
    assert kind_of(request.node) == MIGRATED


@pytest.mark.loaded("load_partnership")
@pytest.mark.django_db
def test_kind_of_a_test_of_loaded_data(request):
    assert kind_of(request.node) == LOADED


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_parts_of_all_processes_are_everything_in_order(count):
    items = list(range(count))
    assert [item for worker in range(3) for item in part_of(items, worker, 3)] == items
