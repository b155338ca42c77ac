"""The people of a desk: who works there, who has a vault, who holds the keys, and what is to be done next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise

from desks.models import Desk
from desks.querysets import WORKING, colleagues
from desks.requirements import REHEARSAL_HOLDS, lacking
from partners.models import Membership
from partners.states import Role
from victor.accounts.models import User
from victor.vault.models import PersonalKey, Resealing
from victor.vault.states import ResealingState


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


class Team:
    """The people of one desk, asked for `with_readiness()`."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.group = desk, desk.group

    @cached_property
    def people(self) -> list[Colleague]:
        """By name; whoever has left comes first."""
        holders = set(self.group.members.values_list("user", flat=True)) if self.group else set()
        officers = set(self.group.officers.values_list("user", flat=True)) if self.group else set()
        vaults = set(PersonalKey.objects.in_use().values_list("user", flat=True))
        roles: dict[int, list[str]] = {}
        for membership in Membership.objects.filter(organisation=self.desk.organisation_id, role__in=WORKING):
            roles.setdefault(membership.user_id, []).append(Role(membership.role).label)
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
        return sorted(people, key=lambda each: not each.has_left)

    @property
    def could_begin(self) -> int:
        """How many would get the keys if they were opened now."""
        return sum(each.has_vault for each in self.people)

    @cached_property
    def lacking(self) -> list[Promise]:
        """What the desk needs before it is public."""
        return list(lacking(self.desk))

    @property
    def rehearsal_holds_until(self):  # annotated by the queryset
        """Until when the last test report that it passed counts."""
        return self.desk.rehearsed_at and self.desk.rehearsed_at + REHEARSAL_HOLDS

    @cached_property
    def resealing(self) -> dict[str, int]:
        """Reports that are on their way to the new key: how many of how many still wait."""
        running = Resealing.objects.filter(target=self.group, state=ResealingState.RUNNING) if self.group else None
        if running is None:
            return {}
        waiting = running.aggregate(waiting=Count("waiting"))["waiting"]
        return {"waiting": waiting, "total": running.aggregate(total=Sum("total"))["total"]} if waiting else {}
