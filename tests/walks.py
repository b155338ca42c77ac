"""Random walks: how far they go is one number, short in the daily suite and long in `make prove`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

# At least so many steps a walk; 0 means one run of the length that the test names.
STEPS = int(os.environ.get("VICTOR_WALK_STEPS", "0"))


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
