"""Random walks: how far they go is one number, short in the daily suite and long in `make prove`."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from desks.desk.errors import DeskRefusal

# At least so many steps a walk; 0 means one run of the length that the test names.
STEPS = int(os.environ.get("VICTOR_WALK_STEPS", "0"))

START = datetime(2026, 11, 30, 9, tzinfo=UTC)


class StandingWalk(RuleBasedStateMachine):
    """People act while the clock stands, at `now`, until a rule moves it. Nothing of a walk is left for the next."""

    steps = 0
    refusals: tuple[type[Exception], ...] = (DeskRefusal, PermissionDenied)

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.travel = time_machine.travel(START, tick=False)
        self.clock = self.travel.start()
        self.atom = transaction.atomic()
        self.atom.__enter__()

    def teardown(self) -> None:
        """Undo all of it."""
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)
        self.travel.stop()

    def act(self, action: Any, *arguments: Any, **options: Any) -> None:
        """Try an action as somebody; a refusal changes nothing."""
        type(self).steps += 1
        with suppress(*self.refusals), transaction.atomic():
            action(*arguments, **options)
        self.check_moves()

    def check_moves(self) -> None:
        """Hold what an action has changed against the table of moves. A walk that looks elsewhere has nothing here."""


def walk(machine: type[RuleBasedStateMachine], *, walks: int, steps: int) -> None:
    """Let the machine go so many walks of so many steps, again and again until `VICTOR_WALK_STEPS` are done.

    The machine counts its steps in `machine.steps`, so that a test can say how many there were.
    """
    machine.steps = 0  # type: ignore[attr-defined]
    limits = settings(
        max_examples=walks,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    while True:
        run_state_machine_as_test(machine, settings=limits)
        if machine.steps >= STEPS:  # type: ignore[attr-defined]
            return
