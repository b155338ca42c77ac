"""Who comes, as colleagues see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from trainings.models import (
    Need,
    Registration,
    Seminar,
    Step,
)
from trainings.states import MOVES, SEATED, Move, State


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
        """What colleagues can do now; once the seminar has begun no place is offered."""
        offered = [Move.ADMIT, Move.DECLINE, Move.LEAVE] + [Move.PREFER] * (not self.seminar.has_begun)
        return [str(move) for move in offered if self.registration.state in MOVES[move][0]]

    @cached_property
    def comes_with_others(self) -> bool:
        """Whether colleagues are admitted with this person, or nobody."""
        is_applied = self.registration.state == State.APPLIED
        return is_applied and self.seminar.registrations.coming_with(self.registration).exists()
