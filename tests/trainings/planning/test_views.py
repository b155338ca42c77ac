"""The workspace of trainers: mine, and one seminar; helpers come no further than the door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from model_bakery import baker

from tests.confirming import CONFIRMED
from tests.people import browser_of, organisation, person
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.attendance.actions import check_in_participant
from trainings.attendance.states import AttendanceMethod
from trainings.evaluation.models import QuestionnaireSubmission
from trainings.planning.presenters import seminar_timeline
from trainings.planning.todo import todo_items_at
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationState, Stage
from victor.access import System, Visitor
from victor.mail.models import Message
from victor.publishing import actions as publishing_actions

pytestmark = pytest.mark.django_db
MINE = "/en/workspace/seminars/"
VISITOR = Visitor()
US = System("test")


@pytest.fixture
def trainer():
    return person("trainer", organisation("smile"))


def page(user, address: str = MINE) -> str:
    return browser_of(user).get(address).content.decode()


def test_my_seminars_shows_the_next_first_with_what_waits(trainer):
    make_seminar("later", days=40)
    soon = make_seminar("sooner", days=10, needs_approval=True)
    register(applicant(soon), by=VISITOR)
    shown = page(trainer)
    assert shown.index("Seminar sooner") < shown.index("Seminar later")
    assert "1 registration to review" in shown
    assert "Seminar sooner" not in page(trainer, f"{MINE}?when=past")


def test_my_seminars_shows_nothing_of_other_hosts(trainer):
    make_seminar("elsewhere", organisation=organisation("other"))
    assert "Seminar elsewhere" not in page(trainer)
    assert "Seminar elsewhere" in page(person("coordinator"))


@pytest.mark.parametrize(("days", "when"), [(-3, "past"), (3, "")])
@pytest.mark.parametrize("count", [1, 15])
def test_my_seminars_asks_the_same_for_one_and_for_many(trainer, count, days, when, django_assert_max_num_queries):
    for number in range(count):
        seminar = make_seminar(f"number-{number}", days=days, opens=timezone.now() - timedelta(9))
        baker.make(
            Registration, seminar=seminar, state=RegistrationState.CONFIRMED, country=seminar.country, _quantity=2
        )
    browser = browser_of(trainer)
    browser.get(MINE)
    with django_assert_max_num_queries(11):
        browser.get(f"{MINE}?when={when}")


def test_helper_is_led_to_the_door_and_nowhere_else(trainer):
    seminar = make_seminar()
    helper = person("worker", organisation("other"))
    seminar.helpers.add(helper)
    assert f'href="{MINE}athens/check-in/"' in page(helper)
    assert f'href="{MINE}athens/"' not in page(helper)
    statuses = [browser_of(helper).get(f"{MINE}athens/{rest}").status_code for rest in ("", "cancel/", "check-in/")]
    assert statuses == [403, 403, 200]


def test_helper_who_trains_elsewhere_does_not_lead(trainer):
    seminar = make_seminar()
    helper = person("trainer", organisation("other"))
    assert browser_of(helper).get(f"{MINE}athens/").status_code == 404
    seminar.helpers.add(helper)
    assert browser_of(helper).get(f"{MINE}athens/").status_code == 403


def test_led_names_what_happens_by_itself(trainer):
    seminar = make_seminar(days=30, closes=timezone.now() + timedelta(days=20))
    entries = [(each.what, each.hour != "") for each in seminar_timeline(seminar)]
    assert entries == [
        ("Registration closes", True),
        ("Reminder to everyone with a place", True),
        ("Questions before the seminar to everyone with a place", False),
        ("Reminder to everyone with a place", True),
        ("Session 1 begins", True),
        ("Session 2 begins", True),
        ("Questions after the seminar open", True),
        ("Participants' needs are deleted", False),
        ("Questions after three months to participants", False),
        ("Registrations are deleted; certificates stay", False),
    ]
    assert "What happens automatically" in page(trainer, f"{MINE}athens/")


def test_what_waits_after_a_seminar_follows_its_rule(trainer, at):
    seminar = make_seminar(days=2, lengths=(4, 1), closes=timezone.now() + timedelta(days=9))
    silent, ready, absent = (register(applicant(seminar), by=VISITOR) for _ in range(3))
    at(seminar.ends + timedelta(hours=1))
    longest, shortest = seminar.sessions.all()
    for participant in (silent, ready):
        check_in_participant(participant, longest, method=AttendanceMethod.SHEET, by=trainer)
    check_in_participant(absent, shortest, method=AttendanceMethod.SHEET, by=trainer)
    for participant in (ready, absent):
        QuestionnaireSubmission.objects.create(registration=participant, stage=Stage.AFTER)
    assert list(Registration.objects.eligible_for_certificate()) == [ready]
    items = [each.what for each in todo_items_at([seminar])[seminar.pk]]
    assert items == ["1 questionnaire missing", "1 certificate to issue"]


def test_cancel_says_how_many_are_told_and_tells_them(trainer):
    seminar = make_seminar()
    for _ in range(2):
        register(applicant(seminar), by=VISITOR)
    browser = browser_of(trainer)
    assert "2 people have a place or are on the waiting list" in browser.get(f"{MINE}athens/cancel/").content.decode()
    answer = browser.post(f"{MINE}athens/cancel/", CONFIRMED, follow=True).content.decode()
    assert "2 people will be told" in answer
    assert "This seminar has been cancelled" in answer
    assert Message.objects.filter(subject="The seminar has been cancelled").count() == 2
    assert "Nothing was changed" in browser.post(f"{MINE}athens/cancel/", CONFIRMED, follow=True).content.decode()


def test_seminar_that_is_over_has_no_button_to_cancel_it(at):
    seminar, coordinator = make_seminar(), person("coordinator")
    admin = f"/en/admin/trainings/seminar/{seminar.pk}/change/"
    cancels = f'href="{MINE}athens/cancel/"'
    assert [cancels in page(coordinator, each) for each in (admin, f"{MINE}athens/")] == [True, True]
    at(seminar.ends)
    assert [cancels in page(coordinator, each) for each in (admin, f"{MINE}athens/")] == [False, False]
    answer = browser_of(coordinator).post(f"{MINE}athens/cancel/", CONFIRMED, follow=True).content.decode()
    assert "This seminar has ended." in answer


def test_home_tells_the_trainer_who_is_to_be_looked_at(trainer):
    register(applicant(make_seminar(needs_approval=True)), by=VISITOR)
    assert "1 registration to review" in page(trainer, "/en/workspace/")
    assert "to review" not in page(person("worker"), "/en/workspace/")


@pytest.mark.parametrize(("role", "is_there"), [("trainer", True), ("coordinator", True), ("worker", False)])
def test_rail_leads_to_the_seminars(role, is_there):
    assert (f'href="{MINE}"' in page(person(role), "/en/workspace/")) is is_there


def test_seminar_that_has_just_ended_stays_in_the_list(trainer, at):
    seminar = make_seminar()
    at(seminar.ends + timedelta(days=29))
    assert seminar.slug in browser_of(trainer).get(MINE).text
    at(seminar.ends + timedelta(days=31))
    assert f"{MINE}{seminar.slug}/" not in browser_of(trainer).get(MINE).text


def test_seminar_that_waits_for_an_editor_says_so(trainer):
    seminar = make_seminar()
    type(seminar).objects.update(title_en=None, title_el=None)
    seminar.versions.all().delete()
    texts = {"title": "Signs at school", "summary": "What to see"}
    publishing_actions.submit(publishing_actions.save_draft(seminar, "en", texts, by=US), by=US)
    page = browser_of(trainer).get(f"{MINE}athens/").text
    assert "Signs at school" in page
    assert "have been waiting for an editor since" in page
    assert "There is nothing to do for this seminar." not in page


def test_overview_names_the_public_address(trainer):
    seminar = make_seminar()
    page = browser_of(trainer).get(f"{MINE}athens/").text
    assert f'href="{seminar.get_absolute_url()}"' in page
