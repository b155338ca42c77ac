"""Invitations of the demo: some that wait, one that was withdrawn and one that nobody has used in time."""

from __future__ import annotations

from functools import partial

from partners.directory.models import Organisation
from partners.memberships.actions import invite_member, revoke_invitation
from partners.memberships.models import MembershipInvitation
from partners.memberships.states import Role
from victor.accounts.demo import DOMAIN
from victor.stories import Part, Scene, declare_part

HOST = "smile-of-the-child"
INVITED = (("first", 1), ("second", 2), ("third", 3), ("fourth", 5), ("fifth", 40))  # and how many days ago
WITHDRAWN = "fourth"


def invite(name: str, scene: Scene) -> None:
    """The supervisor invites a colleague who is invented."""
    invitation = invite_member(
        email=f"{name}-colleague@{DOMAIN}",
        language="el",
        organisation=Organisation.objects.get(slug=HOST),
        role=Role.WORKER,
        by=scene.person("supervisor"),
    )
    scene.put(invitation)


def withdraw(scene: Scene) -> None:
    """The colleague does not come."""
    revoke_invitation(scene.get(MembershipInvitation), by=scene.person("supervisor"))


for name, days_ago in INVITED:
    declare_part(Part(f"invitation {name}", days_ago, 9, partial(invite, name)))
declare_part(Part(f"invitation {WITHDRAWN}", 4, 10, withdraw))
