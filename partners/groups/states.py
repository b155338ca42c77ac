"""Kinds of groups, and what a person is in one."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class GroupKind(TextChoices):
    """What a group is for."""

    STEERING = "steering", pgettext_lazy("group", "Steering group")
    WORKING = "working", pgettext_lazy("group", "Working group")
    FORUM = "forum", pgettext_lazy("group", "Forum")
    COUNTRY = "country", pgettext_lazy("group", "Group of a country")
    SEEC = "seec", pgettext_lazy("group", "SEEC")


class GroupRole(TextChoices):
    """What a person is in a group."""

    CHAIR = "chair", pgettext_lazy("role in a group", "Chair")
    DEPUTY = "deputy", pgettext_lazy("role in a group", "Deputy chair")
    SECRETARY = "secretary", pgettext_lazy("role in a group", "Secretary")
    MEMBER = "member", pgettext_lazy("role in a group", "Member")
    OBSERVER = "observer", pgettext_lazy("role in a group", "Observer")


LEADING_ROLES = frozenset({GroupRole.CHAIR, GroupRole.DEPUTY, GroupRole.SECRETARY})
ONCE_A_GROUP = [GroupRole.CHAIR, GroupRole.DEPUTY, GroupRole.SECRETARY]  # one person at a time has each
