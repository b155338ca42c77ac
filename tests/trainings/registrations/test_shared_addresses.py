"""An address is not a person: who shares one is asked before anything is noted."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person, visitor
from tests.trainings.registrations.test_views import FORM, GROUP, SHARED, URL
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.registrations import views as registrations_views
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.tokens import seal_answers
from victor.access import System, Visitor
from victor.mail.emails import content_of
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
BEN = {**FORM, "name": "Ben Short"}
QUESTION = "Are you two people with one email address?"
ADD = "/en/workspace/seminars/athens/participants/new/"


@pytest.fixture(autouse=True)
def no_earlier_registrations() -> None:
    registrations_views.REGISTRATION_THROTTLE.forget()
    cache.clear()


def names() -> list[str]:
    return list(Registration.objects.order_by("pk").values_list("name", flat=True))


def question() -> str:
    return content_of(Message.objects.get(recipient=FORM["email"], text="", subject=QUESTION)).text


def link_of(text: str) -> str:
    return re.search(r"https?://[^/\s]+(/\S+/register/another/\S+)", text)[1]


@pytest.fixture
def asked():
    """Maria is registered, and Ben is asked about."""
    make_seminar()
    form = {**FORM, "language": "en"}
    visitor().post(URL, form)
    visitor().post(URL, {**form, "name": BEN["name"], "need": "A ramp"})
    return link_of(question())


def test_second_person_within_ten_minutes_is_asked_about_and_not_noted(asked):
    assert names() == [FORM["name"]]
    assert "Ben Short" in question()
    assert "What you need has not been saved" in question()


def test_second_person_sees_the_same_page_as_anybody():
    make_seminar()
    pages = [visitor().post(URL, form).text for form in (FORM, BEN)]
    assert pages[0] == pages[1]


def test_second_person_is_registered_once_the_owner_confirms(asked):
    page = visitor().get(asked)
    assert "Is Ben Short another person" in page.text
    assert names() == [FORM["name"]]
    visitor().post(asked)
    visitor().post(asked)
    assert names() == [FORM["name"], "Ben Short"]


def test_link_about_a_second_person_that_was_changed_leads_nowhere(asked):
    assert visitor().get(asked[:-4] + "xyz/").status_code == 404
    assert names() == [FORM["name"]]


def test_link_about_a_second_person_at_another_seminar_leads_nowhere(asked):
    make_seminar("patras")
    assert visitor().post(asked.replace("/athens/", "/patras/")).status_code == 404


def test_link_about_a_second_person_says_nothing_of_needs():
    registration = applicant(make_seminar(), name="Ben", email="b@example.org")
    assert "need" not in seal_answers(registration)


@pytest.mark.parametrize("name", ["ΠΑΠΑΔΟΠΟΎΛΟΥ ΜΑΡΊΑ", "Maria Papadopoulou", "μαρία παπαδοπούλου"])
def test_same_person_written_otherwise_is_not_registered_twice(name):
    make_seminar()
    visitor().post(URL, FORM)
    visitor().post(URL, {**FORM, "name": name})
    assert names() == [FORM["name"]]
    assert not Message.objects.filter(subject=QUESTION).exists()


@pytest.mark.parametrize("email", ["b.e.n@gmail.com", "ben+seminar@gmail.com", "BEN@googlemail.com"])
def test_other_spelling_of_a_mailbox_is_asked_about(email):
    register(applicant(make_seminar(), email="ben@gmail.com", name="Ben"), by=Visitor())
    visitor().post(URL, {**FORM, "name": "Ben", "email": email, "language": "en"})
    assert Registration.objects.count() == 1
    assert Message.objects.filter(recipient=email, subject=QUESTION).count() == 1


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\u00ad", "\u200e", "\ufeff"])
def test_address_with_an_invisible_sign_is_refused(sign):
    make_seminar()
    page = visitor().post(URL, {**FORM, "email": f"maria@exam{sign}ple.org"})
    assert "The email address contains an invisible character" in page.text
    assert names() == []


def test_mailbox_is_not_filled_with_questions():
    make_seminar()
    visitor().post(URL, {**FORM, "language": "en"})
    for number in range(9):
        visitor().post(URL, {**FORM, "language": "en", "name": f"Person {chr(97 + number) * 3}"})
    assert Message.objects.filter(subject=QUESTION).count() == 5


def colleagues(*pairs: tuple[str, str], **more: str) -> dict[str, str]:
    rows = {"who-TOTAL_FORMS": str(len(pairs)), "who-INITIAL_FORMS": "0"}
    for row, (name, email) in enumerate(pairs):
        fields = {"name": name, "email": email, "profession": "police", "language": "en"}
        rows |= {f"who-{row}-{field}": value for field, value in fields.items()}
    return SHARED | rows | more


PAIR = (("Ana", "desk@example.org"), ("Ben", "desk@example.org"))


def test_group_with_one_address_is_asked_before_anybody_is_registered():
    make_seminar()
    page = visitor().post(GROUP, colleagues(*PAIR))
    assert "Perhaps the same person: Ana (desk@example.org), Ben (desk@example.org)" in page.text
    assert names() == []


def test_group_with_one_address_is_registered_once_it_is_confirmed():
    make_seminar()
    visitor().post(GROUP, colleagues(*PAIR, different="on"))
    assert names() == ["Ana", "Ben"]


def test_group_with_one_person_twice_is_refused():
    make_seminar()
    page = visitor().post(GROUP, colleagues(PAIR[0], ("ANA", "Desk@example.org"), different="on"))
    assert "This person appears twice" in page.text
    assert names() == []


def test_group_with_the_address_of_a_registered_person_asks_the_owner():
    register(applicant(make_seminar(), email="desk@example.org", name="Zoe"), by=Visitor())
    visitor().post(GROUP, colleagues(PAIR[0]))
    assert names() == ["Zoe"]
    visitor().post(link_of(content_of(Message.objects.get(subject=QUESTION)).text))
    assert names() == ["Zoe", "Ana"]


def test_group_that_comes_together_gets_one_answer_whoever_is_registered():
    """Finding 19: whether all fit is judged as if all were new."""
    seminar = make_seminar(seats=1)
    register(applicant(seminar, email="known@example.org", name="Known"), by=Visitor())
    pages = [
        visitor().post(GROUP, colleagues((name, email), together="all"))
        for name, email in (("Known", "known@example.org"), ("Stranger", "stranger@example.org"))
    ]
    assert ["There are not enough free places" in page.text for page in pages] == [True, True]


@pytest.fixture
def trainer():
    return browser_of(person(Role.TRAINER, organisation("smile")))


def test_trainer_who_adds_a_second_person_is_asked_first(trainer):
    register(applicant(make_seminar(), name="Ana", email=FORM["email"]), by=System("test"))
    page = trainer.post(ADD, BEN)
    assert f"Perhaps the same person: Ana ({FORM['email']})" in page.text
    assert names() == ["Ana"]
    trainer.post(ADD, BEN | {"different": "on"})
    assert names() == ["Ana", "Ben Short"]


def test_trainer_who_corrects_an_address_to_that_of_another_is_asked_first(trainer):
    seminar = make_seminar()
    register(applicant(seminar, name="Ana", email="ana@example.org"), by=System("test"))
    ben = register(applicant(seminar, name="Ben"), by=System("test"))
    url = f"/en/workspace/seminars/athens/participants/{ben.pk}/correct/"
    assert "Perhaps the same person" in trainer.post(url, {"name": "Ben", "email": "ana@example.org"}).text
    trainer.post(url, {"name": "Ben", "email": "ana@example.org", "different": "on"})
    assert Registration.objects.filter(email="ana@example.org").count() == 2


def test_trainer_sees_who_is_perhaps_the_same_person(trainer):
    seminar = make_seminar()
    register(applicant(seminar, name="Ana", email="a.na@gmail.com"), by=System("test"))
    other = register(applicant(seminar, name="Anna", email="ana@gmail.com"), is_another=True, by=System("test"))
    page = trainer.get(f"/en/workspace/seminars/athens/participants/{other.pk}/")
    assert "Ana (a.na@gmail.com)" in page.text
    listing = trainer.get("/en/workspace/seminars/athens/participants/")
    assert listing.text.count("Perhaps the same person") == 2
