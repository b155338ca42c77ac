"""Two at the same report at once: nothing that was said is lost, and nobody waits for what is slow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from desks.intake.attachments import attach_files
from desks.intake.conversation import open_with_receipt
from desks.intake.errors import UnknownReceipt
from desks.intake.receipt_keys import CHECK_THREADS, FOR_CHECKS, FOR_CROWDED_CHECKS
from desks.reports.actions import lock_report
from desks.reports.models import Attachment, Report
from tests.connections import another_connection, refuse_to_wait, somebody_waits
from tests.desks.intake.test_actions import ANSWERS, receive
from tests.desks.intake.test_receipt_keys import busy, entered
from tests.desks.staffed_desks import StaffedDesk, staffed_desk
from tests.files.metadata.samples import jpeg
from tests.scanner import Scanner, scanner
from tests.waiting import LIMIT, wait_until
from victor.access import ReceiptHolder, System
from victor.audit.actions import record
from victor.vault.records.models import SealedFile

pytestmark = pytest.mark.django_db(transaction=True)
TEST = System("test")


@pytest.fixture
def desk() -> StaffedDesk:
    return staffed_desk()


@pytest.fixture
def report(desk) -> Report:
    report, _is_new = receive(desk)
    Report.objects.update(read_at=timezone.now())
    return report


@pytest.fixture
def slow_scanner(settings, tmp_path) -> Iterator[Scanner]:
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    with scanner(settings.CLAMAV_SOCKET) as daemon:
        daemon.answers.clear()
        yield daemon


def photograph() -> SimpleUploadedFile:
    return SimpleUploadedFile("station.jpg", jpeg(), "image/jpeg")


def test_receive_danger_while_another_sending_adds_words_loses_neither(desk, report):
    with another_connection() as submit:
        with transaction.atomic():
            lock_report(report)
            calm = submit(receive, desk, ANSWERS | {"story": "She is gone"})
            wait_until(somebody_waits)
            receive(desk, ANSWERS | {"story": "She is hurt", "danger": True})
        calm.result(timeout=LIMIT)
    report.refresh_from_db()
    assert report.danger
    assert report.read_at is None
    assert report.messages.count() == 3
    assert report.escalations.filter(deadline="read").exists()


def test_receive_danger_twice_at_once_tells_the_desk_once(desk, report):
    danger = ANSWERS | {"danger": True}
    with another_connection() as submit:
        with transaction.atomic():
            lock_report(report)
            other = submit(receive, desk, danger)
            wait_until(somebody_waits)
            receive(desk, danger)
        other.result(timeout=LIMIT)
    assert report.messages.count() == 2
    assert report.escalations.filter(deadline="read").count() == 1


def test_attach_while_the_file_is_scanned_locks_nothing(report, slow_scanner):
    with another_connection() as submit:
        attached = submit(attach_files, report, [photograph()], by=ReceiptHolder(report))
        assert slow_scanner.asked.wait(60)
        with transaction.atomic():
            refuse_to_wait()
            lock_report(report)
            record("test.written", report, by=TEST)
        slow_scanner.answers.set()
        assert attached.result(timeout=LIMIT) == []
    assert Attachment.objects.get().infected is False


def test_attach_to_a_report_deleted_meanwhile_writes_no_row(report, slow_scanner):
    with another_connection() as submit:
        attached = submit(attach_files, report, [photograph()], by=ReceiptHolder(report))
        assert slow_scanner.asked.wait(60)
        Report.objects.all().delete()
        slow_scanner.answers.set()
        with pytest.raises(UnknownReceipt):
            attached.result(timeout=LIMIT)
    assert SealedFile.objects.count() == 0


def test_open_with_receipt_while_keys_are_derived_locks_nothing(report):
    with another_connection() as submit:
        with busy(FOR_CHECKS, FOR_CROWDED_CHECKS, count=CHECK_THREADS):
            opened = submit(open_with_receipt, 7)
            wait_until(lambda: entered() == 1)
            with transaction.atomic():
                refuse_to_wait()
                lock_report(report)
                record("test.written", report, by=TEST)
        assert opened.result(timeout=LIMIT).report == report
