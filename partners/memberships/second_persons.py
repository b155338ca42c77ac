"""Who may be the second person where one person alone must not decide.

Whoever decides is not the one who asks, did not come in by the same hand, and has had the role for seven days. A hand
is one person and everybody whom that person alone has let in, also where the role of somebody between them has ended.
A role that a second person has confirmed, and one that a command on the server gave, starts a hand of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.utils import timezone

from partners.memberships.errors import NotSecondPerson
from partners.memberships.models import Membership, MembershipInvitation
from partners.memberships.states import DESK_ROLES, Role, SecondPersonFault

if TYPE_CHECKING:
    from partners.directory.models import Organisation
    from victor.accounts.models import User

SETTLING_PERIOD = timedelta(days=7)
COORDINATOR = frozenset({Role.COORDINATOR})


@dataclass(frozen=True)
class Register:
    """Who holds which roles, and who has let whom in, by account. Load it once where several questions are asked."""

    roles: dict[int, list[Membership]]
    invitations: dict[int, MembershipInvitation]

    @classmethod
    def load(cls) -> Self:
        """What the database knows now."""
        roles: dict[int, list[Membership]] = {}
        for membership in Membership.objects.select_related("user").order_by("user__name", "user_id", "pk"):
            roles.setdefault(membership.user_id, []).append(membership)
        accepted = MembershipInvitation.objects.exclude(accepted_by=None).select_related("invitation")
        return cls(
            roles, {invitation.accepted_by_id: invitation for invitation in accepted if invitation.accepted_by_id}
        )


def require_second_person(
    second: User, *, asker: User | None, roles: Collection[Role], at: Organisation | None = None
) -> None:
    """Refuse whoever cannot decide on what `asker` asks for.

    Raises:
        NotSecondPerson: with the reason, and who can.
    """
    register = Register.load()
    if fault := second_person_fault(second, asker=asker, roles=roles, at=at, register=register):
        raise NotSecondPerson(fault, second_persons(asker=asker, roles=roles, at=at, register=register))


def second_persons(
    *,
    asker: User | None,
    roles: Collection[Role],
    at: Organisation | None = None,
    without: Collection[int] = (),
    register: Register | None = None,
) -> list[User]:
    """Everybody who may log in, has one of the roles, and can decide on what `asker` asks for."""
    register = register or Register.load()
    people = [memberships[0].user for memberships in register.roles.values()]
    return [
        person
        for person in people
        if person.is_active
        and person.pk not in without
        and second_person_fault(person, asker=asker, roles=roles, at=at, register=register) is None
    ]


def second_person_fault(
    second: User,
    *,
    asker: User | None,
    roles: Collection[Role],
    at: Organisation | None = None,
    register: Register | None = None,
) -> SecondPersonFault | None:
    """Why `second` cannot decide; None where they can."""
    if asker is not None and second.pk == asker.pk:
        return SecondPersonFault.OWN
    register = register or Register.load()
    memberships = register.roles.get(second.pk, [])
    entitling = [row for row in memberships if row.role in roles and (at is None or row.organisation_id == at.pk)]
    if not entitling and not second.is_superuser:
        return SecondPersonFault.NO_ROLE
    if any(membership.role in DESK_ROLES and membership.confirmed_by_id for membership in entitling):
        return None  # a coordinator knows the person
    if asker is not None and _is_same_hand(asker, second, register):
        return SecondPersonFault.INVITED
    return SecondPersonFault.RECENT if entitling and all(map(is_recent, entitling)) else None


def is_recent(membership: Membership) -> bool:
    """Whether the role is so new that its holder decides on nothing yet."""
    return not membership.founding and membership.granted_at > timezone.now() - SETTLING_PERIOD


def hand_of(user_id: int, register: Register) -> int:
    """The person whose word alone let this person in, or let in whoever did: by default the person."""
    invitation = register.invitations.get(user_id)
    if invitation is None or invitation.founding or invitation.confirmed_by_id:
        return user_id
    inviter = invitation.invitation.invited_by_id
    return user_id if inviter is None else hand_of(inviter, register)


def _is_same_hand(asker: User, second: User, register: Register) -> bool:
    if _has_let_in(asker, second, register) or _has_let_in(second, asker, register):
        return True
    return hand_of(asker.pk, register) == hand_of(second.pk, register)


def _has_let_in(inviter: User, person: User, register: Register) -> bool:
    """Whether one invited the other, unless a coordinator has confirmed since that both are independent."""
    invitation = register.invitations.get(person.pk)
    if invitation is None or (invitation.role in DESK_ROLES and invitation.confirmed_by_id):
        return False
    return invitation.invitation.invited_by_id == inviter.pk
