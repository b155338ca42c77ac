"""The door: names and nothing else, with and without scripts, and what a telephone sends again and again."""

from __future__ import annotations

import json
from datetime import timedelta

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from model_bakery import baker

from partners.grants.models import FunderNotice
from tests.people import browser_of, organisation, person, visitor
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.attendance.actions import check_in_participant
from trainings.attendance.models import Attendance, Correction
from trainings.attendance.states import AttendanceMethod
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationState
from trainings.registrations.tokens import CHECK_IN_SIGNER, place_token, sign_number
from trainings.seminars.models import Seminar
from victor.access import Visitor
from victor.pdf import qr_code

pytestmark = pytest.mark.django_db
VISITOR = Visitor()
DOOR = "/en/workspace/seminars/athens/check-in/"
NAMES = ["Ιωάννα Παπαδοπούλου", "Любомир Йорданов", "Ștefan Țăranu", "Đorđe Živković", "Ђорђе Живковић"]
NAMES += ["Győző Űrhegyi", "Žiga Črnčec", "Ґанна Їжакевич", "Mary-Ann O’Neill"]


@pytest.fixture
def today(at):
    at(timezone.now().replace(hour=9))
    return make_seminar(days=0, closes=timezone.now() + timedelta(days=9))


@pytest.fixture
def helper(today):
    user = person("worker", organisation("other"))
    today.helpers.add(user)
    return user


@pytest.fixture
def browser(helper):
    return browser_of(helper)


@pytest.fixture
def one(today):
    return register(applicant(today, name="Ioanna Papadopoulou", organisation="Hospital"), by=VISITOR)


@pytest.fixture
def address(today):
    return f"{DOOR}{today.sessions.first().pk}/"


def send(browser: Client, address: str, *marks: dict) -> dict:
    answer = browser.post(f"{address}marks/", json.dumps({"marks": marks}), content_type="application/json")
    assert answer.status_code == 200
    return answer.json()


def test_door_leads_to_the_session_that_is_on(browser, address):
    assert browser.get(DOOR)["Location"] == address
    assert "For which session?" in browser.get(f"{DOOR}?all").content.decode()


def test_door_shows_names_and_nothing_else(browser, address, one):
    shown = browser.get(address).content.decode()
    assert one.name in shown
    assert [each for each in (one.email, "Hospital", "Police") if each in shown] == []


def test_press_checks_in_and_a_second_changes_nothing(browser, address, one, helper):
    for _ in range(2):
        answer = browser.post(address, {"registration": one.pk}, follow=True).content.decode()
        assert "Ioanna Papadopoulou has been checked in." in answer
    assert Attendance.objects.get().by == helper


@pytest.mark.parametrize("number", ["", "0", "abc", "²", "99999999999999999999"])
def test_press_for_nobody_is_not_found(browser, address, number):
    assert browser.post(address, {"registration": number}).status_code == 404


def test_search_finds_by_any_part_of_the_name(browser, address, one):
    assert one.name in browser.post(address, {"q": "papa ioanna"}).content.decode()
    assert "Nobody with this name has a place" in browser.post(address, {"q": "papas"}).content.decode()


def test_search_puts_no_name_into_the_address(browser, address, one):
    form = browser.get(address).content.decode().split('class="door__search"')[1].split(">")[0]
    assert 'method="post"' in form
    assert one.name in browser.get(f"{address}?q=papas").content.decode()


def test_door_a_day_after_the_end_says_where_the_list_is_corrected(today, address, one, at):
    at(today.ends + timedelta(days=1))
    trainer = browser_of(person("trainer", organisation("smile")))
    shown = trainer.get(address).content.decode()
    sentences = [
        "Check-in closed one day after the seminar",
        "Correct from the signed list",
        "Someone came without registration",
    ]
    assert [words in shown for words in sentences] == [True, True, False]
    assert (
        "Check-in closed one day after the seminar"
        in trainer.post(address, {"registration": one.pk}, follow=True).content.decode()
    )


def test_marks_sent_again_are_noted_once_at_their_moment(browser, address, one):
    mark = {"number": one.pk, "ago": 120_000}
    assert [send(browser, address, mark, mark), send(browser, address, mark)] == [{"here": [one.pk], "refused": {}}] * 2
    assert Attendance.objects.get().at == timezone.now() - timedelta(minutes=2)


def test_marks_that_cannot_be_are_named_and_the_others_noted(browser, address, one, today):
    waits = baker.make(Registration, seminar=today, state=RegistrationState.WAITING)
    answer = send(browser, address, *({"number": each, "ago": 0} for each in (waits.pk, one.pk, 2**40)))
    assert answer["here"] == [one.pk]
    expected = {str(waits.pk): "This person has no place in this seminar.", str(2**40): "not found"}
    assert answer["refused"] == expected


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"marks": 1}', '{"marks": [1]}', '{"marks": [{"number": 1}]}']
    + [
        json.dumps({"marks": [{"number": number, "ago": ago}]})
        for number, ago in [("1", 0), (True, 0), (1, -1), (1, 0.5)]
    ],
)
def test_marks_that_are_not_ours_are_refused(browser, address, body):
    assert browser.post(f"{address}marks/", body, content_type="application/json").status_code == 400


def test_marks_without_the_forms_token_are_refused(helper, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(helper, backend="victor.accounts.backend.LogIn")
    assert strict.post(f"{address}marks/", "{}", content_type="application/json").status_code == 403


def test_undo_asks_why(browser, address, one, today, helper):
    check_in_participant(one, today.sessions.first(), method=AttendanceMethod.LIST, by=helper)
    undo = f"{address}undo/{one.pk}/"
    assert "This field is required" in browser.post(undo, {"reason": " "}).content.decode()
    assert browser.post(undo, {"reason": "Checked in by mistake"})["Location"] == address
    assert Attendance.objects.count() == 0
    assert browser.post(undo).status_code == 404


WALK_IN = {"name": "Ана", "email": "ana@example.org", "profession": "teacher", "organisation": "School"}
WALK_IN |= {"organisation_type": "school", "country": "GR", "language": "sr"}


def test_walk_in_registers_and_checks_in(browser, address):
    answer = browser.post(f"{address}walk-in/", WALK_IN, follow=True).content.decode()
    assert "Ана has been checked in." in answer
    assert Attendance.objects.get().method == AttendanceMethod.WALK_IN


@pytest.mark.parametrize("name", ["Ма\ufeffрія", "evil.com"])
def test_walk_in_with_a_name_that_is_none_is_refused(browser, address, name):
    answer = browser.post(f"{address}walk-in/", WALK_IN | {"name": name})
    assert answer.context["form"].errors.keys() == {"name"}
    assert Registration.objects.count() == 0


def test_walk_in_when_full_says_so_and_keeps_what_was_typed(browser, address, today, one):
    type(today).objects.update(seats=1)
    answer = browser.post(f"{address}walk-in/", WALK_IN | {"reason": "A chair"}).content.decode()
    assert "There is no free place." in answer
    assert "ana@example.org" in answer
    trainer = browser_of(person("trainer", organisation("smile")))
    assert trainer.post(f"{address}walk-in/", WALK_IN | {"reason": "A chair"}).status_code == 302


def test_correct_applies_what_was_changed_and_not_what_others_noted(address, one, today, helper):
    session, trainer = today.sessions.first(), person("trainer", organisation("smile"))
    two, three = (register(applicant(today), by=VISITOR) for _ in range(2))
    check_in_participant(one, session, method=AttendanceMethod.LIST, by=helper)
    typed = {"came": [two.pk], "was": [one.pk], "reason": "Signed attendance sheet"}
    check_in_participant(three, session, method=AttendanceMethod.LIST, by=helper)  # while the trainer reads the sheet
    shown = browser_of(trainer).post(f"{address}correct/", typed, follow=True).content.decode()
    assert set(Attendance.objects.values_list("registration", flat=True)) == {two.pk, three.pk}
    assert "The list has been corrected." in shown
    assert Correction.objects.count() == 2


def test_correct_without_a_reason_keeps_the_ticks(address, one):
    trainer = browser_of(person("trainer", organisation("smile")))
    shown = trainer.post(f"{address}correct/", {"came": [one.pk]}).content.decode()
    assert f'value="{one.pk}" checked' in shown
    assert Attendance.objects.count() == 0


def test_helper_does_not_correct_and_a_stranger_finds_nothing(browser, address, helper):
    assert browser.get(f"{address}correct/").status_code == 403
    other = person("trainer", organisation("other"))
    routes = ["", "walk-in/", "correct/", "sheet.pdf"]
    assert [browser_of(other).get(f"{address}{each}").status_code for each in routes] == [404] * 4


def test_place_shows_a_code_that_leads_to_the_door(settings, one, today, browser, address):
    assert (
        "door-code" not in visitor().get(f"/en/seminars/place/{place_token(one)}/").content.decode().split("<main")[1]
    )
    Seminar.objects.filter(pk=today.pk).update(place_en="Hall")
    shown = visitor().get(f"/en/seminars/place/{place_token(one)}/").content.decode()
    code = f"/en/seminars/here/{sign_number(one.pk, CHECK_IN_SIGNER)}/"
    assert qr_code(settings.SITE_URL + code) in shown
    scanned = browser.get(code)["Location"]
    shown = browser.get(scanned).content.decode()
    assert one.name in shown
    assert "data-now" in shown
    session = today.sessions.first().pk
    assert browser.post(scanned, {"session": session})["Location"] == address
    assert Attendance.objects.get().method == AttendanceMethod.CODE


@pytest.mark.parametrize(
    ("headers", "sends_itself"),
    [
        ({"Sec-Fetch-Site": "none"}, True),
        ({}, True),
        ({"Referer": "https://elsewhere.example/"}, False),
        *[({"Sec-Fetch-Site": site}, False) for site in ("cross-site", "same-site", "same-origin")],
    ],
)
def test_code_behind_a_link_waits_for_a_press(one, browser, headers, sends_itself):
    shown = browser.get(f"{DOOR}code/{sign_number(one.pk, CHECK_IN_SIGNER)}/", headers=headers).content.decode()
    assert ("data-now" in shown) == sends_itself
    assert ("Choose a session to check the person in:" in shown) == (not sends_itself)


def test_code_tells_nobody_else_whose_it_is(one):
    for client in (visitor(), browser_of(person("trainer", organisation("other"))), browser_of(person("worker"))):
        answer = client.get(f"/en/seminars/here/{sign_number(one.pk, CHECK_IN_SIGNER)}/")
        shown = answer.content.decode()
        assert "Show this code at the door" in shown
        assert one.name not in shown
    assert visitor().get(f"/en/seminars/here/{place_token(one)}/").status_code == 404


def text_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_sheet_has_every_name_on_pages_with_a_head_and_a_number(browser, address, today, figure):
    baker.make(FunderNotice, statement_en="With financial support", statement_el="Με την υποστήριξη", valid_to=None)
    for number in range(300):
        given = {"name": f"{NAMES[number % len(NAMES)]} {number}", "email": f"p{number}@example.org"}
        baker.make(Registration, seminar=today, state=RegistrationState.CONFIRMED, language="el", **given)
    pages = text_of(browser.get(f"{address}sheet.pdf").content)
    text = " ".join(" ".join(pages).split())
    expected = {f"{NAMES[number % len(NAMES)]} {number}" for number in range(300)}
    assert {name for name in expected if name not in text} == set()
    assert [index for index, page in enumerate(pages, 1) if f"{index} / {len(pages)}" not in page] == []
    assert [page for page in pages if "Υπογραφή" not in page or "Με την υποστήριξη" not in page] == []
    figure("signature sheet of 300 names", len(pages), "pages")


@pytest.mark.parametrize("name", ["山田 花子", "Maria 😀", "Má\ufeffría"])
def test_sheet_leaves_room_for_a_name_that_our_fonts_lack(browser, address, today, one, name):
    baker.make(Registration, seminar=today, state=RegistrationState.CONFIRMED, name=name, email="a@example.org")
    text = " ".join(text_of(browser.get(f"{address}sheet.pdf").content))
    assert text.count("Γράψτε το όνομά σας με το χέρι") == 1
    assert one.name in text


@pytest.mark.parametrize("count", [1, 300])
def test_door_asks_the_same_for_one_and_for_many(browser, address, today, count, django_assert_max_num_queries):
    baker.make(
        Registration,
        seminar=today,
        state=RegistrationState.CONFIRMED,
        _quantity=count,
        email=iter(f"{n}@e.org" for n in range(count)),
    )
    browser.get(address)
    with django_assert_max_num_queries(12):
        browser.get(address)


WALK_IN_ANSWERS = {
    "profession": "police",
    "organisation": "Police",
    "organisation_type": "law_enforcement",
    "country": "GR",
    "language": "en",
}


def came(browser: Client, address: str, **more: str):
    return browser.post(f"{address}walk-in/", WALK_IN_ANSWERS | {"name": "Ben", "email": "desk@example.org"} | more)


@pytest.fixture
def ana(today):
    return register(applicant(today, name="Ana", email="desk@example.org"), by=VISITOR)


def test_walk_in_with_the_address_of_another_is_asked_and_nobody_checked_in(browser, address, ana):
    page = came(browser, address)
    assert "Ana (desk@example.org)" in page.text
    assert Attendance.objects.count() == 0
    assert Registration.objects.filter(email="desk@example.org").count() == 1


def test_walk_in_who_is_another_person_is_registered_under_the_name_typed(browser, address, ana):
    came(browser, address, who="new")
    assert Attendance.objects.get().registration.name == "Ben"


def test_walk_in_who_is_the_registered_person_is_checked_in(browser, address, ana):
    came(browser, address, who=str(ana.pk))
    assert Attendance.objects.get().registration == ana


@pytest.mark.parametrize("name", ["ANA", "Ана", " ana "])
def test_walk_in_with_the_same_name_in_other_letters_is_checked_in(browser, address, ana, name):
    came(browser, address, name=name)
    assert Attendance.objects.get().registration == ana


def test_walk_in_who_is_said_to_be_somebody_with_another_address_is_asked(browser, address, ana, one):
    assert "Ana (desk@example.org)" in came(browser, address, who=str(one.pk)).text
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "name"), [("Djordje", "Ђорђе Живковић"), ("zivkovic", "Đorđe Živković"), ("oneill", "Mary-Ann O’Neill")]
)
def test_search_finds_names_in_another_script(browser, address, today, typed, name):
    register(applicant(today, name=name), by=VISITOR)
    assert name in browser.post(address, {"q": typed}).text
