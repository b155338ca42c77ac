"""Sweeps, holds and a killed process: a case is either there whole or gone whole."""

from __future__ import annotations

from datetime import timedelta
from signal import SIGKILL

import pytest
from django.utils import timezone

from desks.cases.casework import CaseHold
from desks.cases.models import Case, TimelineEntry
from desks.endings.models import CaseDeletionRecord
from desks.endings.periodic import retain_cases
from tests import processes
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.endings.closed_cases import closed, with_file
from tests.desks.retention.deletable_reports import sealed_files
from tests.waiting import LIMIT
from victor.vault.keys.models import Key
from victor.vault.records.models import Envelope
from victor.vault.records.periodic import forget_files

CASES = 12
SWEEP = "from desks.endings.periodic import retain_cases; print(sum(retain_cases()[0] for _ in range(3)))"
HOLD = """
from desks.cases import holds
from desks.cases.models import Case
from victor.accounts.models import User
boss, number = User.objects.get(pk={boss}), 0
for case in Case.objects.order_by("?")[:6]:
    try:
        holds.hold_case(case, "The court asks", by=boss)
        number += 1
    except Case.DoesNotExist:
        pass
print(number)
"""
KILLED = """
import django, os, signal, sys
django.setup()
from desks.endings import actions
{moment}
from desks.endings.periodic import retain_cases
retain_cases()
"""
INSIDE = "actions.before_deletion(lambda _case: os.kill(os.getpid(), signal.SIGKILL))"
AFTER_ROWS = 'sys.addaudithook(lambda event, _rest: event == "os.remove" and os.kill(os.getpid(), signal.SIGKILL))'


@pytest.fixture
def due() -> CaseDesk:
    """A desk all of whose cases are deleted today."""
    here = CaseDesk()
    for _number in range(CASES):
        with_file(closed(here))
    Case.objects.update(closed_at=timezone.now() - timedelta(days=2000), erase_on=timezone.localdate())
    return here


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_case_is_held_or_deleted_while_two_sweeps_run(due, tmp_path):
    codes = [SWEEP, SWEEP, HOLD.format(boss=due.boss.person.pk)]
    *erased, holding = processes.run_all_at_once(codes, seconds=120, VAULT_ROOT=str(tmp_path / "vault"))
    assert sum(map(int, erased)) == CaseDeletionRecord.objects.count() == CASES - Case.objects.count()
    assert int(holding) == CaseHold.objects.count() == Case.objects.count()
    assert Key.objects.filter(kind="record").count() == Case.objects.count()
    assert set(TimelineEntry.objects.values_list("case__hold", flat=True)) <= {True}


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("moment", "gone"), [(INSIDE, 0), (AFTER_ROWS, 1)], ids=["inside", "after the rows"])
def test_sweep_after_one_that_was_killed_finishes_the_work(due, at, tmp_path, moment, gone):
    variables = processes.environment(VAULT_ROOT=str(tmp_path / "vault"))
    assert processes.start("-c", KILLED.format(moment=moment), variables=variables).wait(LIMIT) == -SIGKILL
    assert CaseDeletionRecord.objects.count() == CASES - Case.objects.count() == gone
    at(timezone.now() + timedelta(days=2))
    retain_cases()
    forget_files()
    assert Case.objects.count() + Envelope.objects.count() + len(sealed_files()) == 0
