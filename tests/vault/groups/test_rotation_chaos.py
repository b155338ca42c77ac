"""Two processes that move records to a new key are killed between batches; a third finds what is left, and no more."""

from __future__ import annotations

import pytest

from tests import processes
from tests.vault.people import make_group, open_vault, reads, write_records
from tests.waiting import wait_until
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import rotation
from victor.vault.groups.models import KeyRotation
from victor.vault.groups.states import RotationState
from victor.vault.keys.models import Grant

RECORDS = 1000


def moved_past(count: int) -> int:
    """How many records have moved, once more than so many have."""
    wait_until(lambda: KeyRotation.objects.get().moved_count > count, pause=0.01)
    return KeyRotation.objects.get().moved_count


@pytest.mark.prove
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_kill_two_processes_that_move_records_leaves_each_with_the_new_key_only(figure):
    anna, ben = open_vault(), open_vault()
    group, moved = make_group(anna, ben), 0
    envelopes = write_records(group, RECORDS)
    groups_actions.dismiss_member(group, ben.person, by=anna)
    for _ in range(2):
        process = processes.start("-m", "tests.vault.mover", str(anna.person.pk), variables=processes.environment())
        moved = moved_past(moved)
        processes.kill(process)
        assert all(reads(each, anna) for each in envelopes[::100])
    assert moved < RECORDS
    rotation.continue_rotations(by=anna, seconds=600)
    group.refresh_from_db()
    assert KeyRotation.objects.values_list("state", "moved_count").get() == (RotationState.DONE, RECORDS)
    assert set(Grant.objects.exclude(holder=group.key).values_list("holder", flat=True)) == {anna.key_id}
    assert [sum(reads(each, who) for each in envelopes) for who in (anna, ben)] == [RECORDS, 0]
    figure("vault: records that open by the new key after 2 kills", f"{RECORDS} of {RECORDS}")
