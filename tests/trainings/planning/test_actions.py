"""Seminars as trainers plan them: typed on the clocks of the country, copied across summer time, called off."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from partners.directory.models import Country
from partners.memberships.states import Role
from tests.bundled import with_courses
from tests.confirming import CONFIRMED
from tests.people import browser_of, organisation, person, visitor
from tests.trainings.evaluation.sample_answers import seminar_with_questions
from tests.trainings.sample_seminars import PDF, applicant, complete_seminar, make_seminar
from trainings.attendance.states import AttendanceMethod
from trainings.evaluation.actions import save_answers
from trainings.evaluation.models import Questionnaire
from trainings.mailings.actions import release_mailing
from trainings.mailings.models import Mailing
from trainings.mailings.periodic import send_mailings
from trainings.planning.actions import SeminarPlan, save_seminar
from trainings.planning.errors import QuestionnaireAnswered
from trainings.planning.todo import todo_items_at
from trainings.registrations.actions import give_up_registration, register
from trainings.registrations.models import Registration
from trainings.registrations.states import Stage
from trainings.registrations.tokens import place_token
from trainings.seminars.courses import Module
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Seminar
from victor.access import System
from victor.mail.models import Message
from victor.publishing.states import TextState

pytestmark = pytest.mark.django_db
ATHENS = ZoneInfo("Europe/Athens")
NEW = "/en/workspace/new-seminar/"
TEST = System("test")
UNTOLD = "Participants have not yet been told what has changed"


@pytest.fixture(autouse=True)
def today(at) -> None:
    at(datetime(2026, 10, 1, 12, tzinfo=UTC))


@pytest.fixture
def trainer():
    return person(Role.TRAINER, organisation("smile"))


def typed(**changed: str) -> dict[str, str]:
    """The trainer's form for a seminar of one morning in Athens."""
    form = {
        "organisation": str(organisation("smile").pk),
        "course": "",
        "language": "el",
        "country": "GR",
        "online": "",
    }
    form |= {"title": "Σεμινάριο", "summary": "Για αστυνομικούς", "place": "Ομόνοια", "slug": "omonia", "test": ""}
    form |= {
        "seats": "20",
        "opens": "2026-10-02T09:00",
        "closes": "2026-10-20T09:00",
        "offer_hours": "48",
        "share": "80",
    }
    form |= {"sessions-TOTAL_FORMS": "2", "sessions-INITIAL_FORMS": "0"}
    return form | {"sessions-0-starts": "2026-10-24T09:00", "sessions-0-ends": "2026-10-24T13:00"} | changed


def test_trainer_plans_a_seminar_on_the_clocks_of_the_country(trainer):
    module = Module.objects.create(number=4, slug="signs", hours=2, tracks=["police"])
    answer = browser_of(trainer).post(NEW, typed(**{"sessions-0-modules": str(module.pk)}))
    assert answer.status_code == 302
    made = Seminar.objects.get()
    assert made.starts == datetime(2026, 10, 24, 9, tzinfo=ATHENS)
    assert made.closes == datetime(2026, 10, 20, 9, tzinfo=ATHENS)
    assert list(made.sessions.get().modules.all()) == [module]


def test_texts_of_a_trainer_wait_for_an_editor(trainer):
    browser = browser_of(trainer)
    browser.post(NEW, typed())
    version = Seminar.objects.get().versions.get()
    assert version.language == "el"
    assert version.state == TextState.IN_REVIEW
    assert version.fields["title"] == "Σεμινάριο"
    assert visitor().get("/el/seminars/omonia/").status_code == 404
    assert 'value="Σεμινάριο"' in browser.get("/en/workspace/seminars/omonia/edit/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sessions-0-ends": "2026-10-24T08:00"}, "The end must be after the start."),
        ({"closes": "2026-10-25T09:00"}, "Registration has to close before the seminar ends."),
        ({"closes": "2026-10-01T09:00"}, "Registration has to close after it opens."),
        ({"sessions-0-starts": "", "sessions-0-ends": ""}, "Please submit at least 1 form."),
        ({"sessions-0-starts": "2027-03-28T03:30"}, "couldn’t be interpreted in time zone Europe/Athens"),
        ({"slug": "courses"}, "Another page already uses this web address."),
        ({"online": "http://meet.example"}, "Enter a valid URL."),
        ({"country": ""}, "This field is required."),
        ({"seats": "0"}, "greater than or equal to 1"),
    ],
)
def test_trainer_who_types_what_cannot_be_is_told(trainer, changed, said):
    answer = browser_of(trainer).post(NEW, typed(**changed))
    assert said in answer.content.decode()
    assert Seminar.objects.count() == 0


def test_trainer_plans_for_no_other_organisation(trainer):
    other = organisation("other")
    answer = browser_of(trainer).post(NEW, typed(organisation=str(other.pk)))
    assert answer.status_code == 200
    assert Seminar.objects.count() == 0
    make_seminar("theirs", organisation=other)
    assert browser_of(trainer).get("/en/workspace/seminars/theirs/edit/").status_code == 404


def test_helper_is_refused():
    seminar, helper = make_seminar("athens"), person()
    seminar.helpers.add(helper)
    pages = ("edit", "copy", "cancel", "materials")
    assert [browser_of(helper).get(f"/en/workspace/seminars/athens/{each}/").status_code for each in pages] == [403] * 4


def changed(seminar: Seminar, **fields: str) -> dict[str, str]:
    """The form of a seminar that exists, as it stands."""
    form = {"organisation": str(seminar.organisation_id), "course": "", "language": "el", "country": "GR", "online": ""}
    form |= {"seats": str(seminar.seats), "opens": "2026-10-02T09:00", "closes": "2026-10-20T09:00", "test": ""}
    form |= {"offer_hours": "48", "share": "80", "sessions-TOTAL_FORMS": "2", "sessions-INITIAL_FORMS": "2"}
    for number, session in enumerate(seminar.sessions.all()):
        names = {"starts": session.local_starts, "ends": session.local_ends}
        form |= {f"sessions-{number}-{name}": f"{moment:%Y-%m-%dT%H:%M}" for name, moment in names.items()}
        form[f"sessions-{number}-id"] = str(session.pk)
    return form | fields


def test_people_whom_a_trainer_cannot_choose_stay(trainer):
    seminar, colleague = make_seminar("athens"), person(Role.WORKER, organisation("smile"))
    theirs, guest = person(Role.TRAINER, organisation("other")), person(Role.WORKER, organisation("other"))
    seminar.helpers.set([guest, colleague])
    seminar.trainers.set([theirs, trainer])
    browser_of(trainer).post("/en/workspace/seminars/athens/edit/", changed(seminar, helpers=str(trainer.pk)))
    assert set(seminar.helpers.all()) == {guest, trainer}
    assert set(seminar.trainers.all()) == {theirs}


def test_more_seats_are_offered_at_once(trainer):
    seminar = make_seminar("athens", seats=1)
    for _number in range(3):
        register(applicant(seminar), by=TEST)
    browser_of(trainer).post("/en/workspace/seminars/athens/edit/", changed(seminar, seats="2"))
    assert list(seminar.registrations.values_list("state", flat=True)) == ["confirmed", "offered", "waiting"]


EDIT, LATER = "/en/workspace/seminars/athens/edit/", {"sessions-0-ends": "2026-10-31T18:30"}


def when(seminar: Seminar, language: str) -> str:
    """The hours of its first session, in words."""
    with override(language):
        session = seminar.sessions.first()
        return f"{session.when} ({session.zone_name})"


def test_change_of_hours_is_told_to_all_who_are_registered_once_it_is_released(trainer):
    seminar, browser = make_seminar("athens", seats=1), browser_of(trainer)
    for language in ("el", "en"):
        register(applicant(seminar, language=language), by=TEST)
    Message.objects.all().delete()
    before = when(seminar, "el")
    page = browser.post(EDIT, changed(seminar, **LATER), follow=True).content.decode()
    assert "2 people are registered and do not know about the change yet." in page
    draft = Mailing.objects.get()
    assert before in page
    assert when(seminar, "el") in page
    assert ">Send</button>" in page
    assert [each.what for each in todo_items_at([seminar])[seminar.pk]] == [UNTOLD]
    release_mailing(draft, by=trainer)
    assert todo_items_at([seminar])[seminar.pk] == []
    assert send_mailings() == 2
    text = Message.objects.get(language="el").text
    assert text.index(before) < text.index(when(seminar, "el"))


def test_change_that_is_taken_back_is_told_to_nobody(trainer):
    seminar, browser = make_seminar("athens"), browser_of(trainer)
    register(applicant(seminar), by=TEST)
    first, before = changed(seminar), when(seminar, "en")
    browser.post(EDIT, first | {"sessions-0-ends": "2026-10-31T17:30"})
    page = browser.post(EDIT, first | LATER, follow=True).content.decode()
    assert Mailing.objects.count() == 1
    assert before in page
    assert "17:30" not in page
    assert browser.post(EDIT, first).url == EDIT
    assert Mailing.objects.count() == 0


def test_change_of_the_address_online_is_told_and_the_address_only_to_those_with_a_place(trainer):
    seminar = make_seminar("athens", seats=1)
    for _number in range(2):
        register(applicant(seminar), by=TEST)
    Message.objects.all().delete()
    browser_of(trainer).post(EDIT, changed(seminar, online="https://meet.example/new"))
    release_mailing(Mailing.objects.get(), by=trainer)
    send_mailings()
    texts = [each.text for each in Message.objects.order_by("pk")]
    assert ["The venue or the online link has changed." in each for each in texts] == [True, True]
    assert ["https://meet.example/new" in each for each in texts] == [True, False]


def test_change_of_which_nobody_has_to_know_is_told_to_nobody(trainer):
    seminar, browser = make_seminar("athens"), browser_of(trainer)
    assert browser.post(EDIT, changed(seminar, **LATER)).url == EDIT
    Registration.objects.bulk_create([applicant(seminar, state="confirmed")])
    assert browser.post(EDIT, changed(seminar, seats="30")).url == EDIT
    assert Mailing.objects.count() == 0


@pytest.mark.parametrize("part", ["sessions-1-DELETE", "added"])
def test_session_that_is_added_or_removed_is_told(trainer, part):
    seminar = make_seminar("athens")
    register(applicant(seminar), by=TEST)
    more = {"sessions-2-starts": "2026-11-02T10:00", "sessions-2-ends": "2026-11-02T11:00"}
    more["sessions-TOTAL_FORMS"] = "3"
    browser_of(trainer).post(EDIT, changed(seminar, **more if part == "added" else {part: "on"}))
    assert list(Mailing.objects.values_list("kind", "audience")) == [("change", "registered")]


def test_fewer_seats_than_are_given_are_refused(trainer):
    seminar = make_seminar("athens", seats=2)
    register(applicant(seminar), by=TEST)
    register(applicant(seminar), by=TEST)
    answer = browser_of(trainer).post("/en/workspace/seminars/athens/edit/", changed(seminar, seats="1"))
    assert "2 places are already taken." in answer.content.decode()
    assert Seminar.objects.get().seats == 2


@with_courses
def test_other_questions_than_were_answered_are_refused(trainer):
    seminar, (somebody_,) = seminar_with_questions(days=20)
    test = Questionnaire.objects.get(code="test")
    save_answers(somebody_, Stage.BEFORE, {}, by=TEST)
    edit = "/en/workspace/seminars/athens/edit/"
    page = browser_of(trainer).post(edit, changed(seminar, test=str(test.pk)))
    assert page.context["form"].errors == {"test": [str(QuestionnaireAnswered.text)]}
    seminar.test = test
    with pytest.raises(QuestionnaireAnswered):
        save_seminar(seminar, SeminarPlan([]), {}, by=trainer)
    seminar.responses.all().delete()
    assert save_seminar(seminar, SeminarPlan([]), {}, by=trainer).test == test


def test_session_at_which_somebody_was_stays(trainer):
    seminar = make_seminar("athens")
    came = register(applicant(seminar), by=TEST)
    came.attendances.create(session=seminar.sessions.first(), method=AttendanceMethod.LIST)
    edit = "/en/workspace/seminars/athens/edit/"
    answer = browser_of(trainer).post(edit, changed(seminar, **{"sessions-0-DELETE": "on"}))
    assert "Someone attended a session that you want to remove" in answer.content.decode()
    browser_of(trainer).post(edit, changed(seminar, **{"sessions-1-DELETE": "on"}))
    assert seminar.sessions.count() == 1


def test_seminar_is_called_off_after_a_second_look(trainer):
    seminar, browser = make_seminar("athens"), browser_of(trainer)
    register(applicant(seminar), by=TEST)
    address = "/en/workspace/seminars/athens/cancel/"
    assert "1 person has a place or is on the waiting list" in browser.get(address).content.decode()
    assert "1 person will be told by email." in browser.post(address, CONFIRMED, follow=True).content.decode()
    assert "Nothing was changed." in browser.post(address, CONFIRMED, follow=True).content.decode()
    assert Seminar.objects.get().cancelled


def test_material_is_for_those_who_have_a_place():
    seminar = complete_seminar()
    material = SessionMaterial.objects.get()
    came = register(applicant(seminar), by=TEST)
    address = f"/el/seminars/place/{place_token(came)}/"
    assert "Φύλλο" in visitor().get(address).content.decode()
    answer = visitor().get(f"{address}materials/{material.pk}/")
    assert b"".join(answer) == PDF
    assert answer["Cache-Control"] == "no-store"
    assert visitor().get(f"/el/seminars/materials/{material.pk}/").status_code == 404
    give_up_registration(came, by=TEST)
    assert "Φύλλο" not in visitor().get(address).content.decode()
    assert visitor().get(f"{address}materials/{material.pk}/").status_code == 404


def test_material_of_another_seminar_is_not_found():
    came, material = register(applicant(make_seminar("sofia")), by=TEST), None
    complete_seminar()
    material = SessionMaterial.objects.get()
    assert visitor().get(f"/el/seminars/place/{place_token(came)}/materials/{material.pk}/").status_code == 404
    assert visitor().get(f"/el/seminars/place/1:forged/materials/{material.pk}/").status_code == 404


def test_trainer_adds_and_removes_a_file(trainer):
    seminar, browser = make_seminar("athens"), browser_of(trainer)
    address = "/en/workspace/seminars/athens/materials/"
    form = {"session": seminar.sessions.first().pk, "name": "Signs", "language": "en", "public": "on"}
    browser.post(address, form | {"file": SimpleUploadedFile("signs.pdf", PDF)})
    material = SessionMaterial.objects.get()
    answer = visitor().get(f"/el/seminars/materials/{material.pk}/")
    assert b"".join(answer) == PDF
    assert 'filename="Signs.pdf"' in answer["Content-Disposition"]
    assert f"/en/seminars/materials/{material.pk}/" in visitor().get("/en/seminars/athens/").content.decode()
    assert b"".join(browser.get(f"{address}{material.pk}/")) == PDF
    browser.post(f"{address}{material.pk}/remove/", CONFIRMED)
    assert SessionMaterial.objects.count() == 0


def test_file_that_is_not_what_its_name_says_is_refused(trainer):
    seminar = make_seminar("athens")
    form = {"session": seminar.sessions.first().pk, "name": "Signs", "language": "en"}
    file = SimpleUploadedFile("signs.pdf", b"MZ")
    answer = browser_of(trainer).post("/en/workspace/seminars/athens/materials/", form | {"file": file})
    assert "This is not a PDF" in answer.content.decode()


def test_coordinator_types_the_times_of_the_place():
    Country.objects.create(code="SI", name_en="Slovenia", time_zone="Europe/Ljubljana")
    form = typed(country="SI") | {"quotas-TOTAL_FORMS": "0", "quotas-INITIAL_FORMS": "0"}
    browser = browser_of(person(Role.COORDINATOR))
    answer = browser.post("/en/admin/trainings/seminar/add/", form)
    assert answer.status_code == 302, re.findall(r"errorlist.*", answer.content.decode())
    made = Seminar.objects.get()
    assert made.starts == datetime(2026, 10, 24, 9, tzinfo=ZoneInfo("Europe/Ljubljana"))
    text = browser.get(f"/en/admin/trainings/seminar/{made.pk}/change/").content.decode()
    assert re.findall(r'name="(?:opens|sessions-0-starts)" value="([\dT:-]+)"', text) == [
        "2026-10-02T09:00",
        "2026-10-24T09:00",
    ]


@with_courses
def test_coordinator_changes_no_question_that_was_answered():
    _seminar, (somebody_,) = seminar_with_questions(days=20)
    test, other = Questionnaire.objects.get(code="test"), Questionnaire.objects.get(code="reaction")
    save_answers(somebody_, Stage.BEFORE, {}, by=TEST)
    browser = browser_of(person(Role.COORDINATOR))
    pages = [
        browser.get(f"/en/admin/trainings/questionnaire/{each.pk}/change/").content.decode() for each in (test, other)
    ]
    assert [("places-0-item" in page, "Please create another questionnaire" in page) for page in pages] == [
        (False, True),
        (True, False),
    ]
    items = [each.places.first().item_id for each in (test, other)]
    pages = [browser.get(f"/en/admin/trainings/item/{pk}/change/").content.decode() for pk in items]
    assert [[f'name="{field}"' in page for field in ("slug", "kind", "right", "topic")] for page in pages] == [
        [False, False, False, True],
        [True] * 4,
    ]


def test_coordinator_deletes_no_seminar_with_registrations():
    seminar = make_seminar("athens")
    register(applicant(seminar), by=TEST)
    browser = browser_of(person(Role.COORDINATOR))
    assert browser.post(f"/en/admin/trainings/seminar/{seminar.pk}/delete/", {"post": "yes"}).status_code == 403
