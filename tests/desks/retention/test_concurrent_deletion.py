"""Sweeps and reporters at the same moment: words are either refused or kept, and what goes goes whole."""

from __future__ import annotations

from datetime import timedelta
from signal import SIGKILL

import pytest
from django.utils import timezone

from desks.reports.models import Message, Report
from desks.retention.models import DeletionRecord
from desks.retention.periodic import retain
from tests import processes
from tests.desks.retention.deletable_reports import RetentionDesk, remaining_counts
from tests.waiting import LIMIT
from victor.vault.records.periodic import forget_files

REPORTS = 24
SWEEP = "from desks.retention.periodic import retain; print(sum(retain()[0] for _ in range(3)))"
# The process is killed at the moment at which it would delete a first file, after the rows are gone.
KILLED_SWEEP = """
import django, os, signal, sys
django.setup()
from desks.retention.periodic import retain
sys.addaudithook(lambda event, _arguments: event == "os.remove" and os.kill(os.getpid(), signal.SIGKILL))
retain()
"""
SPEAK = """
from django.db import transaction
from django.utils import timezone
from desks.reports.models import Message, Report
from victor.access import System
from victor.vault.keys.keyring import save_stamped
from victor.vault.records.actions import write_envelope
kept = 0
for pk in Report.objects.order_by("?").values_list("pk", flat=True)[:12]:
    try:
        with transaction.atomic():
            report = Report.objects.select_for_update(of=["self"]).select_related("key").get(pk=pk)
            envelope = write_envelope(report.key, {"text": "wait"}, purpose="message", by=System("receipt"))
            save_stamped(Message(report=report, envelope=envelope, voice="reporter", language="el"))
            Report.objects.filter(pk=pk).update(unread_since=timezone.now())
            kept += 1
    except Report.DoesNotExist:
        pass
print(kept)
"""


@pytest.fixture
def due() -> RetentionDesk:
    """A desk all of whose reports are deleted today."""
    inbox, today = RetentionDesk(), timezone.localdate()
    for _ in range(REPORTS):
        inbox.report(received_at=timezone.now() - timedelta(days=91), erase_on=today)
    return inbox


def at_once(*codes: str, folder: str) -> list[int]:
    return [int(number) for number in processes.run_all_at_once(codes, seconds=120, VAULT_ROOT=folder)]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_words_are_kept_or_refused_while_two_sweeps_delete(due, tmp_path, figure):
    *erased, one, two = at_once(SWEEP, SWEEP, SPEAK, SPEAK, folder=str(tmp_path / "vault"))
    reports = Report.objects.count()
    figure("reports deleted, and kept for words that came at the same moment", f"{sum(erased)}, {reports}")
    assert sum(erased) == DeletionRecord.objects.count() == REPORTS - reports
    assert Message.objects.filter(report__unread_since__isnull=False).count() == reports + one + two
    assert remaining_counts()["envelopes"] == remaining_counts()["message"] == reports + one + two
    assert remaining_counts()["keys"] == 2 * reports
    assert remaining_counts()["sealed"] == reports
    assert remaining_counts()["files"] == reports


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_sweep_after_one_that_was_killed_deletes_its_files(due, at, tmp_path):
    variables = processes.environment(VAULT_ROOT=str(tmp_path / "vault"))
    assert processes.start("-c", KILLED_SWEEP, variables=variables).wait(LIMIT) == -SIGKILL
    assert Report.objects.count() == REPORTS - 1
    at(timezone.now() + timedelta(days=2))
    retain()
    forget_files()
    assert set(remaining_counts().values()) == {0}
