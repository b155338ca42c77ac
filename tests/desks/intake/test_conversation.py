"""Whoever holds the receipt reads answers and adds; nobody else learns even that there is something."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from statistics import median

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desks.intake import answer_notices, attachments, conversation
from desks.intake.errors import UnknownReceipt
from desks.intake.receipt_keys import derive_receipt_keys
from desks.reports.models import Attachment, Message, Report
from desks.reports.states import Voice
from tests.desks.intake.test_actions import receive
from tests.desks.staffed_desks import StaffedDesk, staffed_desk
from tests.files.metadata.samples import jpeg
from tests.scanner import INFECTED, scanner
from tests.vault.people import own
from victor.access import ReceiptHolder
from victor.vault.keys.keyring import save_stamped
from victor.vault.records import actions as records_actions
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake() -> StaffedDesk:
    return staffed_desk()


@pytest.fixture
def report(intake) -> Report:
    return receive(intake)[0]


def answer(intake: StaffedDesk, report: Report, text: str = "We have spoken to the school") -> Message:
    envelope = records_actions.write_envelope(report.key, {"text": text}, purpose="message", by=intake.worker.person)
    row = Message(report=report, envelope=envelope, voice=Voice.ANSWER, language="el")
    save_stamped(row)
    return row


def file(content: bytes = b"x", name: str = "station.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_answers_are_read_and_counted_as_seen_and_notes_never(intake, report):
    answer(intake, report)
    save_stamped(
        Message(
            report=report,
            envelope=records_actions.write_envelope(
                report.key, {"text": "secret"}, purpose="note", by=intake.worker.person
            ),
            voice=Voice.NOTE,
            language="el",
        )
    )
    with conversation.open_with_receipt(7) as session:
        assert [(each.text, each.is_new) for each in conversation.read_conversation(session).answers] == [
            ("We have spoken to the school", True)
        ]
        assert [each.is_new for each in conversation.read_conversation(session).answers] == [False]


def test_added_words_reach_the_desk_once_however_often_pressed(intake, report):
    with conversation.open_with_receipt(7) as session:
        for _ in range(2):
            conversation.add_words(session, "It was again today", language="el")
    last = report.messages.last()
    assert report.messages.count() == 2
    assert records_actions.read_envelope(own(last.envelope), by=intake.worker) == {"text": "It was again today"}


def test_file_is_kept_sealed_with_a_clean_copy_beside_it(intake, report):
    assert attachments.attach_files(report, [file(jpeg())], by=ReceiptHolder(report)) == []
    attachment = Attachment.objects.get()
    about, original = records_actions.read_file(
        attachment.original, key_id=attachment.original.key_id, by=intake.worker
    )
    assert about.name == "station.jpg"
    assert b"".join(original) == jpeg()
    assert attachment.infected is None
    about, clean = records_actions.read_file(attachment.clean, key_id=attachment.clean.key_id, by=intake.worker)
    assert about[:2] == ("", "image/jpeg")
    assert b"canary" not in b"".join(clean)


def test_file_of_unknown_kind_has_the_original_only(report):
    assert attachments.attach_files(report, [file(b"MZ", "a.exe")], by=ReceiptHolder(report)) == []
    assert Attachment.objects.get().clean is None


def test_infected_file_has_no_copy_to_open(report, settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    with scanner(settings.CLAMAV_SOCKET, INFECTED):
        attachments.attach_files(report, [file(jpeg())], by=ReceiptHolder(report))
    attachment = Attachment.objects.get()
    assert attachment.infected
    assert attachment.clean is None


def test_attach_on_a_full_disk_names_the_files_and_keeps_the_report(report, full_disk):
    assert attachments.attach_files(report, [file(), file(name="b.jpg")], by=ReceiptHolder(report)) == [
        "station.jpg",
        "b.jpg",
    ]
    assert Report.objects.count() == 1
    assert Attachment.objects.count() == 0


def test_deletion_is_asked_for_and_nothing_is_gone(report):
    with conversation.open_with_receipt(7) as session:
        conversation.request_deletion(session)
    report.refresh_from_db()
    assert report.deletion_asked_at is not None
    assert report.messages.count() == 1


def test_notice_is_kept_sealed_and_erased_with_one_press(intake, report):
    answer_notices.set_notice(report, "old@mail.example", language="el", by=ReceiptHolder(report))
    answer_notices.set_notice(report, "me@mail.example", language="el", by=ReceiptHolder(report))
    notice = Envelope.objects.get(purpose="notice")
    assert records_actions.read_envelope(own(notice), by=intake.worker) == {
        "email": "me@mail.example",
        "language": "el",
    }
    answer_notices.erase_notice(report, by=ReceiptHolder(report))
    assert Envelope.objects.filter(purpose="notice").count() == 0


def test_unknown_expired_and_erased_receipts_are_refused_alike(report, at):
    Report.objects.update(erase_on=date(2030, 1, 1))
    at(datetime(2030, 1, 1, 12, tzinfo=UTC))
    with pytest.raises(UnknownReceipt):
        conversation.open_with_receipt(7)
    Report.objects.update(hold=True)
    assert conversation.open_with_receipt(7).report == report
    Report.objects.update(receipt_digest=None)
    for number in (7, 8):
        with pytest.raises(UnknownReceipt):
            conversation.open_with_receipt(number)


@pytest.mark.prove
@pytest.mark.long
def test_unknown_and_erased_take_the_same_time(report, settings, figure):
    Report.objects.update(receipt_digest=None, erase_on=timezone.localdate())
    settings.RECEIPT_COST = (1, 64 * 1024 * 1024)  # a tenth of the real cost, which would hide more
    times: dict[int, list[float]] = {7: [], 8: []}
    for turn in range(400):
        number = 7 + turn % 2
        began = time.process_time()
        with pytest.raises(UnknownReceipt):
            conversation.open_with_receipt(number)
        times[number].append(time.process_time() - began)
    erased, unknown = (median(each) for each in times.values())
    figure("receipts: erased and unknown differ over 2 × 200 tries", abs(erased / unknown - 1) * 100, "%")
    assert abs(erased / unknown - 1) < 0.05


def test_guess_costs_time_memory_and_a_secret_outside_the_database(settings, figure):
    settings.RECEIPT_COST = (16, 64 * 1024 * 1024)
    began = time.process_time()
    first = derive_receipt_keys(7)
    spent = time.process_time() - began
    figure("receipts: one guess", spent, "s of a processor, 64 MiB")
    assert spent >= 0.3
    settings.RECEIPT_KEY = "another-" * 5
    assert derive_receipt_keys(7).receipt_digest != first.receipt_digest
