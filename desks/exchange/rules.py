"""Who may ask for a file that leaves? Whoever was given the right for its kind. Who agrees is a matter of roles.

Supervisors bring cases in.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import rules
from django.apps import apps

from desks.desk.rules import leads, works_at
from desks.exchange.states import DESK_KINDS, ExportKind
from partners.memberships.rules import coordinates, is_coordinator, organisations_of
from partners.memberships.states import DESK_ROLES, Role

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from partners.memberships.models import Membership
    from victor.accounts.models import User


def holds_right(kind: ExportKind, user: User, desk: Desk | None = None) -> bool:
    """Holds the right for a kind, at a desk; for all desks where none is named."""
    return bool(apps.get_model("desks.ExportRight").objects.allows(user, kind, desk))


@rules.predicate
def gives_rights(user: User, membership: Membership | None = None) -> bool:
    """Gives rights to others of the same place: a supervisor at the own desks, a coordinator to coordinators."""
    if membership is None:
        return bool(organisations_of(user, supervising=True)) or coordinates(user)
    if membership.user_id == user.pk:
        return False
    if membership.role in DESK_ROLES:
        return membership.organisation_id in organisations_of(user, supervising=True)
    return membership.role == Role.COORDINATOR and coordinates(user)


@rules.predicate
def takes_rights(user: User, membership: Membership | None = None) -> bool:
    """Takes rights away: whoever gives them there, and a coordinator anywhere; nobody their own."""
    if membership is None:
        return gives_rights(user)
    return bool(gives_rights(user, membership)) or (coordinates(user) and membership.user_id != user.pk)


PERMISSIONS = {kind: f"desks.export_{kind}" for kind in ExportKind}
for kind, permission in PERMISSIONS.items():
    rules.add_perm(permission, rules.predicate(partial(holds_right, kind), name=permission))
rules.add_perm("desks.give_export_right", gives_rights)
rules.add_perm("desks.withdraw_export_right", takes_rights)
rules.add_perm("desks.see_exports", works_at | is_coordinator)
rules.add_perm("desks.import_cases", leads)


def kinds_for(membership: Membership) -> list[ExportKind]:
    """The kinds of which somebody in this role can have the right."""
    own = DESK_KINDS if membership.role in DESK_ROLES else frozenset(ExportKind) - DESK_KINDS
    return [kind for kind in ExportKind if kind in own]
