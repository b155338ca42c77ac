"""Registering without an account: asked little, answered the same, and told what else there is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.people import visitor
from tests.trainings.sample_seminars import held, somebody
from trainings.registrations import forms as registrations_forms
from trainings.registrations import views as registrations_views
from trainings.registrations.actions import register
from trainings.registrations.models import Need, Registration, RegistrationGroup
from trainings.registrations.retention import QUESTION_PURPOSES
from victor.access import Visitor
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
URL = "/en/seminars/athens/register/"
GROUP = f"{URL}group/"
TOLD = {
    "name": "Μαρία Παπαδοπούλου",
    "email": "maria@example.org",
    "profession": "teacher",
    "organisation": "1st School",
    "organisation_type": "school",
    "country": "GR",
    "language": "el",
    "sex": "",
}
SHARED = {
    "organisation": "Police",
    "organisation_type": "law_enforcement",
    "country": "other",
    "contact": "a@b.example",
}


@pytest.fixture(autouse=True)
def unhurried() -> None:
    registrations_views.REGISTRATION_THROTTLE.counts.clear()
    cache.clear()


def group(number: int, **more: str) -> dict[str, str]:
    rows = {"who-TOTAL_FORMS": str(number + 1), "who-INITIAL_FORMS": "0"}
    for row in range(number):
        told = {"name": f"Person {row}", "email": f"p{row}@example.org", "profession": "police", "language": "uk"}
        rows |= {f"who-{row}-{name}": value for name, value in told.items()}
    return SHARED | rows | more


def registered() -> list[tuple[str, str]]:
    return list(Registration.objects.values_list("email", "state"))


def test_register_keeps_what_was_told():
    seminar = held()
    page = visitor().post(URL, TOLD | {"need": "A ramp", "shows_name": "on"})
    assert (page.status_code, page["Cache-Control"], page.cookies.keys()) == (200, "no-store", set())
    made = Registration.objects.get()
    assert (made.name, made.country_id, made.language, made.shows_name) == (TOLD["name"], "GR", "el", True)
    assert (made.seminar, Need.objects.get().text, made.state) == (seminar, "A ramp", "confirmed")


def test_form_asks_in_the_language_of_the_page_and_says_why():
    held()
    page = visitor().get("/el/seminars/athens/register/")
    assert (page.cookies.keys(), '<option value="el" selected>' in page.text) == (set(), True)
    assert page.text.count('<details class="why">') == len(QUESTION_PURPOSES) - len({"contact"})


def test_every_question_has_a_fact():
    asked = {*registrations_forms.VisitorForm.base_fields, *registrations_forms.GroupForm.base_fields} - {
        "decoy",
        "together",
    }
    assert asked == set(QUESTION_PURPOSES)


@pytest.mark.parametrize("name", ["李小龍", "Đorđe Šćepanović", "O'Brien-Ķ", "محمد علي", "Ждан Ґалаґан"])
def test_name_in_any_script_is_kept_as_typed(name):
    held()
    visitor().post(URL, TOLD | {"name": name})
    assert Registration.objects.get().name == name


@pytest.mark.parametrize("name", ["http://win.example", "a@b", "...", "A\x07b", "A\u202eb", "A\ufeffb", "evil.com", ""])
def test_name_that_is_none_is_refused_and_kept_in_the_form(name):
    held()
    page = visitor().post(URL, TOLD | {"name": name})
    assert (page.context["form"].errors.keys(), registered()) == ({"name"}, [])
    assert 'href="#id_name"' in page.text
    assert "1st School" in page.text


def test_registered_before_is_answered_alike_and_told_to_its_owner(at):
    held()
    first = visitor().post(URL, TOLD)
    at(timezone.now() + timedelta(hours=1))
    again = visitor().post(URL, TOLD | {"email": "MARIA@example.org", "name": "Someone else"})
    assert again.text.replace("MARIA", "maria") == first.text
    assert (len(registered()), Message.objects.count()) == (1, 2)
    visitor().post(URL, TOLD)
    assert Message.objects.count() == 2


def test_button_pressed_twice_registers_once_and_writes_once():
    held()
    browser = visitor()
    assert [browser.post(URL, TOLD).status_code for _ in range(2)] == [200, 200]
    assert (len(registered()), Message.objects.count()) == (1, 1)


def test_program_that_fills_in_everything_is_not_registered_and_a_person_is():
    held()
    page = visitor().post(URL, TOLD | {"decoy": "x"})
    assert (registered(), page.context["form"]["decoy"].value()) == ([], "")
    assert "press the button again" in page.text


def test_full_seminar_says_that_there_is_a_waiting_list():
    seminar = held(seats=1)
    register(somebody(seminar), by=Visitor())
    assert "You can still register:" in visitor().get(URL).text
    visitor().post(URL, TOLD)
    assert registered()[-1] == ("maria@example.org", "waiting")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"cancelled": True}, "This seminar has been cancelled"),
        ({"closes": timezone.now() - timedelta(days=1)}, "Registration is closed"),
        ({"opens": timezone.now() + timedelta(days=1)}, "Registration has not opened yet"),
    ],
)
def test_closed_seminar_says_what_else_is_open(fields, says):
    held(**fields)
    held("patras")
    held("volos", cancelled=True)
    for page in (visitor().get(URL), visitor().post(URL, TOLD), visitor().post(GROUP, group(1))):
        assert (says in page.text, "Seminar patras" in page.text, "Seminar volos" in page.text) == (True, True, False)
    assert registered() == []


def test_seminar_that_is_not_public_is_not_found():
    assert visitor().get(URL).status_code == 404


def test_many_from_one_place_wait_and_are_registered(monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr("victor.throttling.time.sleep", waited.append)
    held()
    browser = visitor()
    for number in range(12):
        browser.post(URL, TOLD | {"email": f"p{number}@example.org"})
    assert (len(registered()), waited) == (12, [0.25, 0.5])


def test_group_registers_each_with_a_mail_of_their_own():
    held()
    page = visitor().post(GROUP, group(3))
    assert [state for _email, state in registered()] == ["confirmed"] * 3
    assert (Message.objects.count(), page.text.count("@example.org")) == (3, 3)
    assert {(each.country, each.language, each.group) for each in Registration.objects.all()} == {
        (None, "uk", RegistrationGroup.objects.get())
    }


def test_group_that_does_not_fit_together_is_offered_what_is_free():
    held(seats=2)
    page = visitor().post(GROUP, group(3, together="all"))
    assert ("There are 2 free places" in page.text, registered()) == (True, [])
    visitor().post(GROUP, group(3, together="all", partly="yes"))
    assert [state for _email, state in registered()] == ["confirmed", "confirmed", "waiting"]


def test_group_gets_more_rows_without_a_script_and_keeps_what_was_typed():
    held()
    page = visitor().post(GROUP, group(2, more="yes"))
    assert (page.context["rows"].total_form_count(), registered()) == (6, [])
    assert ("Person 1" in page.text, "Police" in page.text, "field__error" in page.text) == (True, True, False)
    assert visitor().post(GROUP, group(19, more="yes")).context["rows"].total_form_count() == 20


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1"])
def test_group_with_a_number_of_rows_that_is_none_gets_more_rows(number):
    held()
    page = visitor().post(GROUP, group(1, more="yes") | {"who-TOTAL_FORMS": number})
    assert (page.status_code, page.context["rows"].total_form_count()) == (200, 6)


def test_group_with_an_address_twice_or_without_anybody_is_refused():
    held()
    page = visitor().post(GROUP, group(2, **{"who-1-email": "P0@example.org"}))
    assert ("This email address appears twice" in page.text, registered()) == (True, [])
    assert "name at least one person" in visitor().post(GROUP, group(0)).text


def test_group_tells_whoever_is_registered_already(at):
    seminar = held()
    register(somebody(seminar, email="p0@example.org"), by=Visitor())
    at(timezone.now() + timedelta(hours=1))
    page = visitor().post(GROUP, group(2))
    assert (len(registered()), page.text.count("@example.org")) == (2, 2)
    assert Message.objects.filter(subject="You are already registered").count() == 1
