"""Interpreters of the demo's invented children."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from desks.cases.demo import Child, happens, worker_of
from desks.cases.models import Case, today
from desks.interpreters.actions import InterpreterFacts, record_interpreter
from desks.interpreters.bookings import hold_booking
from desks.interpreters.models import InterpreterBooking
from desks.interpreters.states import InterpreterWay
from victor.stories import Scene

VETTED = ("daisy", "elder", "grove")  # their task of the first days
NEW = ("birch",)  # not vetted yet, and still to come
NAME = "Διερμηνέας (επινοημένο πρόσωπο)"


def find_interpreter(child: Child, scene: Scene) -> None:
    """Somebody who was vetted is booked for the next day."""
    facts = InterpreterFacts(child.language, InterpreterWay.IN_PERSON, tie_excluded=True, vetted_on=today())
    _record(child, scene, facts, days=1)


def find_interpreter_at_once(child: Child, scene: Scene) -> None:
    """Nobody is vetted in this language: somebody helps by telephone."""
    _record(child, scene, InterpreterFacts(child.language, InterpreterWay.TELEPHONE, tie_excluded=True), days=3)


def meet_interpreter(child: Child, scene: Scene) -> None:
    """The appointment took place."""
    for row in InterpreterBooking.objects.open().filter(case=scene.get(Case)):
        hold_booking(row, by=worker_of(child, scene))


def _record(child: Child, scene: Scene, facts: InterpreterFacts, *, days: int) -> None:
    booked_for = timezone.now() + timedelta(days=days)
    record_interpreter(scene.get(Case), facts, {"name": NAME}, booked_for=booked_for, by=worker_of(child, scene))


happens(find_interpreter, to=VETTED, after=4, hour=10)
happens(meet_interpreter, to=VETTED, after=5, hour=12)
happens(find_interpreter_at_once, to=NEW, after=1, hour=10)
