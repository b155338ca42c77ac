"""What pages show of participants, loaded before they render: to colleagues, and to a participant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext_lazy

from trainings.certificates.models import Certificate
from trainings.evaluation.actions import response_key
from trainings.evaluation.models import Item, Questionnaire
from trainings.evaluation.questionnaire_windows import questionnaire_window
from trainings.evaluation.scoring import is_right
from trainings.mailings.models import Recipient
from trainings.registrations.models import Need, Registration
from trainings.registrations.names import mailbox_key
from trainings.registrations.states import (
    MOVES,
    OPEN_STATES,
    SEATED_STATES,
    STATE_FOR_PARTICIPANT,
    RegistrationMove,
    RegistrationState,
    Stage,
)
from trainings.registrations.tokens import CHECK_IN_SIGNER, place_token, sign_number
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Seminar
from victor.languages import languages_with, local_text
from victor.mail.models import Message
from victor.pdf import qr_code
from victor.schedules.times import describe_moment

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# How many people are in which state after several were accepted, in words.
ADMITTED_TEXTS = {
    RegistrationState.CONFIRMED: ngettext_lazy(
        "%(count)d person has a place now and has been told by email.",
        "%(count)d people have a place now and have been told by email.",
        "count",
    ),
    RegistrationState.WAITING: ngettext_lazy(
        "%(count)d person is on the waiting list now and has been told by email.",
        "%(count)d people are on the waiting list now and have been told by email.",
        "count",
    ),
    RegistrationState.APPLIED: ngettext_lazy(
        "%(count)d person could not be accepted: there are not enough places for all of their group.",
        "%(count)d people could not be accepted: there are not enough places for all of their group.",
        "count",
    ),
}


class ArrivalOrder:
    """The order in which people registered, and how many are in which state. All registrations are read at once."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        facts = list(seminar.registrations.order_by("pk").values_list("pk", "state", "email"))
        self.number_by_state = Counter(state for _pk, state, _email in facts)
        self.numbers = {pk: number for number, (pk, _state, _email) in enumerate(facts, 1)}
        waiting = [pk for pk, state, _email in facts if state == RegistrationState.WAITING]
        mailboxes = {pk: mailbox_key(email) for pk, state, email in facts if state in OPEN_STATES}
        people_by_mailbox = Counter(mailboxes.values())
        # Those who are perhaps the same person as another, because their mail arrives at one address.
        self.sharing = {pk for pk, mailbox in mailboxes.items() if people_by_mailbox[mailbox] > 1}
        self.positions = {pk: number for number, pk in enumerate(waiting, 1)}

    @property
    def counts(self) -> list[tuple[RegistrationState, int]]:
        """Each state in which anybody is, with the number of people."""
        return [(state, self.number_by_state[state]) for state in RegistrationState if self.number_by_state[state]]

    @property
    def free(self) -> int:
        """The number of seats that nobody has and nobody is offered."""
        return max(self.seminar.seats - sum(self.number_by_state[state] for state in SEATED_STATES), 0)

    def rows(self, registrations: Iterable[Registration]) -> list[tuple[Registration, int, int | None, bool, bool]]:
        """Each registration with its number in the order, with its position on the waiting list if it is there, with
        whether an email did not reach the person, and whether this is perhaps the same person as another."""
        people = list(registrations)
        unreached = find_unreached(people)
        return [
            (
                person,
                self.numbers[person.pk],
                self.positions.get(person.pk),
                person.pk in unreached,
                person.pk in self.sharing,
            )
            for person in people
        ]


def find_unreached(registrations: Iterable[Registration]) -> set[int]:
    """The numbers of those to whom an email about this registration could not be delivered, or not yet."""
    people = {registration.pk: registration for registration in registrations}
    failed = set(Recipient.objects.failed().filter(registration__in=people).values_list("registration", flat=True))
    emails = {registration.email for registration in people.values()}
    addresses = undelivered_addresses(emails)
    tokens = {pk: place_token(registration) for pk, registration in people.items()} if addresses else {}
    return failed | {pk for pk, token in tokens.items() if any(f"/{token}/" in address for address in addresses)}


def undelivered_addresses(emails: Iterable[str]) -> list[str]:
    """The links to own pages in emails that the mail server has refused, or has not accepted yet."""
    messages = Message.objects.undelivered().filter(recipient__in=list(emails), facts__has_key="url")
    return [str(facts["url"]) for facts in messages.values_list("facts", flat=True)]


class ParticipantDetails:
    """One participant, as colleagues see them: what happened and who did it, the need, and what can be done now."""

    def __init__(self, registration: Registration) -> None:
        seminar = registration.seminar
        self.steps = list(registration.steps.select_related("by"))
        self.need: Need | None = getattr(registration, "need", None)
        self.moves = _moves_of(registration)
        # Whether somebody who is accepted now only gets a place on the waiting list.
        self.is_full = seminar.registrations.seated().count() >= seminar.seats
        is_applied = registration.state == RegistrationState.APPLIED
        # Whether colleagues are admitted with this person, or nobody.
        self.has_companions = is_applied and seminar.registrations.companions_of(registration).exists()
        self.is_unreached = bool(find_unreached([registration]))
        # People who are perhaps the same person, because their mail arrives at the same address.
        self.sharing = seminar.registrations.open().exclude(pk=registration.pk).of_mailbox(registration.email)


def _moves_of(registration: Registration) -> list[str]:
    """What colleagues can do with a registration. Once the seminar has begun no place is offered."""
    moves = [RegistrationMove.ADMIT, RegistrationMove.DECLINE, RegistrationMove.LEAVE]
    if not registration.seminar.has_begun:
        moves.append(RegistrationMove.PREFER)
    return [str(move) for move in moves if registration.state in MOVES[move][0]]


@dataclass(frozen=True)
class QuestionnaireLink:
    """A questionnaire that a participant can answer, or has handed in."""

    stage: Stage
    is_handed_in: bool


class OwnPage:
    """A registration as its participant sees it.

    `position` is that on the waiting list, or None. `door_code` is the address at which the person is checked in, for a
    camera; it is empty where there is no door to come to.
    """

    def __init__(self, registration: Registration, token: str) -> None:
        seminar = registration.seminar
        self.registration, self.token, self.seminar = registration, token, seminar
        is_over = bool(seminar.starts and seminar.is_over)
        self.is_offered = registration.state == RegistrationState.OFFERED
        self.is_confirmed = registration.state == RegistrationState.CONFIRMED
        self.can_leave = registration.state in OPEN_STATES and not is_over
        self.ended = STATE_FOR_PARTICIPANT.get(registration.state, "")
        self.is_public = bool(languages_with(seminar, "title", "summary"))
        self.can_register_again = self.is_public and seminar.is_open and registration.state not in OPEN_STATES
        ends = registration.offer_ends
        self.offer_ends = describe_moment(ends, seminar.zone) if ends else ""
        self.has_calendar = self.is_confirmed and bool(seminar.starts) and not is_over
        # Each session with its own time zone, where summer time begins or ends between them.
        self.sessions_by_zone = list(seminar.sessions.all()) if seminar.starts and seminar.clocks_change else []
        self.position = waiting_position(registration)
        self.certificate = newest_certificate(registration)
        self.questionnaires = questionnaire_links(registration)
        self.materials = _materials_of(seminar) if self.is_confirmed else []
        has_door = self.is_confirmed and not is_over and bool(local_text(seminar, "place").text)
        self.door_code = _door_code(registration) if has_door else ""


def own_needs(registration: Registration) -> dict[str, object]:
    """What the participant needs, and whether the name may be shown, as the form takes them."""
    text = Need.objects.filter(registration=registration).values_list("text", flat=True).first()
    return {"need": text or "", "shows_name": registration.shows_name}


def newest_certificate(registration: Registration) -> Certificate | None:
    """The newest certificate. Those that a corrected one has replaced are not shown."""
    return registration.certificates.filter(replaced_by=None).first()


def questionnaire_links(registration: Registration) -> list[QuestionnaireLink]:
    """The questionnaires that somebody with a confirmed seat can answer or has handed in."""
    if registration.state != RegistrationState.CONFIRMED:
        return []
    handed_in = _handed_in_stages(registration)
    return [
        QuestionnaireLink(stage, stage in handed_in)
        for stage in Stage
        if stage in handed_in
        or (_is_asked(registration, stage, handed_in) and Questionnaire.objects.for_stage(registration.seminar, stage))
    ]


def waiting_position(registration: Registration) -> int | None:
    """The place on the waiting list; None for whoever is not on it."""
    if registration.state != RegistrationState.WAITING:
        return None
    return registration.seminar.registrations.waiting().filter(pk__lte=registration.pk).count()


def _materials_of(seminar: Seminar) -> list[SessionMaterial]:
    return list(SessionMaterial.objects.filter(session__seminar=seminar).order_by("session__starts", "name"))


def _door_code(registration: Registration) -> SafeString:
    address = reverse("trainings:here", args=[sign_number(registration.pk, CHECK_IN_SIGNER)])
    return mark_safe(qr_code(urljoin(settings.SITE_URL, address)))  # noqa: S308 - drawn by ourselves


def _handed_in_stages(registration: Registration) -> set[str]:
    return set(registration.submissions.values_list("stage", flat=True))


def _is_asked(registration: Registration, stage: Stage, handed_in: Collection[str]) -> bool:
    """Whether a questionnaire of this stage is open to this person, whether or not it is handed in.

    Somebody who has read the correct answers is not asked what they knew before.
    """
    if registration.state != RegistrationState.CONFIRMED or (stage == Stage.BEFORE and Stage.AFTER in handed_in):
        return False
    window = questionnaire_window(registration.seminar, stage)
    return window is not None and window.is_open


@dataclass(frozen=True)
class Solution:
    """A question with what was answered and what is correct."""

    item: Item
    is_right: bool
    answers: list[str | _StrPromise]
    correct_answers: list[str | _StrPromise]


class QuestionnairePage:
    """A questionnaire as one participant sees it.

    `opens` says from when, where that is still to come. `answers` holds what was saved from the email address that the
    registration has now. `solutions` are shown after the seminar, once the answers are handed in. `next` is another
    questionnaire to answer, then.
    """

    def __init__(self, registration: Registration, token: str, stage: Stage) -> None:
        seminar, handed_in = registration.seminar, _handed_in_stages(registration)
        self.seminar, self.token, self.stage = seminar, token, stage
        self.is_confirmed = registration.state == RegistrationState.CONFIRMED
        self.is_handed_in = stage in handed_in
        window, questionnaire = questionnaire_window(seminar, stage), Questionnaire.objects.for_stage(seminar, stage)
        self.is_open = questionnaire is not None and _is_asked(registration, stage, handed_in)
        is_ahead = self.is_confirmed and window is not None and window.is_ahead
        self.opens = describe_moment(window.opens, seminar.zone) if window and is_ahead else ""
        self.closes = describe_moment(window.closes, seminar.zone) if window else ""
        self.has_passed = bool(window and questionnaire and not is_ahead)
        self.items = questionnaire.questions if questionnaire else []
        saved = _saved_answers(registration, stage)
        self.answers = saved or {}
        shows_solutions = stage == Stage.AFTER and self.is_handed_in and saved is not None
        self.solutions = [_solution(item, self.answers) for item in self.items if item.right] if shows_solutions else []
        self.right = sum(solution.is_right for solution in self.solutions)
        self.next = _next_questionnaire(registration) if self.is_handed_in else None


def _saved_answers(registration: Registration, stage: Stage) -> Mapping[str, object] | None:
    """What was answered so far. None where nothing was answered from the email address of the registration."""
    responses = registration.seminar.responses.at(stage).filter(key=response_key(registration, stage))
    return responses.values_list("answers", flat=True).first()


def _solution(item: Item, answers: Mapping[str, object]) -> Solution:
    answer = answers.get(item.slug)
    numbers = answer if isinstance(answer, list) else [answer]
    return Solution(
        item,
        is_right(item, answer),
        [label for number, label in item.choices if number in numbers],
        [label for number, label in item.choices if number in item.right],
    )


def _next_questionnaire(registration: Registration) -> QuestionnaireLink | None:
    return next((link for link in questionnaire_links(registration) if not link.is_handed_in), None)
