"""Questions to participants: loaded, asked by mail, kept while they are being answered, handed in.

That somebody has handed in is written beside their registration; what they said is written elsewhere, under a key that
leads to nobody. Nothing may join the two again: no number, no moment, not even the order on the disk (`shuffle`).
"""

from __future__ import annotations

from collections.abc import Mapping
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.utils import timezone

from trainings.evaluation import emails
from trainings.evaluation.errors import AlreadyHandedIn, QuestionnaireNotOpen
from trainings.evaluation.models import Asked, HandedIn, Item, Questionnaire, QuestionnaireItem, Response
from trainings.evaluation.pseudonyms import pseudonym
from trainings.evaluation.questionnaire_windows import questionnaire_window
from trainings.evaluation.scoring import SMALL_GROUP, score_answers
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationState, Stage
from trainings.registrations.waiting_list import CLOCK, lock_seminar
from trainings.seminars.models import Seminar
from victor.access import System, require
from victor.audit.actions import record
from victor.languages import CODES
from victor.publishing.bundled_texts import publish_bundled

Answers = Mapping[str, Any]
PAIRED_STAGES = (Stage.BEFORE, Stage.AFTER)  # kept under one key; what somebody thinks or does later is kept apart


@transaction.atomic
def load_quiz(written: Mapping[str, Any], *, by: System) -> None:
    """Make the quiz bank and the questionnaires that the project brings along, public in every language it has.

    A questionnaire that somebody has answered asks what it asked, and what was right in it stays right.
    """
    items = {each["slug"]: _load_item(each, by=by) for each in written["items"]}
    for each in written["questionnaires"]:
        found, _made = Questionnaire.objects.update_or_create(code=each["code"], defaults={"stages": each["stages"]})
        if found.is_answered:
            continue
        found.places.all().delete()
        QuestionnaireItem.objects.bulk_create(
            QuestionnaireItem(questionnaire=found, item=items[slug], position=position)
            for position, slug in enumerate(each["items"], start=1)
        )


@transaction.atomic
def save_answers(registration: Registration, stage: Stage, answers: Answers, *, by: System) -> Response:
    """Keep what was answered so far. It is logged of the seminar only: who is answering is nobody's business.

    Raises:
        NotAsked: the questions are not open, or not for this person.
        HandedInBefore: that was the last word.
    """
    seminar, questionnaire = _get_open_questionnaire(registration, stage)
    record("questions.kept", seminar, by=by, stage=str(stage))
    return _save_response(registration, stage, questionnaire, answers)


@transaction.atomic
def hand_in_answers(registration: Registration, stage: Stage, answers: Answers, *, by: System) -> Response:
    """Take the answers, whole or not, and note that they are there.

    Raises:
        NotAsked: the questions are not open, or not for this person.
        HandedInBefore: they are handed in.
    """
    seminar, questionnaire = _get_open_questionnaire(registration, stage)
    response = _save_response(registration, stage, questionnaire, answers, complete=True)
    HandedIn.objects.create(registration=registration, stage=stage)
    _release_enough_responses(seminar, stage)
    record("questions.handed_in", registration, by=by, stage=str(stage))
    return response


@transaction.atomic
def invite_to_questionnaire(seminar: Seminar, stage: Stage, *, by: System = CLOCK) -> int:
    """Write to whoever has not handed in and was not asked yet: once each. Return how many they were."""
    seminar = lock_seminar(seminar)
    return _send_invitations(seminar, stage, seminar.registrations.to_invite(stage).exclude(asked__stage=stage), by=by)


@transaction.atomic
def remind_to_answer(seminar: Seminar, stage: Stage, *, by: Any) -> int:
    """Write again to whoever has not handed in, at most once a day; return how many they were.

    Raises:
        NotAsked: the questions are not open.
    """
    seminar = lock_seminar(seminar)
    require(by, "trainings.manage", seminar)
    span = questionnaire_window(seminar, stage)
    if seminar.cancelled or span is None or not span.is_open:
        raise QuestionnaireNotOpen
    today = Asked.objects.filter(stage=stage, on=timezone.localdate(), registration__seminar=seminar)
    found = seminar.registrations.to_invite(stage).exclude(pk__in=today.values("registration"))
    return _send_invitations(seminar, stage, found, by=by)


@transaction.atomic
def shuffle_responses(seminar: Seminar) -> int:
    """Write all answers of a seminar anew in an order that says nothing, and return how many they are.

    The database keeps rows in the order in which they came, each with the number of its transaction: that of the note
    that somebody has handed in. Afterwards all have the same.
    """
    seminar = lock_seminar(seminar)
    rows = list(seminar.responses.all())
    SystemRandom().shuffle(rows)
    seminar.responses.all().delete()
    Response.objects.bulk_create(rows)
    return len(rows)


def response_key(registration: Registration, stage: Stage) -> str:
    """Under which key somebody's answers of a stage are kept."""
    return pseudonym(registration, "" if stage in PAIRED_STAGES else str(stage))


def _load_item(written: Mapping[str, Any], *, by: System) -> Item:
    facts = {"kind": written["kind"], "topic": written["topic"], "right": written.get("right", [])}
    item = Item.objects.filter(slug=written["slug"]).first()
    if item is None or not item.is_answered:
        item, _made = Item.objects.update_or_create(slug=written["slug"], defaults=facts)
    for language in CODES:
        if language in written["title"]:
            texts = {name: written.get(name, {}).get(language, "") for name in ("title", "explanation")}
            options = "\n".join(written.get("options", {}).get(language, []))
            publish_bundled(item, language, {**texts, "options": options}, by=by)
    return item


def _get_open_questionnaire(registration: Registration, stage: Stage) -> tuple[Seminar, Questionnaire]:
    """The seminar, held, and the questions, where they are open for this person."""
    seminar = lock_seminar(registration.seminar)
    has_place = seminar.registrations.filter(pk=registration.pk, state=RegistrationState.CONFIRMED).exists()
    span = questionnaire_window(seminar, stage)
    questionnaire = Questionnaire.objects.for_stage(seminar, stage)
    if not has_place or questionnaire is None or span is None or not span.is_open:
        raise QuestionnaireNotOpen
    handed_in = set(registration.handed_in.values_list("stage", flat=True))
    if stage in handed_in:
        raise AlreadyHandedIn
    if stage == Stage.BEFORE and Stage.AFTER in handed_in:
        raise QuestionnaireNotOpen
    return seminar, questionnaire


def _save_response(
    registration: Registration, stage: Stage, asked: Questionnaire, answers: Answers, *, complete: bool = False
) -> Response:
    items = asked.questions
    known = {item.slug: answers[item.slug] for item in items if answers.get(item.slug) not in (None, "", [])}
    given = {
        "questionnaire": asked,
        "answers": known,
        "score": score_answers(items, known) if stage in PAIRED_STAGES else None,
        "complete": complete,
    }
    response, _made = Response.objects.update_or_create(
        seminar=registration.seminar, stage=stage, key=response_key(registration, stage), defaults=given
    )
    return response


def _release_enough_responses(seminar: Seminar, stage: Stage) -> None:
    """Show those that wait in the results once they are five; and after the seminar, once those among them that have
    answers from before are none or five too. Nobody's answers from before come later: so pairs grow by five as well."""
    waiting = seminar.responses.at(stage).uncounted()
    pairs = waiting.with_response_before().count() if stage == Stage.AFTER else 0
    if waiting.count() >= SMALL_GROUP and (pairs == 0 or pairs >= SMALL_GROUP):
        waiting.update(counted=True)


def _invitees_for_reaction(seminar: Seminar, stage: Stage) -> set[int]:
    """Who is asked in the same mail what they think of the seminar: it takes no second one."""
    if stage != Stage.AFTER or Questionnaire.objects.for_stage(seminar, Stage.REACTION) is None:
        return set()
    return set(seminar.registrations.to_invite(Stage.REACTION).values_list("pk", flat=True))


def _send_invitations(seminar: Seminar, stage: Stage, found: Any, *, by: Any) -> int:
    if Questionnaire.objects.for_stage(seminar, stage) is None:
        return 0
    asked, wanted = list(found), _invitees_for_reaction(seminar, stage)
    for registration in asked:
        registration.seminar = seminar
        Asked.objects.create(registration=registration, stage=stage)
        emails.send_questionnaire_invitation(
            registration, stage, also=Stage.REACTION if registration.pk in wanted else None
        )
    if asked:
        record("questions.asked", seminar, by=by, stage=str(stage), number=len(asked))
    return len(asked)
