"""What waits at seminars is the same in the table of open items and on the pages of the seminars."""

from __future__ import annotations

import pytest

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from tests.trainings.certificates.attendees import ended_seminar, make_attendee
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.attendance.models import Attendance
from trainings.certificates.actions import order_certificates
from trainings.certificates.issuing import issue_certificates
from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from victor.todo.actions import find_differences
from victor.todo.models import OpenItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return person(Role.TRAINER, organisation("smile"))


def due() -> set[int]:
    """Those for whom a certificate waits, by the table."""
    return {int(item.source) for item in OpenItem.objects.filter(kind="trainings.certificate")}


def eligible() -> set[int]:
    """Those for whom one waits, by the rule of certificates."""
    return set(Registration.objects.eligible_for_certificate().without_certificate().values_list("pk", flat=True))


@pytest.mark.parametrize(("sessions", "handed_in"), [(0, True), (1, True), (2, True), (2, False)])
def test_certificate_waits_for_whom_the_rule_says_so(sessions, handed_in):
    make_attendee(ended_seminar(), sessions, handed_in=handed_in)
    assert due() == eligible()


def test_certificate_waits_no_more_once_it_is_issued(trainer):
    registration = make_attendee(ended_seminar())
    assert due() == {registration.pk}
    order_certificates(registration.seminar, by=trainer)
    issue_certificates(registration.seminar_id)
    assert due() == set()


def test_certificate_waits_no_more_when_an_attendance_is_taken_back():
    registration = make_attendee(ended_seminar())
    Attendance.objects.filter(registration=registration).delete()
    assert eligible() == set()
    assert due() == set()


def test_change_of_the_rule_of_a_seminar_changes_what_waits():
    registration = make_attendee(ended_seminar(), 1)
    Seminar.objects.filter(pk=registration.seminar_id).update(share=50)
    assert eligible() == {registration.pk}
    assert due() == {registration.pk}


def test_home_leads_the_trainer_straight_to_the_certificates(trainer):
    make_attendee(ended_seminar())
    shown = browser_of(trainer).get("/en/workspace/").content.decode()
    assert "1 certificate to issue" in shown
    assert 'href="/en/workspace/seminars/athens/certificates/"' in shown


def test_home_leads_the_trainer_straight_to_the_participants_with_the_name_of_the_seminar(trainer):
    seminar = make_seminar(needs_approval=True)
    applicant(seminar, state="applied").save()
    shown = browser_of(trainer).get("/en/workspace/").content.decode()
    assert f"1 registration to review · {seminar}" in shown
    assert f'href="/en/workspace/seminars/{seminar.slug}/participants/"' in shown


def test_home_tells_when_the_next_seminar_is_and_in_which_state(trainer):
    seminar = make_seminar("athens")
    ahead = browser_of(trainer).get("/en/workspace/").content.decode()
    assert str(seminar) in ahead.partition("What comes next")[2]
    assert "places taken" in ahead


def test_seminar_that_is_cancelled_leaves_nothing_to_do():
    seminar = make_seminar(needs_approval=True)
    applicant(seminar, state="applied").save()
    Seminar.objects.filter(pk=seminar.pk).update(cancelled=True)
    assert not OpenItem.objects.filter(kind__startswith="trainings").exists()


def test_table_is_right_after_a_seminar(trainer):
    registration = make_attendee(ended_seminar())
    order_certificates(registration.seminar, by=trainer)
    issue_certificates(registration.seminar_id)
    assert find_differences() == {}


def test_home_leads_a_helper_to_the_check_in_of_their_seminar():
    helper = person(Role.WORKER, organisation("elsewhere"))
    seminar = make_seminar("athens", days=0)
    seminar.helpers.add(helper)
    shown = browser_of(helper).get("/en/workspace/").content.decode()
    assert f"Check people in · {seminar}" in shown
    assert browser_of(helper).get("/en/workspace/seminars/athens/check-in/").status_code in {200, 302}


def test_seminar_is_no_task_of_whoever_helps_no_more():
    helper = person(Role.WORKER, organisation("elsewhere"))
    seminar = make_seminar("athens", days=0)
    seminar.helpers.add(helper)
    seminar.helpers.clear()
    assert not OpenItem.objects.filter(audiences__contains=[f"user:{helper.pk}"]).exists()
    assert find_differences() == {}
