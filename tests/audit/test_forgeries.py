"""Fifty attempts on the audit log: refused by the database, and found where the database was made to look away."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests.audit.forgeries import FORGERIES
from tests.plugins.truncation import unguarded
from victor.access import System
from victor.audit.actions import record

TRIALS = 50
ENTRIES = 9
pytestmark = pytest.mark.django_db


def trials() -> Iterator[Callable[[], None]]:
    """Each on a log of its own: what is tried, and on which row: the first, the last or any."""
    for seed in range(TRIALS):
        dice = random.Random(seed)
        row = dice.choice([1, ENTRIES, dice.randint(2, ENTRIES - 1)])
        forge = FORGERIES[seed % len(FORGERIES)]
        with transaction.atomic():
            for number in range(ENTRIES):
                record("help_line.confirmed", f"partners.helpline:{number}", by=System("test"), country="GR")
            connection.check_constraints()
            yield lambda forge=forge, row=row, dice=dice: forge(row, dice)
            transaction.set_rollback(True)


def test_database_refuses_every_forgery(figure):
    refused = 0
    for forge in trials():
        with pytest.raises(DatabaseError, match="audit: "), transaction.atomic():
            forge()
            connection.check_constraints()
        call_command("verify_audit")
        refused += 1
    figure("audit: forgeries refused by the database", f"{refused} of {TRIALS}")


def test_verify_audit_finds_every_forgery_that_was_forced(figure):
    count = 0
    for forge in trials():
        with unguarded():
            forge()
        with pytest.raises(CommandError, match=r"entry \d|entries \d|there is no entry|should have"):
            call_command("verify_audit")
        count += 1
    figure("audit: forced forgeries found by verify_audit", f"{count} of {TRIALS}")
