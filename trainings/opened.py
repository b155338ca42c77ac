"""A participant's place, opened with its signed address: all that its page shows. What a mailing will say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from trainings.models import Mailing, Registration
from trainings.states import OPEN, State
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

    @property
    def can_leave(self) -> bool:
        """Whether there is something to give up, and somebody who could use it."""
        return self.registration.state in OPEN and not (self.seminar.starts and self.seminar.is_over)


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
