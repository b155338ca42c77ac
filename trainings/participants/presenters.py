"""Who comes, as colleagues see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from trainings.certificates.models import Certificate
from trainings.evaluation.actions import response_key
from trainings.evaluation.models import Item, Questionnaire
from trainings.evaluation.questionnaire_windows import questionnaire_window
from trainings.evaluation.scoring import is_right
from trainings.registrations.models import Need, Registration, Step
from trainings.registrations.states import MOVES, OPEN_STATES, SEATED_STATES, RegistrationMove, RegistrationState, Stage
from trainings.registrations.tokens import CHECK_IN_SIGNER, sign_number
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Seminar
from victor.languages import local_text
from victor.pdf import qr_code
from victor.schedules.times import describe_moment


class ArrivalOrder:
    """In which order everybody came, and how many are where: two numbers of each registration, read at once."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        came = list(seminar.registrations.order_by("pk").values_list("pk", "state"))
        self.counted = Counter(state for _pk, state in came)
        self.numbers = {pk: number for number, (pk, _state) in enumerate(came, 1)}
        waiting = [pk for pk, state in came if state == RegistrationState.WAITING]
        self.positions = {pk: number for number, pk in enumerate(waiting, 1)}

    @property
    def counts(self) -> list[tuple[RegistrationState, int]]:
        """Each state in which anybody is, with how many."""
        return [(state, self.counted[state]) for state in RegistrationState if self.counted[state]]

    @property
    def free(self) -> int:
        """Seats that nobody has and nobody is offered."""
        return max(self.seminar.seats - sum(self.counted[state] for state in SEATED_STATES), 0)

    def rows(self, registrations: Iterable[Registration]) -> list[tuple[Registration, int, int | None]]:
        """Each with its number of arrival, and with its place in line where it waits."""
        return [(each, self.numbers[each.pk], self.positions.get(each.pk)) for each in registrations]


class ParticipantDetails:
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
        """What colleagues can do now; once the seminar has begun no place is offered."""
        offered = [RegistrationMove.ADMIT, RegistrationMove.DECLINE, RegistrationMove.LEAVE] + [
            RegistrationMove.PREFER
        ] * (not self.seminar.has_begun)
        return [str(move) for move in offered if self.registration.state in MOVES[move][0]]

    @cached_property
    def has_companions(self) -> bool:
        """Whether colleagues are admitted with this person, or nobody."""
        is_applied = self.registration.state == RegistrationState.APPLIED
        return is_applied and self.seminar.registrations.companions_of(self.registration).exists()


class OwnPage:
    """What becomes of a registration, for the one whose it is."""

    def __init__(self, registration: Registration, token: str) -> None:
        self.registration, self.token = registration, token
        self.seminar = registration.seminar

    @cached_property
    def position(self) -> int | None:
        """How many are in line up to this one; None for who does not wait."""
        if self.registration.state != RegistrationState.WAITING:
            return None
        return self.seminar.registrations.waiting().filter(pk__lte=self.registration.pk).count()

    @property
    def offer_ends(self) -> str:
        """Until when the offer holds, on the clocks of the seminar's country."""
        ends = self.registration.offer_ends
        return describe_moment(ends, self.seminar.zone) if ends else ""

    @property
    def is_offered(self) -> bool:
        return self.registration.state == RegistrationState.OFFERED

    @property
    def is_confirmed(self) -> bool:
        return self.registration.state == RegistrationState.CONFIRMED

    @cached_property
    def questions(self) -> list[OwnQuestionnaire]:
        """The questionnaires that are open to somebody with a place, and those handed in."""
        if not self.is_confirmed:
            return []
        found = [self.asking(stage) for stage in Stage]
        return [each for each in found if each.is_handed_in or each.is_open]

    def asking(self, stage: Stage) -> OwnQuestionnaire:
        """One questionnaire, whether it is open or not."""
        return OwnQuestionnaire(self, stage, is_handed_in=stage in self.handed_in)

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
        return self.registration.state in OPEN_STATES and not (self.seminar.starts and self.seminar.is_over)

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
        return self.is_confirmed and bool(local_text(self.seminar, "place").text) and not over

    @property
    def door_code(self) -> SafeString:
        """The address at which somebody of the host checks this person in, to be read by a camera."""
        address = reverse("trainings:here", args=[sign_number(self.registration.pk, CHECK_IN_SIGNER)])
        return mark_safe(qr_code(urljoin(settings.SITE_URL, address)))  # noqa: S308 - drawn by ourselves


class OwnQuestionnaire:
    """A questionnaire as one participant finds it."""

    def __init__(self, place: OwnPage, stage: Stage, *, is_handed_in: bool) -> None:
        self.place, self.stage, self.is_handed_in = place, stage, is_handed_in
        self.window = questionnaire_window(place.seminar, stage)

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
        return describe_moment(self.window.opens, self.place.seminar.zone) if self.window and ahead else ""

    @property
    def closes(self) -> str:
        """Until when."""
        return describe_moment(self.window.closes, self.place.seminar.zone) if self.window else ""

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
        key = response_key(self.place.registration, self.stage)
        found = self.place.seminar.responses.at(self.stage).filter(key=key).values_list("answers", flat=True)
        return found.first()

    @property
    def solution(self) -> list[dict[str, Any]]:
        """Each question with what was answered and what is right: after the seminar, to who has handed it in."""
        if self.stage != Stage.AFTER or not self.is_handed_in or self._kept is None:
            return []
        return [_solution_of(item, self.answers.get(item.slug)) for item in self.items if item.right]

    @property
    def right(self) -> int:
        """How many of them were right."""
        return sum(each["is_right"] for each in self.solution)

    @property
    def next(self) -> OwnQuestionnaire | None:
        """Another questionnaire that is open and not handed in yet."""
        return next((each for each in self.place.questions if each.is_open and not each.is_handed_in), None)


def _solution_of(item: Item, answer: Any) -> dict[str, Any]:
    given = answer if isinstance(answer, list) else [answer]
    return {
        "item": item,
        "is_right": is_right(item, answer),
        "given": [words for number, words in item.choices if number in given],
        "right": [words for number, words in item.choices if number in item.right],
    }
