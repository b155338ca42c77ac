"""The pages of questionnaires: behind the signed address, and in the workspace."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db.models import F
from openpyxl import load_workbook

from tests.bundled import with_courses
from tests.people import browser_of, organisation, person, visitor
from tests.trainings.evaluation.sample_answers import hand_in_for_all, right_answers, seminar_with_questions
from tests.trainings.sample_seminars import TEST
from trainings.evaluation.actions import hand_in_answers, save_answers
from trainings.evaluation.models import Item, QuestionnaireInvitation, QuestionnaireSubmission, Response
from trainings.participants.actions import correct_registration
from trainings.registrations.actions import give_up_registration
from trainings.registrations.states import Stage
from trainings.registrations.tokens import place_token
from trainings.seminars.models import Session
from victor.publishing.bundled_texts import publish_bundled

pytestmark = [pytest.mark.django_db, with_courses]
QUERIES = 16  # of which about ten find out who asks
RIGHT = {"go": "hand-in", "sure": "yes"}


def address(participant, stage: str = "after", language: str = "en") -> str:
    return f"/{language}/seminars/place/{place_token(participant)}/questions/{stage}/"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def participant():
    return seminar_with_questions()[1][0]


@pytest.fixture
def trainer():
    return browser_of(person("trainer", organisation("smile")))


def test_page_shows_the_questions_and_is_kept_by_nobody(participant):
    page = visitor().get(address(participant))
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert text(page).count("<fieldset") == 12
    assert "Set-Cookie" not in page


def test_address_that_is_not_ours_is_404():
    assert visitor().get("/en/seminars/place/1:forged/questions/after/").status_code == 404


def test_stage_that_does_not_exist_is_404(participant):
    assert visitor().get(address(participant, "later")).status_code == 404


def test_kept_answers_are_there_again(participant):
    answer = visitor().post(address(participant), {"go": "keep", "basics-force": "1", "labour-case": ["0", "3"]})
    assert "Saved." in text(answer)
    assert Response.objects.get().answers == {"basics-force": 1, "labour-case": [0, 3]}
    assert text(visitor().get(address(participant))).count(" checked") == 3
    assert not QuestionnaireSubmission.objects.exists()


def test_hand_in_names_what_lacks_once_then_takes_it(participant):
    browser = visitor()
    first = browser.post(address(participant), {"go": "hand-in", "basics-force": "1"})
    assert "Some questions have not been answered yet:" in text(first)
    assert not QuestionnaireSubmission.objects.exists()
    done = browser.post(address(participant), {"go": "hand-in", "basics-force": "1", "sure": "yes"})
    assert "1 of 12 correct" in text(done)
    assert Response.objects.get().score == 8


def test_right_answers_are_shown_after_the_seminar_only(participant):
    hand_in_answers(participant, Stage.AFTER, right_answers(but=1), by=TEST)
    page = text(visitor().get(address(participant)))
    assert "11 of 12 correct" in page
    assert "A child cannot agree to be exploited." in page
    assert "Feedback on the seminar" in page


def test_handed_in_before_the_seminar_shows_no_right_answers():
    _seminar, (participant,) = seminar_with_questions(days=10)
    page = text(visitor().post(address(participant, "before"), RIGHT | {"basics-force": "1"}))
    assert "You will see the correct answers after the seminar." in page
    assert "solution" not in page


def test_hand_in_twice_says_so_and_changes_nothing(participant):
    hand_in_answers(participant, Stage.AFTER, right_answers(), by=TEST)
    visitor().post(address(participant), RIGHT)
    assert Response.objects.get().score == 100


def test_too_early_says_when():
    _seminar, (participant,) = seminar_with_questions(days=10)
    page = visitor().post(address(participant), RIGHT)
    assert "You can answer from" in text(page)
    assert not Response.objects.exists()


def test_without_a_place_says_so(participant):
    give_up_registration(participant, by=TEST)
    assert "These questions are for people who have a place" in text(visitor().get(address(participant)))


def test_answer_that_is_none_is_refused_and_the_others_stay(participant):
    page = visitor().post(address(participant), {"go": "keep", "basics-force": "7", "basics-border": "1"})
    assert text(page).count(" checked") == 1
    assert not Response.objects.exists()


def test_question_without_a_translation_says_its_language(participant):
    Item.objects.update(title_el=None)
    item = Item.objects.get(slug="basics-force")
    publish_bundled(item, "el", {"title": "Ερώτηση;", "options": "", "explanation": ""}, by=TEST)
    page = text(visitor().get(address(participant, language="el")))
    assert "<legend>2. Ερώτηση;</legend>" in page
    assert page.count('<legend lang="en">') == 11


def test_answers_are_not_shown_to_an_address_that_was_set_by_others(participant):
    hand_in_answers(participant, Stage.AFTER, right_answers(but=1), by=TEST)
    save_answers(participant, Stage.REACTION, {"reaction-best": "The cases"}, by=TEST)
    first = participant.email
    correct_registration(
        participant, name=participant.name, email="organiser@example.org", by=person("trainer", organisation("smile"))
    )
    participant.refresh_from_db()
    done, unsent = (text(visitor().get(address(participant, stage))) for stage in ("after", "reaction"))
    assert "Your answers have been sent" in done
    assert "solution" not in done
    assert "The cases" not in unsent
    correct_registration(
        participant, name=participant.name, email=first.upper(), by=person("trainer", organisation("smile"))
    )
    participant.refresh_from_db()
    assert "11 of 12 correct" in text(visitor().get(address(participant)))


def test_place_page_leads_to_open_questionnaires(participant):
    hand_in_answers(participant, Stage.AFTER, {}, by=TEST)
    page = text(visitor().get(f"/en/seminars/place/{place_token(participant)}/"))
    assert [stage for stage in Stage if f"/questions/{stage}/" in page] == [Stage.AFTER, Stage.REACTION]
    assert "completed" in page


def leaving(participant) -> str:
    return f"/en/seminars/place/{place_token(participant)}/leave/"


@pytest.fixture
def upcoming(participant):
    Session.objects.update(starts=F("starts") + timedelta(days=9), ends=F("ends") + timedelta(days=9))
    return participant


def test_giving_up_a_place_asks_first_and_changes_nothing_yet(upcoming):
    page = visitor().get(leaving(upcoming))
    assert "Give up your place?" in text(page)
    upcoming.refresh_from_db()
    assert upcoming.state == "confirmed"


def test_place_that_was_given_up_leads_to_a_new_registration(upcoming):
    page = text(visitor().post(leaving(upcoming)))
    assert "You have cancelled your place." in page
    assert f'href="/en/seminars/{upcoming.seminar.slug}/register/"' in page


def test_place_that_was_given_up_cannot_be_given_up_again(participant):
    give_up_registration(participant, by=TEST)
    assert visitor().get(leaving(participant))["Location"] == f"/en/seminars/place/{place_token(participant)}/"


def test_accepting_a_place_needs_a_press(participant):
    address = leaving(participant).replace("leave", "accept")
    assert visitor().get(address)["Location"] == f"/en/seminars/place/{place_token(participant)}/"


def test_place_page_names_the_seminar_as_a_link(participant):
    page = text(visitor().get(f"/en/seminars/place/{place_token(participant)}/"))
    assert f'<h1><a href="{participant.seminar.get_absolute_url()}">' in page


def results(slug: str = "athens") -> str:
    return f"/en/workspace/seminars/{slug}/questionnaires/"


def test_results_show_all_together_and_names_only_of_those_missing(trainer):
    _seminar, people = seminar_with_questions(people=6)
    hand_in_for_all(people[:5], Stage.AFTER, right_answers())
    hand_in_for_all(people[:5], Stage.REACTION, {"reaction-useful": 5, "reaction-best": "The <cases>"})
    page = text(trainer.get(results()))
    assert [f"<li>{each.name}</li>" in page for each in people] == [False] * 5 + [True]
    assert len(re.findall(r"100\s% correct", page)) == 12
    assert "5.0 out of 5 on average" in page
    assert "The &lt;cases&gt;" in page


def test_results_of_four_are_hidden(trainer):
    _seminar, people = seminar_with_questions(people=4)
    hand_in_for_all(people, Stage.AFTER, right_answers())
    page = text(trainer.get(results()))
    assert "4 more answers will be shown once there are five together" in page
    assert re.search(r"\d\s% correct", page) is None


@pytest.mark.parametrize("number", [5, 25])
def test_results_ask_the_same_of_the_database_for_few_and_many(trainer, number, django_assert_num_queries):
    _seminar, people = seminar_with_questions(people=number, seats=number)
    hand_in_for_all(people, Stage.AFTER, right_answers())
    trainer.get(results())
    with django_assert_num_queries(QUERIES):
        trainer.get(results())


def test_workbook_holds_sums_and_no_words(trainer):
    _seminar, people = seminar_with_questions(people=5)
    hand_in_for_all(people, Stage.REACTION, {"reaction-useful": 5, "reaction-best": "Words"})
    answer = trainer.get(f"{results()}?form=xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    useful = "The seminar is useful for my work."
    assert rows[1] == ("Feedback on the seminar", useful, 5, "Mean", 5, None)
    assert rows[6][3:] == ("Completely", 5, 100)
    assert not any("Words" in row for row in rows)


def test_remind_writes_once_a_day(trainer):
    seminar_with_questions(people=2)
    first = trainer.post(results(), {"stage": "after"}, follow=True)
    assert "2 people were reminded." in text(first)
    assert QuestionnaireInvitation.objects.count() == 2
    again = trainer.post(results(), {"stage": "after"}, follow=True)
    assert "All of them have already been reminded today" in text(again)
    assert QuestionnaireInvitation.objects.count() == 2


def test_remind_of_what_is_not_a_stage_is_404(trainer):
    seminar_with_questions()
    assert trainer.post(results(), {"stage": "later"}).status_code == 404


def test_results_are_for_the_host_only():
    seminar, _people = seminar_with_questions()
    helper, stranger = person("trainer"), person("trainer")
    seminar.helpers.add(helper)
    assert browser_of(helper).get(results()).status_code == 403
    assert browser_of(stranger).get(results()).status_code == 404
    assert browser_of(person()).get(results()).status_code == 403
