"""Keys are derived in threads of their own; receipts that are typed never take the site's threads (finding 4)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desks.intake import receipt_keys
from desks.intake.errors import TooManyChecks
from desks.intake.receipt_keys import (
    CHECK_NICENESS,
    CHECK_THREADS,
    FOR_CHECKS,
    FOR_CROWDED_CHECKS,
    FOR_FILES,
    FOR_PROVEN,
    FOR_WORDS,
    MAX_CHECKS,
    MAX_UNPROVEN_CHECKS,
    DerivationThreads,
    derive_receipt_keys,
    derive_typed_receipt_keys,
)
from tests.connections import another_connection
from tests.waiting import wait_until


@contextmanager
def busy(*pools: DerivationThreads, count: int = 1) -> Iterator[None]:
    """So many threads of each are occupied."""
    end = threading.Event()
    waiting = [pool.pool.submit(end.wait, 60) for pool in pools for _ in range(count)]
    try:
        yield
    finally:
        end.set()
    assert all(future.result(60) for future in waiting)


def entered() -> int:
    """How many receipts are checked or wait for it."""
    return MAX_CHECKS - receipt_keys._checks._value


def test_keys_of_a_typed_receipt_are_those_of_the_report():
    assert derive_typed_receipt_keys(7, is_proven=False) == derive_receipt_keys(7)


def test_report_waits_until_a_thread_is_free():
    with another_connection() as submit:
        with busy(FOR_PROVEN):
            second = submit(derive_receipt_keys, 1)
            wait_until(lambda: FOR_PROVEN.pool._work_queue.qsize() == 1)
            assert not second.done()
        assert second.result(timeout=60)


def test_words_do_not_wait_for_files_nor_a_proof_for_words():
    with busy(FOR_FILES):
        assert derive_receipt_keys(7, threads=FOR_WORDS)
    with busy(FOR_FILES, FOR_WORDS):
        assert derive_receipt_keys(7, threads=FOR_PROVEN)


def test_typed_receipt_is_refused_at_once_where_too_many_are_checked():
    """Finding 4: twenty of them stopped everything."""
    with another_connection(MAX_CHECKS) as submit, busy(FOR_CHECKS, FOR_CROWDED_CHECKS, count=CHECK_THREADS):
        for number in range(MAX_CHECKS):
            submit(derive_typed_receipt_keys, number, is_proven=True)
        wait_until(lambda: entered() == MAX_CHECKS)
        with pytest.raises(TooManyChecks):
            derive_typed_receipt_keys(9, is_proven=True)


def test_place_of_a_typed_receipt_is_free_again_after_its_check():
    before = entered()
    derive_typed_receipt_keys(7, is_proven=False)
    assert entered() == before == 0


def test_proof_of_work_finds_room_where_others_find_none():
    with another_connection(MAX_CHECKS) as submit, busy(FOR_CHECKS, FOR_CROWDED_CHECKS, count=CHECK_THREADS):
        for number in range(MAX_UNPROVEN_CHECKS):
            submit(derive_typed_receipt_keys, number, is_proven=False)
        wait_until(lambda: entered() == MAX_UNPROVEN_CHECKS)
        with pytest.raises(TooManyChecks):
            derive_typed_receipt_keys(9, is_proven=False)
        submit(derive_typed_receipt_keys, 9, is_proven=True)
        wait_until(lambda: entered() == MAX_UNPROVEN_CHECKS + 1)


def test_report_is_received_while_all_checks_are_taken():
    with busy(FOR_CHECKS, FOR_CROWDED_CHECKS, count=CHECK_THREADS):
        assert derive_receipt_keys(7)


def test_threads_give_way_to_everything_else():
    niceness = FOR_CHECKS.pool.submit(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())).result(60)
    assert niceness >= CHECK_NICENESS


def test_crowd_of_checks_gives_way_to_everything_else():
    policy = FOR_CROWDED_CHECKS.pool.submit(lambda: os.sched_getscheduler(threading.get_native_id())).result(60)
    assert policy == os.SCHED_IDLE


def test_crowd_of_checks_is_derived_apart():
    with another_connection(MAX_CHECKS) as submit, busy(FOR_CHECKS, count=CHECK_THREADS):
        first = submit(derive_typed_receipt_keys, 1, is_proven=True)
        wait_until(lambda: entered() == 1)
        assert submit(derive_typed_receipt_keys, 2, is_proven=True).result(60)
        assert not first.done()
