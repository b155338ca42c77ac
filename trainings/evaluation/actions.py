"""What happens to questionnaires: load the quiz bank, invite, save answers, hand them in, shuffle them.

That a person has handed in is stored with their registration. Their answers are stored apart, under a key that leads
to nobody. Nothing may join the two again: no number, no time, not even the order of the rows on disk (see
`shuffle_responses`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import SystemRandom
from typing import TYPE_CHECKING, NotRequired, TypedDict

from django.db import transaction
from django.utils import timezone

from trainings.evaluation import emails
from trainings.evaluation.errors import AlreadyHandedIn, QuestionnaireNotOpen
from trainings.evaluation.models import (
    Item,
    Questionnaire,
    QuestionnaireInvitation,
    QuestionnaireItem,
    QuestionnaireSubmission,
    Response,
)
from trainings.evaluation.pseudonyms import pseudonym
from trainings.evaluation.questionnaire_windows import questionnaire_window
from trainings.evaluation.scoring import SMALL_GROUP, score_answers
from trainings.registrations.models import Registration
from trainings.registrations.querysets import RegistrationQuerySet
from trainings.registrations.states import RegistrationState, Stage
from trainings.registrations.waiting_list import CLOCK, lock_seminar
from trainings.seminars.models import Seminar
from victor.access import Actor, System, require
from victor.audit.actions import record
from victor.languages import CODES
from victor.publishing.bundled_texts import bundled_text, publish_bundled

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

Answers = Mapping[str, object]  # by the slugs of the questions
PAIRED_STAGES = (Stage.BEFORE, Stage.AFTER)  # compared, so stored under one key; other stages have keys of their own


class QuestionData(TypedDict):
    """A question in the data file, with its texts by language; `right` has the numbers of the correct answers."""

    slug: str
    kind: str
    topic: str
    title: dict[str, str]
    right: NotRequired[list[int]]
    options: NotRequired[dict[str, list[str]]]


class QuestionnaireData(TypedDict):
    """A questionnaire in the data file, with the slugs of its questions."""

    code: str
    stages: list[str]
    items: list[str]


class QuizBank(TypedDict):
    """The data file of questions."""

    items: list[QuestionData]
    questionnaires: list[QuestionnaireData]


@transaction.atomic
def load_quiz(quiz_bank: QuizBank, *, by: System) -> None:
    """Create or update the quiz bank and the questionnaires that come with the project, and publish them in every
    language they have.

    A questionnaire that has been answered keeps its questions, and an answered question keeps its correct answers.
    """
    items = {question["slug"]: _load_item(question, by=by) for question in quiz_bank["items"]}
    for facts in quiz_bank["questionnaires"]:
        questionnaire, _created = Questionnaire.objects.update_or_create(
            code=facts["code"], defaults={"stages": facts["stages"]}
        )
        if questionnaire.is_answered:
            continue
        questionnaire.places.all().delete()
        QuestionnaireItem.objects.bulk_create(
            QuestionnaireItem(questionnaire=questionnaire, item=items[slug], position=position)
            for position, slug in enumerate(facts["items"], start=1)
        )


@transaction.atomic
def save_answers(registration: Registration, stage: Stage, answers: Answers, *, by: Actor) -> Response:
    """Save what a participant has answered so far. The log names the seminar only, not the participant.

    Raises:
        QuestionnaireNotOpen: the questionnaire is not open, or not for this person.
        AlreadyHandedIn: this person has handed in.
    """
    seminar, questionnaire = _lock_and_get_questionnaire(registration, stage)
    require(by, "trainings.respond", registration)
    response = _save_response(registration, stage, questionnaire, answers)
    record("questions.kept", seminar, by=by, stage=str(stage))
    return response


@transaction.atomic
def hand_in_answers(registration: Registration, stage: Stage, answers: Answers, *, by: Actor) -> Response:
    """Save the answers, complete or not, for good, and note that this person has handed in.

    Raises:
        QuestionnaireNotOpen: the questionnaire is not open, or not for this person.
        AlreadyHandedIn: this person has handed in.
    """
    seminar, questionnaire = _lock_and_get_questionnaire(registration, stage)
    require(by, "trainings.respond", registration)
    response = _save_response(registration, stage, questionnaire, answers, complete=True)
    QuestionnaireSubmission.objects.create(registration=registration, stage=stage)
    _release_enough_responses(seminar, stage)
    record("questions.handed_in", registration, by=by, stage=str(stage))
    return response


def invite_to_questionnaire(seminar: Seminar, stage: Stage, *, by: System = CLOCK) -> int:
    """Email everybody who has neither handed in nor been invited yet. Return how many were invited."""

    def find_invitees() -> RegistrationQuerySet:
        return seminar.registrations.to_invite(stage).wanting_mail().exclude(invitations__stage=stage)

    drafts = _draft_invitations(seminar, stage, find_invitees())
    with transaction.atomic():
        lock_seminar(seminar)
        return _send_invitations(seminar, stage, find_invitees, drafts, by=by)


def remind_to_answer(seminar: Seminar, stage: Stage, *, by: Actor) -> int:
    """Email everybody who has not handed in again, at most once a day. Return how many were reminded.

    Raises:
        QuestionnaireNotOpen: the questionnaire is not open.
    """

    def find_invitees() -> RegistrationQuerySet:
        today = QuestionnaireInvitation.objects.filter(
            stage=stage, on=timezone.localdate(), registration__seminar=seminar
        )
        return seminar.registrations.to_invite(stage).wanting_mail().exclude(pk__in=today.values("registration"))

    require(by, "trainings.manage", seminar)
    drafts = _draft_invitations(seminar, stage, find_invitees())
    with transaction.atomic():
        current = lock_seminar(seminar)
        require(by, "trainings.manage", current)
        window = questionnaire_window(current, stage)
        if current.cancelled or window is None or not window.is_open:
            raise QuestionnaireNotOpen
        return _send_invitations(current, stage, find_invitees, drafts, by=by)


@transaction.atomic
def shuffle_responses(seminar: Seminar) -> int:
    """Write all answers of a seminar anew in random order. Return how many there are.

    The database stores rows in the order in which they arrive, each with the number of its transaction, and so does
    the note that a person has handed in. After shuffling, all answers have the same transaction number.
    """
    seminar = lock_seminar(seminar)
    responses = list(seminar.responses.all())
    SystemRandom().shuffle(responses)
    seminar.responses.all().delete()
    Response.objects.bulk_create(responses)
    return len(responses)


def response_key(registration: Registration, stage: Stage) -> str:
    """The key under which a person's answers of a stage are stored."""
    return pseudonym(registration, "" if stage in PAIRED_STAGES else str(stage))


def _load_item(question: QuestionData, *, by: System) -> Item:
    facts = {"kind": question["kind"], "topic": question["topic"], "right": question.get("right", [])}
    item = Item.objects.filter(slug=question["slug"]).first()
    if item is None or not item.is_answered:
        item, _created = Item.objects.update_or_create(slug=question["slug"], defaults=facts)
    for language in CODES:
        if language in question["title"]:
            texts = {name: bundled_text(question, name, language) for name in ("title", "explanation")}
            options = "\n".join(question.get("options", {}).get(language, []))
            publish_bundled(item, language, {**texts, "options": options}, by=by)
    return item


def _lock_and_get_questionnaire(registration: Registration, stage: Stage) -> tuple[Seminar, Questionnaire]:
    """The locked seminar, and the questionnaire if it is open for this person."""
    seminar = lock_seminar(registration.seminar)
    has_place = seminar.registrations.filter(pk=registration.pk, state=RegistrationState.CONFIRMED).exists()
    window = questionnaire_window(seminar, stage)
    questionnaire = Questionnaire.objects.for_stage(seminar, stage)
    if not has_place or questionnaire is None or window is None or not window.is_open:
        raise QuestionnaireNotOpen
    completed_stages = set(registration.submissions.values_list("stage", flat=True))
    if stage in completed_stages:
        raise AlreadyHandedIn
    if stage == Stage.BEFORE and Stage.AFTER in completed_stages:
        raise QuestionnaireNotOpen
    return seminar, questionnaire


def _save_response(
    registration: Registration, stage: Stage, questionnaire: Questionnaire, answers: Answers, *, complete: bool = False
) -> Response:
    items = questionnaire.questions
    known_answers = {item.slug: answers[item.slug] for item in items if answers.get(item.slug) not in (None, "", [])}
    facts = {
        "questionnaire": questionnaire,
        "answers": known_answers,
        "score": score_answers(items, known_answers) if stage in PAIRED_STAGES else None,
        "complete": complete,
    }
    response, _created = Response.objects.update_or_create(
        seminar=registration.seminar, stage=stage, key=response_key(registration, stage), defaults=facts
    )
    return response


def _release_enough_responses(seminar: Seminar, stage: Stage) -> None:
    """Let the results show waiting answers once there are five. After the seminar, the number of waiting answers that
    have a pair from before must also be none or at least five. Nobody answers the questions from before later, so
    pairs grow by five as well."""
    waiting = seminar.responses.at(stage).uncounted()
    pairs = waiting.with_response_before().count() if stage == Stage.AFTER else 0
    if waiting.count() >= SMALL_GROUP and (pairs == 0 or pairs >= SMALL_GROUP):
        waiting.update(counted=True)


def _reaction_invitees(seminar: Seminar, stage: Stage) -> set[int]:
    """Registrations that are asked for their opinion in the same email, so that they do not get a second one."""
    if stage != Stage.AFTER or Questionnaire.objects.for_stage(seminar, Stage.REACTION) is None:
        return set()
    return set(seminar.registrations.to_invite(Stage.REACTION).values_list("pk", flat=True))


Recipient = tuple[int, str, str, str]  # what an invitation depends on: number, address, name, language


def _recipient(registration: Registration) -> Recipient:
    return registration.pk, registration.email, registration.name, registration.language


def _draft_invitations(
    seminar: Seminar, stage: Stage, invitees: RegistrationQuerySet
) -> dict[Recipient, EmailMultiAlternatives]:
    """The rendered email for each invitee. Nothing is locked yet: rendering takes time."""
    if Questionnaire.objects.for_stage(seminar, stage) is None:
        return {}
    reaction_invitees = _reaction_invitees(seminar, stage)
    drafts = {}
    for registration in invitees:
        registration.seminar = seminar
        also = Stage.REACTION if registration.pk in reaction_invitees else None
        drafts[_recipient(registration)] = emails.compose_questionnaire_invitation(registration, stage, also=also)
    return drafts


def _send_invitations(
    seminar: Seminar,
    stage: Stage,
    find_invitees: Callable[[], RegistrationQuerySet],
    drafts: Mapping[Recipient, EmailMultiAlternatives],
    *,
    by: Actor,
) -> int:
    """Queue the emails of those who are still to be invited, and note it. The seminar must be locked. Anyone whose
    address, name or language has changed since the drafts were made is invited the next time."""
    if not drafts:
        return 0
    invitees = [registration for registration in find_invitees() if _recipient(registration) in drafts]
    QuestionnaireInvitation.objects.bulk_create(
        QuestionnaireInvitation(registration=registration, stage=stage) for registration in invitees
    )
    for registration in invitees:
        drafts[_recipient(registration)].send()
    if invitees:
        record("questions.asked", seminar, by=by, stage=str(stage), number=len(invitees))
    return len(invitees)
