"""Certificates: for whom the rule says so, once each, with every letter of every name, and provable for ever."""

from __future__ import annotations

import hashlib
import os
import time
from functools import partial

import pypdfium2
import pytest
import zxingcpp
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from partners.memberships.states import Role
from tests import processes
from tests.people import organisation, person
from tests.trainings.certificates.attendees import ended_seminar, make_attendee, make_attendees
from tests.trainings.sample_seminars import make_seminar
from tests.waiting import wait_until
from trainings.attendance.models import Attendance
from trainings.certificates import codes
from trainings.certificates.actions import (
    correct_certificate_name,
    order_certificates,
    reorder_certificate,
    revoke_certificate,
    set_name_visibility,
)
from trainings.certificates.errors import SeminarNotOver
from trainings.certificates.issuing import issue_certificates, next_certificate_number
from trainings.certificates.models import Certificate, CertificateOrder
from trainings.certificates.periodic import forget_certificates, issue_due
from trainings.registrations.models import Registration
from trainings.seminars.errors import AlreadySettled
from victor.audit.models import Entry
from victor.mail.emails import content_of
from victor.mail.models import Message
from victor.pdf import Unprintable

pytestmark = pytest.mark.django_db
NAMES = {
    "el": "Ελευθερία Παπαϊωάννου-Χρυσανθοπούλου",
    "bg": "Щерьо Ъглов Юнакиев-Жечев",
    "ro": "Ștefăniță Țuțuianu-Brâncoveanu",
    "sr": "Ђорђе Љубичић Њежић-Џаковић",
    "sl": "Žiga Čušin-Đorđević Šćepanović",
    "hu": "Győző Kőszegi-Fűzfő Űrné",
    "uk": "Ґалаґан Їжакевич-Єфремова Ілля",
    "en": "Siân O’Brien-Ångström",
}


@pytest.fixture
def trainer():
    return person(Role.TRAINER, organisation("smile"))


def paper_of(certificate: Certificate) -> bytes:
    with certificate.file.open() as file:
        return file.read()


def text_of(certificate: Certificate) -> str:
    with pypdfium2.PdfDocument(paper_of(certificate)) as document:
        (page,) = document
        return page.get_textpage().get_text_bounded()


def issued(trainer, **fields) -> Certificate:
    registration = make_attendee(ended_seminar(**fields))
    order_certificates(registration.seminar, by=trainer)
    issue_certificates(registration.seminar_id)
    return registration.certificates.get()


def test_rule_asks_for_hours_and_questionnaire_of_those_with_a_seat():
    seminar = ended_seminar(lengths=(4, 1))
    whole, enough = make_attendee(seminar), make_attendee(seminar, 1)
    untested, late = make_attendee(seminar, handed_in=False), make_attendee(seminar, 0)
    Attendance.objects.create(registration=late, session=seminar.sessions.last(), method="list")
    make_attendee(seminar, state="left")
    assert list(seminar.registrations.eligible_for_certificate()) == [whole, enough]
    assert list(seminar.registrations.not_eligible_for_certificate()) == [untested, late]


def test_rule_is_that_of_the_seminar():
    free = ended_seminar("free", needs_test=False, share=50)
    half = make_attendee(free, 1, handed_in=False)
    assert list(free.registrations.eligible_for_certificate()) == [half]
    empty = ended_seminar("empty", lengths=(), share=0, needs_test=False)
    make_attendee(empty)
    assert list(empty.registrations.eligible_for_certificate()) == []


@pytest.mark.parametrize("language", NAMES)
def test_paper_says_the_name_as_it_was_written(trainer, settings, language):
    settings.SITE_URL = "https://victor.example"
    registration = make_attendee(ended_seminar(), name=NAMES[language], language=language)
    order_certificates(registration.seminar, by=trainer)
    assert issue_certificates(registration.seminar_id) == 1
    made = registration.certificates.get()
    text = " ".join(text_of(made).split())
    assert [said in text for said in (NAMES[language], made.serial, made.code)] == [True] * 3
    with pypdfium2.PdfDocument(paper_of(made)) as document:
        (code,) = zxingcpp.read_barcodes(document[0].render(scale=2).to_pil())
    assert code.text == f"https://victor.example/{language}/certificates/{made.code}/"


def test_paper_is_tagged_one_page_and_what_its_digest_says(trainer):
    made = issued(trainer)
    paper = paper_of(made)
    assert hashlib.sha256(paper).hexdigest() == made.digest
    with pypdfium2.PdfDocument(paper) as document:
        assert len(document) == 1
        assert document.is_tagged()
        assert document.get_metadata_value("Title") == f"Certificate of attendance {made.serial}"
    assert [mark in paper for mark in (b"/Lang(en)", b"pdfuaid:part")] == [True, True]


def test_longest_words_stay_on_one_page(trainer):
    registration = make_attendee(ended_seminar(), name="Αλεξάνδρα-Ελευθερία " * 7, language="el")
    registration.seminar.title_el = "Αναγνώριση παιδιών " * 6
    registration.seminar.place_el = "Δημοτική Βιβλιοθήκη " * 9
    registration.seminar.save()
    order_certificates(registration.seminar, by=trainer)
    issue_certificates(registration.seminar_id)
    assert text_of(registration.certificates.get()).count("Αλεξάνδρα") == 7


@pytest.mark.parametrize("name", ["😀", "Má\ufeffría"])
def test_letter_that_no_paper_takes_stops_nobody_else(trainer, name):
    seminar = ended_seminar()
    first, second = make_attendee(seminar, name=name), make_attendee(seminar)
    order_certificates(seminar, by=trainer)
    assert issue_certificates(seminar.pk) == 1
    assert issue_due() == 0
    assert second.certificates.count() == 1
    assert first.ordered.failed
    Registration.objects.filter(pk=first.pk).update(name="Maria")
    assert order_certificates(seminar, by=trainer) == 1
    assert issue_due() == 1


def test_order_that_fails_stops_neither_its_seminar_nor_others(trainer):
    athens, patras = ended_seminar(), ended_seminar("patras")
    for seminar in (athens, athens, patras, patras):
        make_attendee(seminar)
    for seminar in (athens, patras):
        order_certificates(seminar, by=trainer)
    number = next_certificate_number() + 2  # that of the first to be made: somebody else's paper has it already
    given = {"serial": f"VICTOR-{timezone.localdate().year}-{number:06d}", "minutes": 1, "total": 1}
    Certificate.objects.create(seminar=athens, name="Somebody", language="en", **given)
    assert issue_due() == 3
    assert Certificate.objects.exclude(registration=None).count() == 3
    assert CertificateOrder.objects.failed().count() == 1
    assert CertificateOrder.objects.count() == 1


def test_order_of_a_seminar_that_is_gone_makes_none():
    assert issue_certificates(0) == 0


def test_order_twice_issues_once_and_mails_once(trainer):
    made = issued(trainer)
    assert order_certificates(made.seminar, by=trainer) == 0
    assert issue_certificates(made.seminar_id) == 0
    assert Message.objects.filter(subject="Your certificate of attendance").count() == 1
    assert made.minutes == 360
    assert made.total == 360
    assert made.hours == "6 of 6 hours"


def test_order_before_the_last_session_is_refused(trainer):
    with pytest.raises(SeminarNotOver):
        order_certificates(make_seminar(days=0, lengths=(1, 1)), by=trainer)


def test_order_for_another_organisations_seminar_is_refused():
    with pytest.raises(PermissionDenied):
        order_certificates(ended_seminar(), by=person(Role.TRAINER, organisation("other")))


def test_right_that_was_lost_before_the_worker_came_is_lost(trainer):
    seminar = ended_seminar()
    registration = make_attendee(seminar)
    order_certificates(seminar, by=trainer)
    registration.attendances.all().delete()
    assert issue_certificates(seminar.pk) == 0
    assert CertificateOrder.objects.count() == 0


def test_revoke_tells_why_and_the_batch_issues_no_other(trainer):
    made = revoke_certificate(issued(trainer), reason="Issued by mistake", by=trainer)
    mail = Message.objects.latest("pk")
    assert mail.subject == "Your certificate has been revoked"
    assert "Issued by mistake" in content_of(mail).text
    assert order_certificates(made.seminar, by=trainer) == 0
    with pytest.raises(AlreadySettled):
        revoke_certificate(made, reason="Again", by=trainer)
    reorder_certificate(made, by=trainer)
    assert issue_due() == 1
    with pytest.raises(AlreadySettled):
        reorder_certificate(made, by=trainer)


def test_correct_name_replaces_and_keeps_the_old_one(trainer):
    old = issued(trainer)
    new = correct_certificate_name(old, name="Ειρήνη Παππά", by=trainer)
    old.refresh_from_db()
    assert old.replaced_by == new
    assert old.state == "replaced"
    assert new.state == "valid"
    assert old.code != new.code
    assert new.registration.name == "Ειρήνη Παππά"
    assert "Ειρήνη Παππά" in text_of(new)
    assert Message.objects.latest("pk").subject == "Your certificate has been corrected"
    with pytest.raises(AlreadySettled):
        correct_certificate_name(old, name="Nobody", by=trainer)


def test_correct_name_that_cannot_be_printed_changes_nothing(trainer):
    made = issued(trainer)
    with pytest.raises(Unprintable):
        correct_certificate_name(made, name="😀", by=trainer)
    assert Certificate.objects.valid().get() == made


def test_consent_that_is_withdrawn_holds_for_all_certificates_and_those_to_come(trainer):
    old = issued(trainer)
    registration = old.registration
    set_name_visibility(registration, shows=True, by=trainer)
    revoked = revoke_certificate(
        correct_certificate_name(old, name="Irini", by=trainer), reason="Issued by mistake", by=trainer
    )
    assert set(registration.certificates.values_list("shows_name", flat=True)) == {True}
    set_name_visibility(registration, shows=False, by=trainer)
    reorder_certificate(revoked, by=trainer)
    assert issue_due() == 1
    assert registration.certificates.count() == 3
    assert set(registration.certificates.values_list("shows_name", flat=True)) == {False}


def test_certificate_outlives_its_registration_and_can_be_corrected(trainer):
    made = issued(trainer)
    made.registration.delete()
    made.refresh_from_db()
    assert made.registration is None
    assert correct_certificate_name(made, name="Eirini", by=trainer).name == "Eirini"


def test_file_that_no_row_names_is_forgotten_and_others_stay(trainer):
    made = issued(trainer)
    storage = made.file.storage
    storage.save("left.pdf", ContentFile(b"%PDF-"))
    assert forget_certificates() == 0  # it may be written right now
    for name in ("left.pdf", made.file.name):
        os.utime(storage.path(name), (0, 0))
    assert forget_certificates() == 1
    assert not storage.exists("left.pdf")
    assert storage.exists(made.file.name)


def test_code_has_96_bits_and_is_read_however_it_is_typed():
    code = codes.new_code()
    assert codes.LENGTH * 5 >= 96
    assert codes.normalised_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code
    assert [codes.is_whole_code(each) for each in (code, "GR", code + "A", "U" * 20)] == [True, False, False, False]


def has_certificates(least: int) -> bool:
    return Certificate.objects.count() >= least


KILLED = "from trainings.certificates.issuing import issue_certificates; issue_certificates({})"


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_worker_killed_twice_issues_each_exactly_once(tmp_path, figure):
    seminar, number = ended_seminar(), 60
    make_attendees(seminar, number)
    variables = processes.environment(FILES_ROOT=str(tmp_path))
    code = "import django; django.setup(); " + KILLED.format(seminar.pk)
    for least in (10, 30):
        worker = processes.start("-c", code, variables=variables)
        wait_until(partial(has_certificates, least))
        processes.kill(worker)
    left = number - Certificate.objects.count()
    begun = time.perf_counter()
    assert issue_certificates(seminar.pk) == left
    figure("certificates: one, with row, file, digest, audit and mail", (time.perf_counter() - begun) / left, "s")
    assert Certificate.objects.valid().values("registration").distinct().count() == number
    assert Certificate.objects.count() == Message.objects.count() == number
    assert Entry.objects.filter(action="certificate.issued").count() == number
