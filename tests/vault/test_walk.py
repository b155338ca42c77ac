"""Random walks over groups, people and records: at each moment exactly the members read, and nothing is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.vault.people import open_vault, reads, replace_vault, write_records
from tests.walks import walk
from victor.access import System
from victor.vault.errors import AlreadyAMember, LastMember, NoGrant, NotAMember, NotRecoverable, RecoveryNotPossible
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import recovery, rotation
from victor.vault.groups.models import Group
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.records.models import Envelope

WHO = st.integers(min_value=0, max_value=3)
WHICH = st.integers(min_value=0, max_value=1)
CLERK = System("test")


class Vault(RuleBasedStateMachine):
    """Four people, two groups with two officers each; `can` and `holds` are what should have become of them.

    A person who has forgotten the passphrase is a member who cannot read until the recovery is complete.
    """

    steps = readings = 0

    def __init__(self) -> None:
        super().__init__()
        self.people: list[UnlockedVault] = [open_vault() for _ in range(4)]
        self.officers: list[UnlockedVault] = [open_vault() for _ in range(2)]
        self.groups: list[Group] = []
        for who in range(2):
            given = {"members": [self.people[who].person], "officers": [each.person for each in self.officers]}
            self.groups.append(groups_actions.create_group(name=f"Group {who}", by=CLERK, **given))
        self.members: list[set[int]] = [{0}, {1}]
        self.can: list[set[int]] = [{0}, {1}]
        self.holds: list[tuple[Envelope, int]] = [
            (*write_records(group), which) for which, group in enumerate(self.groups)
        ]

    @rule(which=WHICH, who=WHO, by=WHO)
    def admit(self, which: int, who: int, by: int) -> None:
        allowed = who not in self.members[which] and by in self.can[which]
        if self.tried(
            allowed, groups_actions.admit_member, self.groups[which], self.people[who].person, by=self.people[by]
        ):
            self.members[which].add(who)
            self.can[which].add(who)

    @rule(which=WHICH, who=WHO, by=WHO)
    def dismiss(self, which: int, who: int, by: int) -> None:
        allowed = who in self.members[which] and by in self.can[which] and bool(self.can[which] - {who})
        if self.tried(
            allowed, groups_actions.dismiss_member, self.groups[which], self.people[who].person, by=self.people[by]
        ):
            self.members[which].discard(who)
            self.can[which].discard(who)

    @rule(which=WHICH, who=WHO)
    def cut_off(self, which: int, who: int) -> None:
        allowed = who in self.members[which] and bool(self.can[which] - {who})
        if self.tried(allowed, groups_actions.revoke_access, self.groups[which], self.people[who].person, by=CLERK):
            self.members[which].discard(who)
            self.can[which].discard(who)

    @rule(which=WHICH)
    def write(self, which: int) -> None:
        [envelope] = write_records(self.groups[which])
        self.holds.append((envelope, which))

    @rule(who=WHO)
    def forget(self, who: int) -> None:
        self.people[who] = replace_vault(self.people[who])
        for can in self.can:
            can.discard(who)

    @rule(which=WHICH, who=WHO, order=st.permutations([0, 1]))
    def recover(self, which: int, who: int, order: list[int]) -> None:
        allowed = who in self.members[which] and who not in self.can[which]
        first, second = (self.officers[number] for number in order)
        if self.tried(allowed, recovery.request_recovery, self.groups[which], by=self.people[who]):
            ceremony = self.groups[which].recovery_requests.latest("asked_at")
            recovery.confirm_recovery(ceremony, by=first)
            recovery.complete_recovery(ceremony, by=second)
            self.can[which].add(who)

    @rule(number=st.integers(min_value=0, max_value=20), to=WHICH, by=WHO)
    def hand_over(self, number: int, to: int, by: int) -> None:
        if number >= len(self.holds) or self.holds[number][1] == to:
            return
        envelope, which = self.holds[number]
        given: dict[str, Any] = {"source": self.groups[which], "target": self.groups[to], "by": self.people[by]}
        self.move_all(which)
        if self.tried(by in self.can[which], rotation.hand_over_records, [envelope.key], **given):
            self.move_all(which)
            self.holds[number] = (envelope, to)

    @rule(who=WHO)
    def tend(self, who: int) -> None:
        groups_actions.run_pending_maintenance(by=self.people[who])

    @rule(who=WHO)
    def move_one_batch(self, who: int) -> None:
        rotation.continue_rotations(by=self.people[who], seconds=-1)

    def move_all(self, which: int) -> None:
        """Somebody who can open the group works until none of its records waits."""
        for who in sorted(self.can[which])[:1]:
            rotation.continue_rotations(by=self.people[who], seconds=60)

    @invariant()
    def exactly_the_members_read(self) -> None:
        Vault.steps += 1
        for envelope, which in self.holds:
            readers = {number for number, each in enumerate(self.people) if reads(envelope, each)}
            assert readers == self.can[which]
            assert not any(reads(envelope, each) for each in self.officers)
            Vault.readings += len(readers)

    def tried(self, allowed: bool, action: Any, *args: Any, **kwargs: Any) -> bool:
        """Do it, or be refused, as the model says."""
        refusals = (AlreadyAMember, LastMember, NoGrant, NotAMember, RecoveryNotPossible, NotRecoverable)
        try:
            action(*args, **kwargs)
        except refusals:
            assert not allowed
            return False
        assert allowed
        return True


@pytest.mark.prove
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_walks_leave_every_record_with_exactly_the_members(figure):
    walk(Vault, walks=12, steps=40)
    figure("vault: random steps, exactly the members read", Vault.steps)
    figure("vault: readings on these walks", Vault.readings)
    assert Vault.steps >= 300
