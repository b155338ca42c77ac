"""The list of participants, and what the host decides."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from tests.trainings.certificates.attendees import attended, over
from tests.trainings.sample_seminars import held, somebody
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
    return [register(somebody(seminar, **fields), by=US) for _ in range(number)]


def state(registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def test_list_shows_order_states_and_counts(trainer):
    first, second, third = came(held(seats=1), 3)
    give_up_registration(first, by=US)
    page = trainer.get(URL)
    assert page.context["arrivals"].counts == [("waiting", 1), ("offered", 1), ("left", 1)]
    assert [(each.pk, number, place) for each, number, place in page.context["rows"]] == [
        (second.pk, 2, None),
        (third.pk, 3, 1),
    ]


def test_list_is_narrowed_and_ordered_by_the_address(trainer):
    seminar = held()
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
def test_list_asks_ten_queries_at_any_size(trainer, number, figure):
    seminar = held(seats=200)
    Registration.objects.bulk_create(somebody(seminar, state="confirmed") for _ in range(number))
    trainer.get(URL)
    with CaptureQueriesContext(connection) as asked:
        page = trainer.get(URL)
    figure(f"queries of a list of {number} participants", len(asked))
    assert (len(asked) <= 10, len(page.context["rows"])) == (True, min(number, 50))


def test_list_is_unknown_to_strangers_and_refused_to_helpers(trainer):
    seminar = held()
    (one,) = came(seminar)
    helper = person(Role.WORKER, organisation("smile"))
    seminar.helpers.add(helper)
    stranger = browser_of(person(Role.TRAINER, organisation("other")))
    for path in ("", "new/", "import/", f"{one.pk}/"):
        assert browser_of(helper).get(URL + path).status_code == 403
        assert stranger.get(URL + path).status_code == 404
        assert trainer.get(URL + path).status_code == 200


def test_participant_shows_needs_and_steps(trainer):
    (one,) = came(held())
    Need.objects.create(registration=one, text="Sign language")
    give_up_registration(one, by=US)
    page = trainer.get(f"{URL}{one.pk}/").text
    assert ("Sign language" in page, "Place cancelled" in page, "Accept" in page) == (True, True, False)


def test_host_admits_and_declines_with_a_reason(trainer):
    first, second = (register(each, by=Visitor()) for each in map(somebody, [held(needs_approval=True)] * 2))
    trainer.post(f"{URL}{first.pk}/admit/")
    trainer.post(f"{URL}{second.pk}/decline/", {"reason": "No longer in service"})
    assert (state(first), state(second), second.steps.get().reason) == ("confirmed", "declined", "No longer in service")


def test_host_sees_who_comes_together_or_not_at_all_and_why_they_are_not_admitted(trainer):
    seminar = held(seats=1, needs_approval=True)
    group = RegistrationGroup(seminar=seminar, organisation="Police", contact="chief@example.org", together=True)
    one, _other = register_group(group, [somebody(seminar), somebody(seminar)], by=Visitor())
    page = trainer.get(f"{URL}{one.pk}/").text
    assert ("All of us or none" in page, "if you accept one, you accept all" in page) == (True, True)
    page = trainer.post(f"{URL}{one.pk}/admit/", follow=True).text
    assert ("not enough free places for all of them" in page, state(one)) == (True, "applied")


def test_no_place_is_offered_out_of_order_once_it_has_begun(trainer, at):
    seminar = held(seats=1)
    _first, second = came(seminar, 2)
    offer = f"{URL}{second.pk}/prefer/"
    assert offer in trainer.get(f"{URL}{second.pk}/").text
    at(seminar.starts)
    trainer = browser_of(person(Role.TRAINER, organisation("smile")))
    assert offer not in trainer.get(f"{URL}{second.pk}/").text
    page = trainer.post(offer, {"reason": "She teaches the others"}, follow=True)
    assert ("Anyone who comes can be checked in at the door" in page.text, state(second)) == (True, "waiting")


def test_place_out_of_order_needs_a_reason(trainer):
    seminar = held(seats=1)
    _first, second, third = came(seminar, 3)
    seminar.seats = 2
    seminar.save()
    page = trainer.post(f"{URL}{third.pk}/prefer/", {"reason": ""})
    assert ("Please give a reason:" in page.text, state(third)) == (True, "waiting")
    trainer.post(f"{URL}{third.pk}/prefer/", {"reason": "She teaches the others"})
    assert (state(second), state(third), third.steps.get().reason) == ("waiting", "offered", "She teaches the others")
    assert "She teaches the others" in trainer.get(f"{URL}{third.pk}/").text


def test_place_is_given_up_on_behalf_once(trainer):
    first, second = came(held(seats=1), 2)
    trainer.post(f"{URL}{first.pk}/leave/")
    page = trainer.post(f"{URL}{first.pk}/leave/", follow=True)
    assert (state(first), state(second), "Nothing was changed" in page.text) == ("left", "offered", True)


def test_corrected_name_and_address_are_kept_logged_and_told(trainer):
    (one,) = came(held())
    trainer.post(f"{URL}{one.pk}/correct/", {"name": "Élise Ždanova", "email": "elise@example.org"})
    one.refresh_from_db()
    assert (one.name, one.email, one.steps.get().move) == ("Élise Ždanova", "elise@example.org", "correct")
    entry = Entry.objects.filter(action="registration.corrected").get()
    assert ("Élise" in entry.details, "elise" in entry.details) == (False, False)
    assert Message.objects.latest("pk").recipient == "elise@example.org"


def test_corrected_name_of_who_has_a_certificate_is_on_another_one(trainer):
    one = attended(over())
    order_certificates(one.seminar, by=US)
    issue_due()
    page = trainer.post(f"{URL}{one.pk}/correct/", {"name": "Irini 😀", "email": one.email})
    assert ("Latin letters" in page.text, one.certificates.count()) == (True, 1)
    trainer.post(f"{URL}{one.pk}/correct/", {"name": "Irini", "email": "irini@example.org"})
    new, old = one.certificates.all()
    assert (new.name, new.state, old.state) == ("Irini", "valid", "replaced")
    mail = Message.objects.get(subject="Your certificate has been corrected")
    assert (mail.recipient, Registration.objects.get(pk=one.pk).name) == ("irini@example.org", "Irini")


def test_address_of_another_is_refused(trainer):
    one, other = came(held(), 2)
    page = trainer.post(f"{URL}{one.pk}/correct/", {"name": one.name, "email": other.email.upper()})
    assert ("Someone else is registered" in page.text, state(one)) == (True, "confirmed")


def test_somebody_is_written_down_by_hand(trainer):
    seminar = held()
    told = {"name": "Ana", "email": "ana@example.org", "profession": "judge", "organisation": "Court"}
    told |= {"organisation_type": "judiciary", "country": "GR", "language": "el"}
    trainer.post(f"{URL}new/", told)
    assert list(seminar.registrations.values_list("name", "state")) == [("Ana", "confirmed")]
    assert "Someone is already registered with this email address" in trainer.post(f"{URL}new/", told).text
