"""What is refused about groups. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from victor.accounts.errors import AccountRefusal


class GroupHasEnded(AccountRefusal):
    """Nothing new happens in a group that has ended."""

    text = gettext_lazy("This group has ended.")


class AlreadyInGroup(AccountRefusal):
    """A person has one role in a group at a time."""

    text = gettext_lazy("This person belongs to the group already. End that first, to give another role.")


class RoleTaken(AccountRefusal):
    """A group has one chair, one deputy and one secretary."""

    text = gettext_lazy("Somebody else has this role in the group. End that first.")


class NotInGroup(AccountRefusal):
    """The person has left the group meanwhile."""

    text = gettext_lazy("This person no longer belongs to the group.")


class NotPartnerStaff(AccountRefusal):
    """Only people who work for a partner and may log in belong to groups."""

    text = gettext_lazy("Choose somebody who works for a partner and can log in.")
