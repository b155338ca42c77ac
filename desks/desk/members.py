"""The people of a desk: who works there, who has a vault, who holds the keys, and what is to be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from desks.desk.models import Desk
from desks.desk.publication_checks import REHEARSAL_VALIDITY, missing_for_publication
from desks.desk.querysets import DESK_ROLES, colleagues
from partners.memberships.models import Membership
from partners.memberships.states import Role
from victor.accounts.models import User
from victor.vault.groups.models import Group, KeyRotation
from victor.vault.groups.states import RotationState
from victor.vault.keys.models import PersonalKey


@dataclass(frozen=True)
class Colleague:
    """Somebody who works at the desk, or holds a key to it without working there any more (`roles` is empty)."""

    user: User
    roles: list[str]
    has_vault: bool
    holds_key: bool
    is_officer: bool
    worker: Membership | None = None  # the role that can receive referrals

    @property
    def has_left(self) -> bool:
        """Whether the person works here no longer."""
        return not self.roles


@dataclass(frozen=True)
class RotationProgress:
    """How many of a desk's reports still have to be sealed to its new key, and of how many."""

    waiting: int
    total: int


class DeskMembers:
    """The people of a desk, which was loaded `with_readiness()`, and the state of its keys.

    `missing` names what the desk needs before it is public. `key_rotation` is None while no report waits for a new key.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk, self.group = desk, desk.group
        self.colleagues = colleagues_of(desk)
        self.missing = list(missing_for_publication(desk))
        self.is_recoverable = bool(self.group and self.group.is_recoverable)
        self.key_rotation = _rotation_progress(self.group) if self.group else None

    @property
    def vault_count(self) -> int:
        """The number of people who would get the keys if they were created now."""
        return sum(colleague.has_vault for colleague in self.colleagues)

    @property
    def rehearsal_valid_until(self) -> datetime | None:
        """Until when the last test report that the desk passed counts."""
        rehearsed_at = self.desk.rehearsed_at
        return rehearsed_at and rehearsed_at + REHEARSAL_VALIDITY


def colleagues_of(desk: Desk) -> list[Colleague]:
    """Those who work at a desk or hold its keys, by name. People who have left come first."""
    group = desk.group
    holders = set(group.members.values_list("user", flat=True)) if group else set()
    officers = set(group.officers.values_list("user", flat=True)) if group else set()
    vaults = set(PersonalKey.objects.in_use().values_list("user", flat=True))
    roles: dict[int, list[str]] = {}
    workers: dict[int, Membership] = {}
    for membership in Membership.objects.filter(organisation=desk.organisation_id, role__in=DESK_ROLES):
        roles.setdefault(membership.user_id, []).append(str(Role(membership.role).label))
        if membership.role == Role.WORKER:
            workers[membership.user_id] = membership
    working = set(colleagues(desk).values_list("pk", flat=True))
    users = User.objects.filter(Q(pk__in=working) | Q(pk__in=holders)).order_by("name", "pk")
    people = [
        Colleague(
            user,
            roles[user.pk] if user.pk in working else [],
            user.pk in vaults,
            user.pk in holders,
            user.pk in officers,
            workers.get(user.pk) if user.pk in working else None,
        )
        for user in users
    ]
    return sorted(people, key=lambda colleague: not colleague.has_left)


def _rotation_progress(group: Group) -> RotationProgress | None:
    running = KeyRotation.objects.filter(target=group, state=RotationState.RUNNING)
    waiting = running.aggregate(waiting=Count("waiting"))["waiting"]
    if not waiting:
        return None
    return RotationProgress(waiting, running.aggregate(total=Sum("total"))["total"])
