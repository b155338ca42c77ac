"""What pages show: a participant's place, who comes as colleagues see them, and what a mailing will say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Min, QuerySet

from trainings.actions import key_of
from trainings.learning import is_right
from trainings.models import (
    Certificate,
    CertificateOrder,
    Item,
    Mailing,
    Need,
    Questionnaire,
    Registration,
    Seminar,
    SessionMaterial,
    Step,
)
from trainings.opening import window
from trainings.states import MOVES, OPEN, SEATED, Move, Stage, State
from trainings.wordings import values_of, wording_of
from victor.times import moment_in_words


class Place:
    """What becomes of a registration, for the one whose it is."""

    def __init__(self, registration: Registration, token: str) -> None:
        self.registration, self.token = registration, token
        self.seminar = registration.seminar

    @cached_property
    def position(self) -> int | None:
        """How many are in line up to this one; None for who does not wait."""
        if self.registration.state != State.WAITING:
            return None
        return self.seminar.registrations.in_line().filter(pk__lte=self.registration.pk).count()

    @property
    def offer_ends(self) -> str:
        """Until when the offer holds, on the clocks of the seminar's country."""
        ends = self.registration.offer_ends
        return moment_in_words(ends, self.seminar.zone) if ends else ""

    @property
    def is_offered(self) -> bool:
        return self.registration.state == State.OFFERED

    @property
    def is_confirmed(self) -> bool:
        return self.registration.state == State.CONFIRMED

    @cached_property
    def questions(self) -> list[Asking]:
        """The questionnaires that are open to somebody with a place, and those handed in."""
        if not self.is_confirmed:
            return []
        done = set(self.registration.handed_in.values_list("stage", flat=True))
        found = [Asking(self, stage, is_handed_in=stage in done) for stage in Stage]
        return [each for each in found if each.is_handed_in or each.is_open]

    def asking(self, stage: Stage) -> Asking:
        """One questionnaire, whether it is open or not."""
        is_handed_in = self.registration.handed_in.filter(stage=stage).exists()
        return Asking(self, stage, is_handed_in=is_handed_in)

    @cached_property
    def certificate(self) -> Certificate | None:
        """The newest; those that a corrected one has replaced are not shown."""
        return self.registration.certificates.filter(replaced_by=None).first()

    @property
    def can_leave(self) -> bool:
        """Whether there is something to give up, and somebody who could use it."""
        return self.registration.state in OPEN and not (self.seminar.starts and self.seminar.is_over)

    @cached_property
    def materials(self) -> Iterable[SessionMaterial]:
        """What may be downloaded by whoever has a place."""
        if not self.is_confirmed:
            return ()
        return SessionMaterial.objects.filter(session__seminar=self.seminar).order_by("session__starts", "name")


class Arrivals:
    """In which order everybody came, and how many are where: two numbers of each registration, read at once."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        came = list(seminar.registrations.order_by("pk").values_list("pk", "state"))
        self.counted = Counter(state for _pk, state in came)
        self.numbers = {pk: number for number, (pk, _state) in enumerate(came, 1)}
        waiting = [pk for pk, state in came if state == State.WAITING]
        self.positions = {pk: number for number, pk in enumerate(waiting, 1)}

    @property
    def counts(self) -> list[tuple[State, int]]:
        """Each state in which anybody is, with how many."""
        return [(state, self.counted[state]) for state in State if self.counted[state]]

    @property
    def free(self) -> int:
        """Seats that nobody has and nobody is offered."""
        return max(self.seminar.seats - sum(self.counted[state] for state in SEATED), 0)

    def rows(self, registrations: Iterable[Registration]) -> list[tuple[Registration, int, int | None]]:
        """Each with its number of arrival, and with its place in line where it waits."""
        return [(each, self.numbers[each.pk], self.positions.get(each.pk)) for each in registrations]


class Participant:
    """One of those who come, as colleagues see them."""

    def __init__(self, registration: Registration) -> None:
        self.registration, self.seminar = registration, registration.seminar

    @cached_property
    def steps(self) -> list[Step]:
        """What happened, and who did it."""
        return list(self.registration.steps.select_related("by"))

    @property
    def need(self) -> Need | None:
        """What they need, as long as it is kept."""
        return getattr(self.registration, "need", None)

    @property
    def moves(self) -> list[str]:
        """What colleagues can do now."""
        offered = (Move.ADMIT, Move.DECLINE, Move.PREFER, Move.LEAVE)
        return [str(move) for move in offered if self.registration.state in MOVES[move][0]]


class Asking:
    """A questionnaire as one participant finds it."""

    def __init__(self, place: Place, stage: Stage, *, is_handed_in: bool) -> None:
        self.place, self.stage, self.is_handed_in = place, stage, is_handed_in
        self.window = window(place.seminar, stage)

    @cached_property
    def questionnaire(self) -> Questionnaire | None:
        return Questionnaire.objects.for_stage(self.place.seminar, self.stage)

    @property
    def is_open(self) -> bool:
        """Whether this person can answer now, or could if it were not handed in."""
        return bool(self.place.is_confirmed and self.window and self.window.is_open and self.questionnaire)

    @property
    def opens(self) -> str:
        """From when, where that is still to come."""
        ahead = self.place.is_confirmed and self.window and self.window.is_ahead
        return moment_in_words(self.window.opens, self.place.seminar.zone) if self.window and ahead else ""

    @property
    def closes(self) -> str:
        """Until when."""
        return moment_in_words(self.window.closes, self.place.seminar.zone) if self.window else ""

    @cached_property
    def items(self) -> list[Item]:
        return self.questionnaire.questions if self.questionnaire else []

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What was answered so far. Whoever has the address of the place reads their own."""
        key = key_of(self.place.registration, self.stage)
        found = self.place.seminar.responses.at(self.stage).filter(key=key).values_list("answers", flat=True)
        return found.first() or {}

    @property
    def solution(self) -> list[dict[str, Any]]:
        """Each question with what was answered and what is right: after the seminar, once it is handed in."""
        if self.stage != Stage.AFTER or not self.is_handed_in:
            return []
        return [_solved(item, self.answers.get(item.slug)) for item in self.items if item.right]

    @property
    def right(self) -> int:
        """How many of them were right."""
        return sum(each["is_right"] for each in self.solution)

    @property
    def next(self) -> Asking | None:
        """Another questionnaire that is open and not handed in yet."""
        return next((each for each in self.place.questions if each.is_open and not each.is_handed_in), None)


def _solved(item: Item, answer: Any) -> dict[str, Any]:
    given = answer if isinstance(answer, list) else [answer]
    return {
        "item": item,
        "is_right": is_right(item, answer),
        "given": [words for number, words in item.choices if number in given],
        "right": [words for number, words in item.choices if number in item.right],
    }


@dataclass(frozen=True)
class Preview:
    """A mailing in one language: to how many it goes, and what the first of them gets, in pieces; the second of each
    says whether it differs from one to the other. There are none where nobody has written it."""

    language: str
    number: int
    subject: list[tuple[str, bool]]
    text: list[tuple[str, bool]]


def previews_of(mailing: Mailing) -> list[Preview]:
    """The mailing in every language that somebody reads to whom it goes, or would go today."""
    goes_to = Registration.objects.filter(pk__in=mailing.recipients.values("registration"))
    people = goes_to if mailing.released_at else mailing.seminar.registrations.addressed(mailing.audience)
    numbers = Counter(people.order_by().values_list("language", flat=True))
    firsts = people.order_by("language", "pk").distinct("language").select_related("seminar__country")
    return [_preview(mailing, each, numbers[each.language]) for each in firsts]


def _preview(mailing: Mailing, first: Registration, number: int) -> Preview:
    """The address of somebody's place is theirs alone: it is not shown."""
    wording = wording_of(mailing, first.language)
    pieces = wording.pieces(values_of(first) | {"link": "https://…"}) if wording else {"subject": [], "text": []}
    return Preview(first.language, number, pieces["subject"], pieces["text"])


class Making:
    """How far the worker is with the certificates of a seminar that are ordered."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar

    @cached_property
    def waiting(self) -> int:
        """How many are still to be made."""
        return self._orders.count()

    @cached_property
    def made(self) -> int:
        """How many have been made since the first of those was ordered."""
        since = self._orders.aggregate(since=Min("asked_at"))["since"]
        return self.seminar.certificates.filter(issued_at__gte=since).count() if since else 0

    @property
    def total(self) -> int:
        return self.waiting + self.made

    @property
    def _orders(self) -> QuerySet[CertificateOrder]:
        return CertificateOrder.objects.due().filter(registration__seminar=self.seminar)
