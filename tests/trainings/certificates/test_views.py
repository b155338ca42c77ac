"""The pages on certificates: the trainer's, the participant's, and that of whoever is shown one."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.memberships.states import Role
from tests.confirming import CONFIRMED
from tests.people import browser_of, organisation, person, visitor
from tests.trainings.certificates.attendees import ended_seminar, make_attendee, make_attendees
from trainings.certificates.actions import correct_certificate_name, order_certificates, revoke_certificate
from trainings.certificates.models import Certificate, CertificateOrder
from trainings.certificates.periodic import issue_due
from trainings.registrations.tokens import place_token
from victor.access import System

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/seminars/athens/certificates/"
TEST = System("test")


@pytest.fixture
def trainer():
    return browser_of(person(Role.TRAINER, organisation("smile")))


@pytest.fixture
def certificate() -> Certificate:
    registration = make_attendee(ended_seminar(), name="Ειρήνη Άννα Παππά-Κώτση")
    order_certificates(registration.seminar, by=TEST)
    issue_due()
    return registration.certificates.get()


def address(certificate: Certificate) -> str:
    return f"/en/certificates/{certificate.code}/"


def paper_of(certificate: Certificate) -> bytes:
    with certificate.file.open() as file:
        return file.read()


def words(answer) -> str:
    return answer.content.decode()


def test_trainer_issues_and_sees_how_far_it_is(trainer):
    make_attendee(ended_seminar())
    assert "Issue certificates" in words(trainer.get(LIST))
    page = words(trainer.post(f"{LIST}issue/", follow=True))
    assert "1 certificate is being created." in page
    assert "0 of 1 created." in words(trainer.get(f"{LIST}progress/"))
    issue_due()
    assert "<progress" not in words(trainer.get(f"{LIST}progress/"))
    assert CertificateOrder.objects.count() == 0


def test_trainer_reads_what_is_lacking(trainer):
    seminar = ended_seminar()
    for sessions, handed_in in ((0, True), (1, True), (2, False), (1, False)):
        make_attendee(seminar, sessions, handed_in=handed_in)
    page = words(trainer.get(f"{LIST}?show=lacking"))
    reasons = ["did not attend<", "attended 3 of 6 hours<", ">has not completed", "hours; has not completed"]
    assert {reason: page.count(reason) for reason in reasons} == dict.fromkeys(reasons, 1)


def test_trainer_is_told_whose_name_cannot_be_printed(trainer):
    seminar = ended_seminar()
    make_attendee(seminar, name="😀")
    trainer.post(f"{LIST}issue/")
    issue_due()
    page = words(trainer.get(LIST))
    assert "Our fonts do not have a letter" in page
    assert "could not be made (😀)." in page


def test_lists_cost_the_same_at_any_size(trainer):
    make_attendees(ended_seminar(), 70)
    issue_due()
    trainer.get(LIST)
    queries = {}
    for show in ("due", "lacking", "issued", "ended"):
        with CaptureQueriesContext(connection) as asked:
            trainer.get(f"{LIST}?show={show}")
        queries[show] = len(asked)
    assert max(queries.values()) <= 12, queries


def test_trainer_revokes_with_a_reason(trainer, certificate):
    path = f"/en/workspace/certificates/{certificate.pk}/revoke/"
    assert "This field is required" in words(trainer.post(path, CONFIRMED | {"reason": ""}))
    assert trainer.post(path, CONFIRMED | {"reason": "Issued by mistake"}).status_code == 302
    assert "Issued by mistake" in words(trainer.get(f"{LIST}?show=ended"))
    assert "This has already been decided" in words(trainer.post(path, CONFIRMED | {"reason": "Again"}, follow=True))


def test_trainer_corrects_a_name_and_reads_why_another_cannot_be_printed(trainer, certificate):
    path = f"/en/workspace/certificates/{certificate.pk}/correct/"
    assert "Latin letters" in words(trainer.post(path, {"name": "Irini 😀"}))
    assert "invisible character" in words(trainer.post(path, {"name": "Iri\ufeffni"}))
    assert trainer.post(path, {"name": "Irini"}).status_code == 302
    assert "replaced by" in words(trainer.get(f"{LIST}?show=ended"))


def test_strangers_and_helpers_get_nothing(certificate):
    stranger, helper = person(Role.TRAINER, organisation("other")), person(Role.WORKER, organisation("smile"))
    certificate.seminar.helpers.add(helper)
    both = person(Role.TRAINER, organisation("third"))
    certificate.seminar.helpers.add(both)
    file = f"/en/workspace/certificates/{certificate.pk}/certificate.pdf"
    asked = [[browser_of(who).get(path).status_code for path in (LIST, file)] for who in (stranger, helper, both)]
    assert asked == [[404, 404], [403, 403], [404, 404]]  # the door has been closed for days


def test_participant_downloads_and_decides_about_the_name(certificate):
    place = f"/en/seminars/place/{place_token(certificate.registration)}/"
    assert certificate.serial in words(visitor().get(place))
    answer = visitor().get(f"{place}certificate.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert b"".join(answer.streaming_content) == paper_of(certificate)
    visitor().post(f"{place}certificate/name/", {"shows": "yes"})
    assert "Ειρήνη Άννα Παππά-Κώτση" in words(visitor().get(address(certificate)))
    visitor().post(f"{place}certificate/name/", {"shows": "no"})
    assert "Ειρήνη" not in words(visitor().get(address(certificate)))


def test_participant_of_a_revoked_one_downloads_nothing(certificate):
    revoke_certificate(certificate, reason="Issued by mistake", by=TEST)
    place = f"/en/seminars/place/{place_token(certificate.registration)}/"
    assert "Your certificate was revoked" in words(visitor().get(place))
    assert visitor().get(f"{place}certificate.pdf").status_code == 404


def test_participant_of_a_revoked_one_withdraws_the_name(certificate):
    place = f"/en/seminars/place/{place_token(certificate.registration)}/"
    visitor().post(f"{place}certificate/name/", {"shows": "yes"})
    revoke_certificate(certificate, reason="Issued by mistake", by=TEST)
    before = words(visitor().get(address(certificate)))
    assert "Παππά" in before
    assert "Show only my initials" in words(visitor().get(place))
    visitor().post(f"{place}certificate/name/", {"shows": "no"})
    assert "Παππά" not in words(visitor().get(address(certificate)))


def test_place_without_certificate_and_forged_address_give_none():
    registration = make_attendee(ended_seminar())
    paths = [f"/en/seminars/place/{token}/" for token in (place_token(registration), "1:forged")]
    assert [visitor().get(f"{path}certificate.pdf").status_code for path in paths] == [404, 404]
    assert [visitor().post(f"{path}certificate/name/").status_code for path in paths] == [404, 404]


def test_verification_shows_initials_and_no_more_of_the_name(certificate):
    answer = visitor().get(address(certificate))
    page = words(answer)
    shown = ["This certificate is valid", "Ε. Ά. Π. Κ.", "6 of 6 hours", "Seminar athens", certificate.digest]
    assert [each in page for each in [*shown, "Παππά"]] == [True] * 5 + [False]
    headers = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert [answer[each] for each in headers] == ["no-store", "noindex", "no-referrer"]
    assert answer.cookies == {}


def test_verification_finds_a_code_however_it_is_typed(certificate):
    typed = certificate.code.lower().replace("-", " ")
    answer = visitor().post("/en/certificates/", {"code": typed})
    assert answer.status_code == 302
    assert answer["Location"] == address(certificate)
    assert visitor().post("/en/certificates/", {"code": "short"}).status_code == 422


@pytest.mark.parametrize("typed", ["VICTOR-2026-000001", "victor 2026 000001", "2026-000001"])
def test_verification_of_the_number_says_where_the_code_is(typed):
    answer = visitor().post("/en/certificates/", {"code": typed})
    assert "This is the number of the certificate. The code is below it." in words(answer)
    assert "<title>Error: Check a certificate" in words(answer)


def test_verification_of_an_unknown_code_says_so(certificate):
    for code in ("00000-00000-00000-00000", "%00", "x" * 300):
        answer = visitor().get(f"/en/certificates/{code}/")
        assert answer.status_code == 404
        assert "There is no certificate" in words(answer)


def test_verification_says_what_is_revoked_without_why_and_what_is_replaced(certificate):
    new = correct_certificate_name(certificate, name="Irini", by=TEST)
    revoke_certificate(new, reason="Issued by mistake", by=TEST)
    assert "This certificate was replaced" in words(visitor().get(address(certificate)))
    page = words(visitor().get(address(new)))
    assert "It was revoked on" in page
    assert "by mistake" not in page


@pytest.mark.parametrize(
    ("change", "said"),
    [(b"", "Yes, this is exactly the file we issued"), (b" ", "No, this is not the file we issued under this code")],
)
def test_verification_compares_a_file_and_keeps_none(certificate, change, said):
    file = SimpleUploadedFile("x.pdf", paper_of(certificate) + change)
    assert said in words(visitor().post(address(certificate), {"file": file}))


@pytest.mark.parametrize("megabytes", [6, 21])
def test_verification_refuses_a_file_that_is_too_large(certificate, megabytes):
    file = SimpleUploadedFile("x.pdf", bytes(megabytes * 1024 * 1024))
    assert "The file is too large" in words(visitor().post(address(certificate), {"file": file}))


def test_verification_answers_one_place_thirty_times_a_minute():
    client = visitor()
    answers = [client.get(f"/en/certificates/{number}/").status_code for number in range(32)]
    assert set(answers[:30]) == {404}
    assert set(answers[30:]) == {429}
    assert visitor().get("/en/certificates/1/").status_code == 404
