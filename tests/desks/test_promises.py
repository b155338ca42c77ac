"""The owner of the database, alone, breaks none of the promises of docs/security.md (finding 9, 10, 17)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tests.desks.owner_attacks import ATTACKS, READINGS, Attack, World

pytestmark = pytest.mark.django_db


def is_broken(attack: Attack) -> bool:
    """Whether the work that was done before is done after the change too. Everything is undone."""
    with transaction.atomic():
        world = World()
        attack.prepare(world)
        attack.change(world)
        broken = attack.works(world)
        transaction.set_rollback(True)
    return broken


@pytest.mark.parametrize("attack", [*ATTACKS.values(), *READINGS.values()], ids=[*ATTACKS, *READINGS])
def test_work_without_an_attack_is_done(attack):
    world = World()
    attack.prepare(world)
    assert attack.works(world)


def test_owner_of_the_database_breaks_none_of_the_promises(figure):
    """Findings 9 and 10."""
    broken = [promise for promise, attack in ATTACKS.items() if is_broken(attack)]
    broken += [promise for promise, attack in READINGS.items() if not is_broken(attack)]
    figure("promises that the owner of the database breaks", f"{len(broken)} of {len(ATTACKS | READINGS)}")
    assert broken == []


def test_promises_of_the_document_are_those_that_are_tried():
    document = (Path(settings.BASE_DIR) / "docs" / "security.md").read_text()
    [section] = re.findall(r"## What the owner of the database cannot do\n(.*?)\n## ", document, re.DOTALL)
    assert re.findall(r"^- (.+)$", section, re.MULTILINE) == [*READINGS, *ATTACKS]
