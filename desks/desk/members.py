"""The people of a desk: who works there, who has a vault, who holds the keys, and what is to be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise

from desks.desk.models import Desk
from desks.desk.publication_checks import REHEARSAL_VALIDITY, missing_for_publication
from desks.desk.querysets import DESK_ROLES, colleagues
from partners.memberships.models import Membership
from partners.memberships.states import Role
from victor.accounts.models import User
from victor.vault.groups.models import KeyRotation
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

    @property
    def has_left(self) -> bool:
        """Whether the person works here no longer."""
        return not self.roles


class DeskMembers:
    """The people of a desk, which was loaded `with_readiness()`."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.group = desk, desk.group

    @cached_property
    def colleagues(self) -> list[Colleague]:
        """By name; whoever has left comes first."""
        holders = set(self.group.members.values_list("user", flat=True)) if self.group else set()
        officers = set(self.group.officers.values_list("user", flat=True)) if self.group else set()
        vaults = set(PersonalKey.objects.in_use().values_list("user", flat=True))
        roles: dict[int, list[str]] = {}
        for membership in Membership.objects.filter(organisation=self.desk.organisation_id, role__in=DESK_ROLES):
            roles.setdefault(membership.user_id, []).append(str(Role(membership.role).label))
        working = set(colleagues(self.desk).values_list("pk", flat=True))
        users = User.objects.filter(Q(pk__in=working) | Q(pk__in=holders)).order_by("name", "pk")
        people = [
            Colleague(
                user,
                roles[user.pk] if user.pk in working else [],
                user.pk in vaults,
                user.pk in holders,
                user.pk in officers,
            )
            for user in users
        ]
        return sorted(people, key=lambda colleague: not colleague.has_left)

    @property
    def vault_count(self) -> int:
        """How many would get the keys if they were opened now."""
        return sum(colleague.has_vault for colleague in self.colleagues)

    @cached_property
    def missing(self) -> list[Promise]:
        """What the desk needs before it is public."""
        return list(missing_for_publication(self.desk))

    @property
    def rehearsal_valid_until(self) -> datetime | None:
        """Until when the last test report that it passed counts."""
        rehearsed_at = self.desk.rehearsed_at
        return rehearsed_at and rehearsed_at + REHEARSAL_VALIDITY

    @cached_property
    def key_rotation(self) -> dict[str, int]:
        """Reports that are on their way to the new key: how many of how many still wait."""
        running = KeyRotation.objects.filter(target=self.group, state=RotationState.RUNNING) if self.group else None
        if running is None:
            return {}
        waiting = running.aggregate(waiting=Count("waiting"))["waiting"]
        return {"waiting": waiting, "total": running.aggregate(total=Sum("total"))["total"]} if waiting else {}
