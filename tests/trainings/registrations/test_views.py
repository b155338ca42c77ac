"""Registering without an account: asked little, answered the same, and told what else there is."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.people import visitor
from tests.trainings.sample_seminars import applicant, make_seminar
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
FORM = {
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
def no_earlier_registrations() -> None:
    registrations_views.REGISTRATION_THROTTLE.forget()
    cache.clear()


def group(number: int, **more: str) -> dict[str, str]:
    rows = {"who-TOTAL_FORMS": str(number + 1), "who-INITIAL_FORMS": "0"}
    for row in range(number):
        fields = {"name": f"Person {row}", "email": f"p{row}@example.org", "profession": "police", "language": "uk"}
        rows |= {f"who-{row}-{name}": value for name, value in fields.items()}
    return SHARED | rows | more


def registered() -> list[tuple[str, str]]:
    return list(Registration.objects.values_list("email", "state"))


def test_register_keeps_what_was_told():
    seminar = make_seminar()
    page = visitor().post(URL, FORM | {"need": "A ramp", "shows_name": "on"})
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert page.cookies.keys() == set()
    made = Registration.objects.get()
    assert made.name == FORM["name"]
    assert made.country_id == "GR"
    assert made.language == "el"
    assert made.shows_name
    assert made.seminar == seminar
    assert Need.objects.get().text == "A ramp"
    assert made.state == "confirmed"


def test_form_asks_in_the_language_of_the_page_and_says_why():
    make_seminar()
    page = visitor().get("/el/seminars/athens/register/")
    assert page.cookies.keys() == set()
    assert '<option value="el" selected lang="el">' in page.text
    assert page.text.count('<details class="why">') == len(QUESTION_PURPOSES) - len({"contact"})


def test_every_question_has_a_fact():
    asked = {*registrations_forms.VisitorForm.base_fields, *registrations_forms.GroupForm.base_fields} - {
        "decoy",
        "together",
        "different",
    }
    assert asked == set(QUESTION_PURPOSES)


@pytest.mark.parametrize("name", ["李小龍", "Đorđe Šćepanović", "O'Brien-Ķ", "محمد علي", "Ждан Ґалаґан"])
def test_name_in_any_script_is_kept_as_typed(name):
    make_seminar()
    visitor().post(URL, FORM | {"name": name})
    assert Registration.objects.get().name == name


@pytest.mark.parametrize("name", ["http://win.example", "a@b", "...", "A\x07b", "A\u202eb", "A\ufeffb", "evil.com", ""])
def test_name_that_is_none_is_refused_and_kept_in_the_form(name):
    make_seminar()
    page = visitor().post(URL, FORM | {"name": name})
    assert page.context["form"].errors.keys() == {"name"}
    assert registered() == []
    assert 'href="#id_name"' in page.text
    assert "1st School" in page.text


def test_registered_before_is_answered_alike_and_told_to_its_owner(at):
    make_seminar()
    first = visitor().post(URL, FORM)
    at(timezone.now() + timedelta(hours=1))
    again = visitor().post(URL, FORM | {"email": "MARIA@example.org"})
    assert again.text.replace("MARIA", "maria") == first.text
    assert len(registered()) == 1
    assert Message.objects.count() == 2
    visitor().post(URL, FORM)
    assert Message.objects.count() == 2


def test_button_pressed_twice_registers_once_and_writes_once():
    make_seminar()
    browser = visitor()
    assert [browser.post(URL, FORM).status_code for _ in range(2)] == [200, 200]
    assert len(registered()) == 1
    assert Message.objects.count() == 1


def test_program_that_fills_in_everything_is_not_registered_and_a_person_is():
    make_seminar()
    page = visitor().post(URL, FORM | {"decoy": "x"})
    assert registered() == []
    assert page.context["form"]["decoy"].value() == ""
    assert "press the button again" in page.text


def test_full_seminar_says_that_there_is_a_waiting_list():
    seminar = make_seminar(seats=1)
    register(applicant(seminar), by=Visitor())
    assert "You can still register:" in visitor().get(URL).text
    visitor().post(URL, FORM)
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
    make_seminar(**fields)
    make_seminar("patras")
    make_seminar("volos", cancelled=True)
    for page in (visitor().get(URL), visitor().post(URL, FORM), visitor().post(GROUP, group(1))):
        assert says in page.text
        assert "Seminar patras" in page.text
        assert "Seminar volos" not in page.text
    assert registered() == []


def test_seminar_that_is_not_public_is_not_found():
    assert visitor().get(URL).status_code == 404


def test_many_from_one_place_wait_and_are_registered(monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(time, "monotonic", lambda: 1000 + sum(waited))
    make_seminar()
    browser = visitor()
    for number in range(12):
        browser.post(URL, FORM | {"email": f"p{number}@example.org"})
    assert len(registered()) == 12
    assert waited == [0.25, 0.5]


def test_group_registers_each_with_a_mail_of_their_own():
    make_seminar()
    page = visitor().post(GROUP, group(3))
    assert [state for _email, state in registered()] == ["confirmed"] * 3
    assert Message.objects.count() == 3
    assert page.text.count("@example.org") == 3
    assert {(each.country, each.language, each.group) for each in Registration.objects.all()} == {
        (None, "uk", RegistrationGroup.objects.get())
    }


def test_group_that_does_not_fit_together_is_told_so_without_a_number():
    make_seminar(seats=2)
    page = visitor().post(GROUP, group(3, together="all"))
    assert "There are not enough free places for all of you" in page.text
    assert registered() == []
    visitor().post(GROUP, group(3, together="all", partly="yes"))
    assert [state for _email, state in registered()] == ["confirmed", "confirmed", "waiting"]


def test_group_gets_more_rows_without_a_script_and_keeps_what_was_typed():
    make_seminar()
    page = visitor().post(GROUP, group(2, more="yes"))
    assert page.context["rows"].total_form_count() == 6
    assert registered() == []
    assert "Person 1" in page.text
    assert "Police" in page.text
    assert "field__error" not in page.text
    assert visitor().post(GROUP, group(19, more="yes")).context["rows"].total_form_count() == 20


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1"])
def test_group_with_a_number_of_rows_that_is_none_gets_more_rows(number):
    make_seminar()
    page = visitor().post(GROUP, group(1, more="yes") | {"who-TOTAL_FORMS": number})
    assert page.status_code == 200
    assert page.context["rows"].total_form_count() == 6


def test_group_with_somebody_twice_or_without_anybody_is_refused():
    make_seminar()
    page = visitor().post(GROUP, group(2, **{"who-1-email": "P0@example.org", "who-1-name": "PERSON 0"}))
    assert "This person appears twice" in page.text
    assert registered() == []
    assert "name at least one person" in visitor().post(GROUP, group(0)).text


def test_group_tells_whoever_is_registered_already(at):
    seminar = make_seminar()
    register(applicant(seminar, email="p0@example.org", name="Person 0"), by=Visitor())
    at(timezone.now() + timedelta(hours=1))
    page = visitor().post(GROUP, group(2))
    assert len(registered()) == 2
    assert page.text.count("@example.org") == 2
    assert Message.objects.filter(subject="You are already registered").count() == 1


def test_form_says_that_the_text_of_the_seminar_is_in_another_language_and_not_the_page():
    make_seminar()
    page = visitor().get("/bg/seminars/athens/register/").text
    assert page.count('role="note"') == 1
    assert "английски" in page


def test_form_has_a_way_up_to_its_seminar():
    make_seminar()
    assert '<a href="/en/seminars/athens/">Seminar athens</a></nav>' in visitor().get(URL).text
