"""Sweeps and reporters at the same moment: words are either refused or kept, and what goes goes whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.reports.models import Message, Report
from desks.retention.models import DeletionRecord
from desks.retention.periodic import retain
from tests import processes
from tests.desks.retention.deletable_reports import Place, left
from victor.vault.records.periodic import forget_files

REPORTS = 24
SWEEP = "from desks.retention.periodic import retain; print(sum(retain()[0] for _ in range(3)))"
SPEAK = """
from django.db import transaction
from django.utils import timezone
from desks.reports.models import Message, Report
from victor.access import System
from victor.vault.records.actions import write_envelope
kept = 0
for pk in Report.objects.order_by("?").values_list("pk", flat=True)[:12]:
    try:
        with transaction.atomic():
            report = Report.objects.select_for_update(of=["self"]).select_related("key").get(pk=pk)
            envelope = write_envelope(report.key, {"text": "wait"}, purpose="message", by=System("receipt"))
            Message.objects.create(report=report, envelope=envelope, voice="reporter", language="el")
            Report.objects.filter(pk=pk).update(unread_since=timezone.now())
            kept += 1
    except Report.DoesNotExist:
        pass
print(kept)
"""


@pytest.fixture
def due() -> Place:
    """A desk all of whose reports are deleted today."""
    place, today = Place(), timezone.localdate()
    for _ in range(REPORTS):
        place.report(received_at=timezone.now() - timedelta(days=91), erase_on=today)
    return place


def at_once(*codes: str, folder: str) -> list[int]:
    return [int(number) for number in processes.run_all_at_once(codes, seconds=120, VAULT_ROOT=folder)]


@pytest.mark.django_db(transaction=True)
def test_words_are_kept_or_refused_while_two_sweeps_delete(due, tmp_path, figure):
    *erased, one, two = at_once(SWEEP, SWEEP, SPEAK, SPEAK, folder=str(tmp_path / "vault"))
    reports = Report.objects.count()
    figure("reports deleted, and kept for words that came at the same moment", f"{sum(erased)}, {reports}")
    assert sum(erased) == DeletionRecord.objects.count() == REPORTS - reports
    assert Message.objects.filter(report__unread_since__isnull=False).count() == reports + one + two
    assert left()["envelopes"] == left()["message"] == reports + one + two
    assert (left()["keys"], left()["sealed"], left()["files"]) == (2 * reports, reports, reports)


@pytest.mark.django_db(transaction=True)
def test_files_of_a_sweep_that_was_killed_are_swept_later(due, at, monkeypatch):
    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.delete", killed)
    with pytest.raises(KeyboardInterrupt):
        retain()
    monkeypatch.undo()
    assert Report.objects.count() == REPORTS - 1
    at(timezone.now() + timedelta(days=2))
    retain()
    forget_files()
    assert set(left().values()) == {0}
