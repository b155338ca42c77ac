"""The list of participants, and what the host decides."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.memberships.states import Role
from tests.confirming import CONFIRMED
from tests.people import browser_of, organisation, person
from tests.trainings.certificates.attendees import ended_seminar, make_attendee
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.certificates.actions import order_certificates
from trainings.certificates.periodic import issue_due
from trainings.registrations.actions import give_up_registration, register, register_group
from trainings.registrations.models import Need, Registration, RegistrationGroup
from victor.access import System, Visitor
from victor.audit.models import Entry
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
URL = "/en/workspace/seminars/athens/participants/"
US = System("test")


@pytest.fixture
def trainer():
    return browser_of(person(Role.TRAINER, organisation("smile"), name="Anna Trainer"))


def came(seminar, number: int = 1, **fields) -> list[Registration]:
    return [register(applicant(seminar, **fields), by=US) for _ in range(number)]


def state(registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def test_list_shows_order_states_and_counts(trainer):
    first, second, third = came(make_seminar(seats=1), 3)
    give_up_registration(first, by=US)
    page = trainer.get(URL)
    assert page.context["arrivals"].counts == [("waiting", 1), ("offered", 1), ("left", 1)]
    assert [(row[0].pk, row[1], row[2]) for row in page.context["rows"]] == [
        (second.pk, 2, None),
        (third.pk, 3, 1),
    ]


def test_list_is_narrowed_and_ordered_by_the_address(trainer):
    seminar = make_seminar()
    came(seminar, name="Zoe", profession="teacher")
    (needs,) = came(seminar, name="Ana")
    Need.objects.create(registration=needs, text="A ramp")
    shown = {
        "profession=teacher": ["Zoe"],
        "order=name": ["Ana", "Zoe"],
        "need=on": ["Ana"],
        "state=waiting": [],
        "state=nonsense": ["Zoe", "Ana"],
    }
    for asked, names in shown.items():
        assert [row[0].name for row in trainer.get(f"{URL}?{asked}").context["rows"]] == names


@pytest.mark.parametrize("number", [3, 300])
def test_list_asks_twelve_queries_at_any_size(trainer, number, figure):
    seminar = make_seminar(seats=200)
    Registration.objects.bulk_create(applicant(seminar, state="confirmed") for _ in range(number))
    trainer.get(URL)
    with CaptureQueriesContext(connection) as asked:
        page = trainer.get(URL)
    figure(f"queries of a list of {number} participants", len(asked))
    assert len(asked) <= 12
    assert len(page.context["rows"]) == min(number, 50)


def test_list_is_unknown_to_strangers_and_refused_to_helpers(trainer):
    seminar = make_seminar()
    (one,) = came(seminar)
    helper = person(Role.WORKER, organisation("smile"))
    seminar.helpers.add(helper)
    stranger = browser_of(person(Role.TRAINER, organisation("other")))
    for path in ("", "new/", "import/", f"{one.pk}/"):
        assert browser_of(helper).get(URL + path).status_code == 403
        assert stranger.get(URL + path).status_code == 404
        assert trainer.get(URL + path).status_code == 200


def test_participant_shows_needs_and_steps(trainer):
    (one,) = came(make_seminar())
    Need.objects.create(registration=one, text="Sign language")
    give_up_registration(one, by=US)
    page = trainer.get(f"{URL}{one.pk}/").text
    assert "Sign language" in page
    assert "Place cancelled" in page
    assert "Accept" not in page


def test_host_admits_and_declines_with_a_reason(trainer):
    first, second = (register(each, by=Visitor()) for each in map(applicant, [make_seminar(needs_approval=True)] * 2))
    trainer.post(f"{URL}{first.pk}/admit/")
    trainer.post(f"{URL}{second.pk}/decline/", CONFIRMED | {"reason": "No longer in service"})
    assert state(first) == "confirmed"
    assert state(second) == "declined"
    assert second.steps.get().reason == "No longer in service"


def test_host_sees_who_comes_together_or_not_at_all_and_why_they_are_not_admitted(trainer):
    seminar = make_seminar(seats=1, needs_approval=True)
    group = RegistrationGroup(seminar=seminar, organisation="Police", contact="chief@example.org", together=True)
    one, _other = register_group(group, [applicant(seminar), applicant(seminar)], by=Visitor())
    page = trainer.get(f"{URL}{one.pk}/").text
    assert "All of us or none" in page
    assert "if you accept one, you accept all" in page
    page = trainer.post(f"{URL}{one.pk}/admit/", follow=True).text
    assert "not enough free places for all of them" in page
    assert state(one) == "applied"


def test_no_place_is_offered_out_of_order_once_it_has_begun(trainer, at):
    seminar = make_seminar(seats=1)
    _first, second = came(seminar, 2)
    offer = f"{URL}{second.pk}/prefer/"
    assert offer in trainer.get(f"{URL}{second.pk}/").text
    at(seminar.starts)
    trainer = browser_of(person(Role.TRAINER, organisation("smile")))
    assert offer not in trainer.get(f"{URL}{second.pk}/").text
    page = trainer.post(offer, {"reason": "She teaches the others"}, follow=True)
    assert "Anyone who comes can be checked in at the door" in page.text
    assert state(second) == "waiting"


def test_place_out_of_order_needs_a_reason(trainer):
    seminar = make_seminar(seats=1)
    _first, second, third = came(seminar, 3)
    seminar.seats = 2
    seminar.save()
    page = trainer.post(f"{URL}{third.pk}/prefer/", {"reason": ""})
    assert "Please give a reason:" in page.text
    assert state(third) == "waiting"
    trainer.post(f"{URL}{third.pk}/prefer/", {"reason": "She teaches the others"})
    assert state(second) == "waiting"
    assert state(third) == "offered"
    assert third.steps.get().reason == "She teaches the others"
    assert "She teaches the others" in trainer.get(f"{URL}{third.pk}/").text


def test_place_is_given_up_on_behalf_once(trainer):
    first, second = came(make_seminar(seats=1), 2)
    trainer.post(f"{URL}{first.pk}/leave/", CONFIRMED)
    page = trainer.post(f"{URL}{first.pk}/leave/", CONFIRMED, follow=True)
    assert state(first) == "left"
    assert state(second) == "offered"
    assert "Nothing was changed" in page.text


def test_corrected_name_and_address_are_kept_logged_and_told(trainer):
    (one,) = came(make_seminar())
    trainer.post(f"{URL}{one.pk}/correct/", {"name": "Élise Ždanova", "email": "elise@example.org"})
    one.refresh_from_db()
    assert one.name == "Élise Ždanova"
    assert one.email == "elise@example.org"
    assert one.steps.get().move == "correct"
    entry = Entry.objects.filter(action="registration.corrected").get()
    assert "Élise" not in entry.details
    assert "elise" not in entry.details
    assert Message.objects.latest("pk").recipient == "elise@example.org"


def test_corrected_name_of_who_has_a_certificate_is_on_another_one(trainer):
    one = make_attendee(ended_seminar())
    order_certificates(one.seminar, by=US)
    issue_due()
    page = trainer.post(f"{URL}{one.pk}/correct/", {"name": "Irini 😀", "email": one.email})
    assert "Latin letters" in page.text
    assert one.certificates.count() == 1
    trainer.post(f"{URL}{one.pk}/correct/", {"name": "Irini", "email": "irini@example.org"})
    new, old = one.certificates.all()
    assert new.name == "Irini"
    assert new.state == "valid"
    assert old.state == "replaced"
    mail = Message.objects.get(subject="Your certificate has been corrected")
    assert mail.recipient == "irini@example.org"
    assert Registration.objects.get(pk=one.pk).name == "Irini"


def test_address_of_another_is_refused(trainer):
    one, other = came(make_seminar(), 2)
    page = trainer.post(f"{URL}{one.pk}/correct/", {"name": other.name, "email": other.email.upper()})
    assert "Someone else is registered" in page.text
    assert state(one) == "confirmed"


def test_somebody_is_written_down_by_hand(trainer):
    seminar = make_seminar()
    form = {"name": "Ana", "email": "ana@example.org", "profession": "judge", "organisation": "Court"}
    form |= {"organisation_type": "judiciary", "country": "GR", "language": "el"}
    trainer.post(f"{URL}new/", form)
    assert list(seminar.registrations.values_list("name", "state")) == [("Ana", "confirmed")]
    assert "Someone is already registered with this name and email address" in trainer.post(f"{URL}new/", form).text


def test_three_people_are_accepted_with_one_button(trainer):
    seminar = make_seminar(seats=2, needs_approval=True)
    people = [register(applicant(seminar), by=Visitor()) for _ in range(3)]
    shown = trainer.get(URL).text
    assert shown.count('name="person"') == 3
    page = trainer.post(f"{URL}accept/", {"person": [person.pk for person in people]}, follow=True).text
    assert [state(person) for person in people] == ["confirmed", "confirmed", "waiting"]
    assert "2 people have a place now" in page
    assert "1 person is on the waiting list now" in page


@pytest.mark.parametrize("chosen", [[], ["x"], ["0"]])
def test_nobody_is_accepted_where_nobody_is_ticked(trainer, chosen):
    one = register(applicant(make_seminar(needs_approval=True)), by=Visitor())
    page = trainer.post(f"{URL}accept/", {"person": chosen}, follow=True).text
    assert state(one) == "applied"
    assert "Nobody was chosen." in page


def test_person_of_another_seminar_is_not_accepted_here(trainer):
    make_seminar(needs_approval=True)
    other = register(applicant(make_seminar("sofia", needs_approval=True)), by=Visitor())
    trainer.post(f"{URL}accept/", {"person": [other.pk]})
    assert state(other) == "applied"


def test_acceptance_to_a_full_seminar_says_what_has_become_of_it(trainer):
    seminar = make_seminar(seats=1, needs_approval=True)
    first, second = (register(applicant(seminar), by=Visitor()) for _ in range(2))
    trainer.post(f"{URL}{first.pk}/admit/")
    assert "Accept: waiting list (full)" in trainer.get(f"{URL}{second.pk}/").text
    page = trainer.post(f"{URL}{second.pk}/admit/", follow=True).text
    assert f"{second.name} is number 1 on the waiting list" in page


def test_end_of_a_registration_asks_and_names_whom_it_concerns(trainer):
    (one,) = came(make_seminar())
    page = trainer.post(f"{URL}{one.pk}/leave/").text
    assert f"Cancel the place of {one.name} at “Seminar athens”?" in page
    assert one.email in page
    assert state(one) == "confirmed"


def test_hours_are_those_of_the_seminar(trainer):
    seminar = make_seminar()
    came(seminar)
    page = trainer.get(URL).text
    assert f"Times: {seminar.zone_name}" in page
