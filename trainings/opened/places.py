"""A participant's place, opened with its signed address, and the questions that are asked there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from trainings.actions import key_of
from trainings.learning import is_right
from trainings.links import CHECK_IN, signed
from trainings.models import (
    Certificate,
    Item,
    Need,
    Questionnaire,
    Registration,
    SessionMaterial,
)
from trainings.opening import window
from trainings.states import OPEN, Stage, State
from victor.documents import qr_code
from victor.publishing.languages import shown
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
        found = [self.asking(stage) for stage in Stage]
        return [each for each in found if each.is_handed_in or each.is_open]

    def asking(self, stage: Stage) -> Asking:
        """One questionnaire, whether it is open or not."""
        return Asking(self, stage, is_handed_in=stage in self.handed_in)

    @cached_property
    def handed_in(self) -> set[str]:
        """Of which questionnaires the answers are there."""
        return set(self.registration.handed_in.values_list("stage", flat=True))

    @cached_property
    def certificate(self) -> Certificate | None:
        """The newest; those that a corrected one has replaced are not shown."""
        return self.registration.certificates.filter(replaced_by=None).first()

    @property
    def can_leave(self) -> bool:
        """Whether there is something to give up, and somebody who could use it."""
        return self.registration.state in OPEN and not (self.seminar.starts and self.seminar.is_over)

    @property
    def told(self) -> dict[str, Any]:
        """What was told so far of what is needed, and whether the name may be shown."""
        need = Need.objects.filter(registration=self.registration).values_list("text", flat=True).first()
        return {"need": need or "", "shows_name": self.registration.shows_name}

    @cached_property
    def materials(self) -> Iterable[SessionMaterial]:
        """What may be downloaded by whoever has a place."""
        if not self.is_confirmed:
            return ()
        return SessionMaterial.objects.filter(session__seminar=self.seminar).order_by("session__starts", "name")

    @property
    def is_shown_at_the_door(self) -> bool:
        """Whether there is a door to come to, and a place to come for."""
        over = self.seminar.starts and self.seminar.is_over
        return self.is_confirmed and bool(shown(self.seminar, "place").text) and not over

    @property
    def door_code(self) -> SafeString:
        """The address at which somebody of the host checks this person in, to be read by a camera."""
        address = reverse("trainings:here", args=[signed(self.registration.pk, CHECK_IN)])
        return mark_safe(qr_code(urljoin(settings.SITE_URL, address)))  # noqa: S308 - drawn by ourselves


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
        """Whether this person can answer now, or could if it were not handed in. Who knows the right answers is not
        asked what they knew before."""
        if self.stage == Stage.BEFORE and Stage.AFTER in self.place.handed_in:
            return False
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
        return self._kept or {}

    @cached_property
    def _kept(self) -> dict[str, Any] | None:
        """None where nothing was answered from the e-mail address that the registration has now."""
        key = key_of(self.place.registration, self.stage)
        found = self.place.seminar.responses.at(self.stage).filter(key=key).values_list("answers", flat=True)
        return found.first()

    @property
    def solution(self) -> list[dict[str, Any]]:
        """Each question with what was answered and what is right: after the seminar, to who has handed it in."""
        if self.stage != Stage.AFTER or not self.is_handed_in or self._kept is None:
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
