"""`make prove`: what needs many minutes by itself, part by part, with a table at the end.

`make prove ARGS="walks floods"` runs these parts only. A skip counts as a failure. There is no limit of time; it is run
before an issue is resolved, and `make test-long` runs the same in shortened forms. "rest" is
everything that is marked `prove`: further combinations, and tests that take minutes each.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import NamedTuple


class Part(NamedTuple):
    """What is run, and the variables that make it long."""

    paths: tuple[str, ...]
    variables: dict[str, str]


PARTS = {
    "rest": Part(("-m", "prove", "tests"), {}),
    "axe": Part(("tests/journeys/test_axe.py",), {"VICTOR_AXE": "full"}),
    "walks": Part(
        (
            "tests/desks/cases/test_walk.py",
            "tests/desks/test_case_walk.py",
            "tests/desks/handovers/test_walk.py",
            "tests/desks/referrals/test_walk.py",
            "tests/publishing/test_walk.py",
            "tests/vault/test_walk.py",
            "tests/trainings/registrations/test_order_of_arrival.py",
        ),
        {"VICTOR_WALK_STEPS": "10000"},
    ),
    "floods": Part(("tests/journeys/test_flood.py",), {"FLOOD": "600 100 60"}),
    "odd": Part(("tests/pages/odd_requests.py",), {}),
    "attacks": Part(("tests/journeys/attacks.py",), {}),
    "kills": Part(
        (
            "tests/mail/test_chaos.py",
            "tests/vault/groups/test_rotation_chaos.py",
            "tests/trainings/certificates/test_actions.py",
            "tests/trainings/registrations/test_promotion_chaos.py",
            "tests/trainings/registrations/test_concurrency.py",
            "tests/trainings/mailings/test_mailing_chaos.py",
            "tests/journeys/test_make_run.py",
        ),
        {"MAILS": "2000"},
    ),
}


def main(names: list[str]) -> int:
    """Run the parts, print the table, return 0 when all have passed."""
    if unknown := sorted(set(names) - set(PARTS)):
        print(f"No such part: {', '.join(unknown)}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    rows = [_run(name) for name in names or PARTS]
    print(f"\n{'part':<10}{'seconds':>9}  result")
    for name, seconds, passed in rows:
        print(f"{name:<10}{seconds:>9.0f}  {'passed' if passed else 'FAILED'}")
    return 0 if all(passed for _, _, passed in rows) else 1


def _run(name: str) -> tuple[str, float, bool]:
    part = PARTS[name]
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", *part.paths]
    done = subprocess.run(command, env=os.environ | {"VICTOR_NO_SKIPS": "1"} | part.variables, check=False)
    return name, time.monotonic() - started, done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
