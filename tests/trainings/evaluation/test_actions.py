"""Questionnaires: loaded, asked, kept, handed in, and never to be joined with a name again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from tests.bundled import with_courses
from tests.people import person
from tests.trainings.evaluation.sample_answers import (
    hand_in_for_all,
    quiz_bank,
    right_answers,
    seminar_with_questions,
    standard_quiz,
)
from tests.trainings.sample_seminars import TEST
from trainings.evaluation.actions import hand_in_answers, load_quiz, remind_to_answer, save_answers, shuffle_responses
from trainings.evaluation.errors import AlreadyHandedIn, QuestionnaireNotOpen
from trainings.evaluation.models import Item, Questionnaire, QuestionnaireInvitation, QuestionnaireSubmission, Response
from trainings.evaluation.periodic import ask_questions, shuffle_answers
from trainings.evaluation.questionnaire_results import results_of
from trainings.evaluation.questionnaire_windows import questionnaire_window
from trainings.evaluation.states import Topic
from trainings.participants.presenters import questionnaire_links
from trainings.registrations.actions import accept_offer, give_up_registration
from trainings.registrations.models import Registration
from trainings.registrations.states import Stage
from trainings.registrations.tokens import place_token
from victor.audit.models import Entry
from victor.mail.models import Message
from victor.publishing.bundled_texts import publish_bundled
from victor.publishing.errors import Incomplete

pytestmark = [pytest.mark.django_db, with_courses]


def test_quiz_bank_has_each_kind_for_each_group_of_signs():
    load_quiz(quiz_bank(), by=TEST)
    groups = set(Topic) - {Topic.BASICS, Topic.SEMINAR, Topic.PRACTICE}
    kinds = {group: sorted(Item.objects.filter(topic=group).values_list("kind", flat=True)) for group in groups}
    assert kinds == {key: ["multiple", "single", "single", "truth"] for key in groups}
    assert [len(each.questions) for each in Questionnaire.objects.order_by("pk")] == [12, 8, 5]


def test_load_again_changes_nothing():
    for _ in range(2):
        load_quiz(quiz_bank(), by=TEST)
    assert Item.objects.count() == 56
    assert Item.objects.published().count() == 56


def test_load_keeps_what_an_answered_questionnaire_asks():
    _seminar, (somebody,) = seminar_with_questions()
    hand_in_answers(somebody, Stage.AFTER, right_answers(), by=TEST)
    bank = standard_quiz()
    for questionnaire in bank["questionnaires"]:
        questionnaire["items"] = questionnaire["items"][:2]
    bank["items"] = [each | {"right": []} if each["kind"] == "truth" else each for each in bank["items"]]
    load_quiz(bank, by=TEST)
    assert [len(each.questions) for each in Questionnaire.objects.order_by("pk")] == [12, 2, 2]
    assert all(item.right for item in Questionnaire.objects.get(code="test").questions)


def test_right_answers_exist_and_cases_have_two():
    for item in quiz_bank()["items"]:
        options = item.get("options", {}).get("en", ["true", "false"])
        assert all(number < len(options) for number in item.get("right", [])), item["slug"]
        assert item["kind"] != "multiple" or len(item["right"]) == 2, item["slug"]


def test_translation_with_fewer_answers_is_refused():
    load_quiz(quiz_bank(), by=TEST)
    item = Item.objects.get(slug="general-single")
    texts = {"title": "Ερώτηση", "options": "α\nβ\nγ", "explanation": "Λόγος"}
    with pytest.raises(Incomplete):
        publish_bundled(item, "el", texts, by=TEST)
    publish_bundled(item, "el", texts | {"options": "α\n\nβ\nγ\nδ\n"}, by=TEST)
    assert item.options_el.split() == ["α", "β", "γ", "δ"]


def test_questions_before_close_when_those_after_open(at):
    seminar, (somebody,) = seminar_with_questions(days=10, lengths=(3,))
    assert (
        questionnaire_window(seminar, Stage.BEFORE).closes
        == questionnaire_window(seminar, Stage.AFTER).opens
        == seminar.ends
    )
    at(seminar.ends)
    with pytest.raises(QuestionnaireNotOpen):
        hand_in_answers(somebody, Stage.BEFORE, {}, by=TEST)


def test_questions_before_are_not_asked_of_who_has_handed_in_after(at):
    seminar, (one, other) = seminar_with_questions(people=2)
    hand_in_answers(one, Stage.AFTER, right_answers(), by=TEST)
    for session in seminar.sessions.all():
        session.starts, session.ends = session.starts + timedelta(days=10), session.ends + timedelta(days=10)
        session.save()
    one.refresh_from_db()
    assert questionnaire_window(one.seminar, Stage.BEFORE).is_open
    with pytest.raises(QuestionnaireNotOpen):
        hand_in_answers(one, Stage.BEFORE, {}, by=TEST)
    assert [link.stage for link in questionnaire_links(one)] == [Stage.AFTER]
    assert list(seminar.registrations.to_invite(Stage.BEFORE)) == [other]


def test_windows_follow_the_clocks_of_the_country(at):
    seminar, _people = seminar_with_questions(days=10, lengths=(3, 3))
    spans = {stage: questionnaire_window(seminar, stage) for stage in Stage}
    assert spans[Stage.BEFORE].closes.isoformat()[11:16] == "00:00"
    assert timedelta() < spans[Stage.BEFORE].closes - seminar.starts < timedelta(days=1)
    assert spans[Stage.AFTER].opens == seminar.ends
    assert spans[Stage.REACTION].opens.date() == seminar.local_ends.date()
    assert spans[Stage.FOLLOW_UP].opens - seminar.ends == timedelta(days=90)
    at(seminar.ends + timedelta(days=149, hours=23))
    assert spans[Stage.FOLLOW_UP].is_open
    at(seminar.ends + timedelta(days=150))
    assert [span.is_open for span in spans.values()] == [False] * 4


def test_keep_then_hand_in_leaves_one_sheet_and_a_note():
    seminar, (somebody,) = seminar_with_questions()
    save_answers(somebody, Stage.AFTER, right_answers(but=6), by=TEST)
    assert not somebody.submissions.exists()
    hand_in_answers(somebody, Stage.AFTER, right_answers(but=3), by=TEST)
    sheet = seminar.responses.get()
    assert sheet.complete
    assert sheet.score == 75
    assert not sheet.counted
    assert somebody.submissions.get().stage == Stage.AFTER
    with pytest.raises(AlreadyHandedIn):
        hand_in_answers(somebody, Stage.AFTER, right_answers(), by=TEST)


def test_hand_in_without_a_place_or_outside_the_window_is_refused():
    _seminar, (first, second) = seminar_with_questions(days=10, seats=1, people=2)
    for somebody, stage in ((second, Stage.BEFORE), (first, Stage.AFTER)):
        with pytest.raises(QuestionnaireNotOpen):
            hand_in_answers(somebody, stage, {}, by=TEST)
    give_up_registration(first, by=TEST)
    accept_offer(Registration.objects.get(pk=second.pk), by=TEST)
    hand_in_answers(second, Stage.BEFORE, {}, by=TEST)
    assert QuestionnaireSubmission.objects.get().registration == second


def test_words_about_the_seminar_share_no_key_with_the_test():
    seminar, (somebody,) = seminar_with_questions()
    for stage in (Stage.AFTER, Stage.REACTION):
        hand_in_answers(somebody, stage, {}, by=TEST)
    assert len(set(seminar.responses.values_list("key", flat=True))) == 2


def test_answers_hold_nothing_that_a_registration_or_the_log_holds():
    seminar, people = seminar_with_questions(people=3)
    hand_in_for_all(people, Stage.AFTER, right_answers())
    known = {str(each) for row in Registration.objects.values_list() for each in row if isinstance(each, str)}
    known |= {str(each.details) for each in Entry.objects.all()}
    for row in Response.objects.all():
        assert not {row.key, str(row.pk)} & known
    assert {field.name for field in Response._meta.fields} == {
        *("id", "seminar", "questionnaire", "stage", "key", "answers", "score", "complete", "counted")
    }
    assert seminar.responses.count() == 3


def rows_on_disk() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, key FROM trainings_response ORDER BY ctid")
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_shuffle_takes_order_and_transaction_from_the_answers():
    _seminar, people = seminar_with_questions(people=12)
    hand_in_for_all(people, Stage.AFTER, right_answers())
    before = rows_on_disk()
    assert len({transaction for transaction, _key in before}) == 4  # two lots of five, and two that wait
    assert shuffle_answers() == 12
    after = rows_on_disk()
    assert len({transaction for transaction, _key in after}) == 1
    assert [key for _transaction, key in after] != [key for _transaction, key in before]
    assert sorted(key for _transaction, key in after) == sorted(key for _transaction, key in before)


def test_results_grow_by_five():
    seminar, people = seminar_with_questions(people=9)
    for number, participant in enumerate(people, start=1):
        hand_in_answers(participant, Stage.REACTION, {"reaction-useful": 4}, by=TEST)
        assert seminar.responses.counted().count() == number // 5 * 5
    (_before, _after, reaction, _later) = results_of(seminar).stages
    assert len(reaction.answered) == 5
    assert reaction.withheld == 4
    assert reaction.questions[0].mean == 4
    assert [question.is_suppressed for question in reaction.questions] == [False] + [True] * 7


def test_gain_of_a_seminar_waits_for_five_pairs():
    seminar, people = seminar_with_questions(people=6)
    opened = questionnaire_window(seminar, Stage.AFTER)
    assert opened.is_open
    for participant in people[:5]:
        Response.objects.filter(pk=hand_in_answers(participant, Stage.AFTER, right_answers(but=3), by=TEST).pk).update(
            stage="before"
        )
        QuestionnaireSubmission.objects.all().delete()
    hand_in_for_all([people[5], *people[:3]], Stage.AFTER, right_answers())
    assert results_of(seminar).gain is None
    assert seminar.responses.counted().count() == 0
    hand_in_for_all(people[3:4], Stage.AFTER, right_answers())
    assert results_of(seminar).gain is None
    assert seminar.responses.counted().count() == 0
    hand_in_for_all(people[4:5], Stage.AFTER, right_answers())
    gain = results_of(seminar).gain
    assert gain.n == 5
    assert gain.before == 75
    assert gain.after == 100
    assert gain.mean == 25
    assert gain.share == 100


def test_clock_asks_once_after_the_seminar_and_once_three_months_later(at):
    seminar, people = seminar_with_questions(days=10, lengths=(3, 3), people=3)
    Message.objects.all().delete()
    at(seminar.ends - timedelta(minutes=1))
    assert ask_questions() == 0
    at(seminar.ends)
    assert ask_questions() == 3
    assert ask_questions() == 0
    hand_in_answers(people[0], Stage.AFTER, right_answers(), by=TEST)
    at(seminar.ends + timedelta(days=90) - timedelta(minutes=1))
    assert ask_questions() == 0
    at(seminar.ends + timedelta(days=90))
    assert ask_questions() == 3
    assert ask_questions() == 0
    assert list(Message.objects.order_by("pk").values_list("subject", flat=True)) == [
        *["A few questions after the seminar"] * 3,
        *["Three months after the seminar"] * 3,
    ]


def test_clock_asks_what_is_known_three_days_before_once_and_of_nobody_who_has_said(at):
    seminar, people = seminar_with_questions(days=10, people=3)
    Registration.objects.filter(pk=people[2].pk).update(language="el")
    hand_in_answers(people[0], Stage.BEFORE, {}, by=TEST)
    Message.objects.all().delete()
    sent = []
    for before in (timedelta(days=3, minutes=1), timedelta(days=3), timedelta(days=1)):
        at(seminar.starts - before)
        sent.append(ask_questions())
    assert sent == [0, 2, 0]
    assert list(Message.objects.order_by("pk").values_list("recipient", "language")) == [
        (people[1].email, "en"),
        (people[2].email, "el"),
    ]
    assert f"/el/seminars/place/{place_token(people[2])}/questions/before/" in Message.objects.latest("pk").text


def test_clock_asks_what_people_think_with_the_questions_after_the_seminar():
    _seminar, (one, other) = seminar_with_questions(people=2)
    hand_in_answers(one, Stage.REACTION, {}, by=TEST)
    Message.objects.all().delete()
    assert ask_questions() == 2
    texts = [Message.objects.get(recipient=each.email).text for each in (one, other)]
    assert ["/questions/reaction/" in text for text in texts] == [False, True]
    assert all("/questions/after/" in text for text in texts)


def test_clock_asks_those_who_came_where_that_is_noted():
    seminar, people = seminar_with_questions(people=3)
    people[1].attendances.create(session=seminar.sessions.first(), method="list")
    assert ask_questions() == 1
    assert QuestionnaireInvitation.objects.get().registration == people[1]


def test_clock_asks_nobody_of_a_cancelled_seminar():
    seminar, _people = seminar_with_questions()
    type(seminar).objects.update(cancelled=True)
    assert ask_questions() == 0


def test_remind_writes_to_those_missing_in_their_language_once_a_day(at):
    seminar, people = seminar_with_questions(people=3)
    trainer = person("trainer", seminar.organisation)
    Registration.objects.filter(pk=people[2].pk).update(language="el")
    hand_in_answers(people[0], Stage.AFTER, {}, by=TEST)
    Message.objects.all().delete()
    assert [remind_to_answer(seminar, Stage.AFTER, by=trainer) for _ in range(2)] == [2, 0]
    assert list(Message.objects.order_by("pk").values_list("language", flat=True)) == ["en", "el"]
    at(timezone.now() + timedelta(days=1))
    assert remind_to_answer(seminar, Stage.AFTER, by=trainer) == 2


def test_remind_by_a_stranger_or_too_early_is_refused():
    seminar, _people = seminar_with_questions(days=10)
    with pytest.raises(PermissionDenied):
        remind_to_answer(seminar, Stage.BEFORE, by=person("trainer"))
    with pytest.raises(QuestionnaireNotOpen):
        remind_to_answer(seminar, Stage.AFTER, by=person("trainer", seminar.organisation))


def test_shuffle_keeps_every_answer():
    seminar, people = seminar_with_questions(people=2)
    hand_in_for_all(people, Stage.AFTER, right_answers())
    answers = sorted(seminar.responses.values_list("pk", "key", "score"))
    assert shuffle_responses(seminar) == 2
    assert sorted(seminar.responses.values_list("pk", "key", "score")) == answers


def test_with_handed_in_says_who_has():
    seminar, people = seminar_with_questions(people=2)
    hand_in_answers(people[1], Stage.AFTER, {}, by=TEST)
    registrations = seminar.registrations.with_handed_in(Stage.AFTER).order_by("pk")
    assert [each.has_handed_in for each in registrations] == [False, True]
