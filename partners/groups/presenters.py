"""What the pages of groups show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partners.groups.forms import MemberForm
from partners.groups.models import GroupMember, WorkingGroup
from partners.groups.sections import GroupSection, sections_of
from victor.access import is_permitted

if TYPE_CHECKING:
    from victor.accounts.models import User


@dataclass(frozen=True)
class GroupPage:
    """A group, its members of today and earlier ones, and what the reader can do."""

    group: WorkingGroup
    members: list[GroupMember]
    former: list[GroupMember]
    leads: bool
    can_end: bool
    member_form: MemberForm | None
    sections: list[tuple[GroupSection, str, bool]]

    @classmethod
    def of(cls, group: WorkingGroup, reader: User, form: MemberForm | None = None) -> GroupPage:
        """Load what the page shows."""
        rows = list(group.members.for_listing())
        leads = group.ended_on is None and is_permitted(reader, "partners.lead_group", group)
        present = [member for member in rows if member.until is None and member.user.is_active]
        return cls(
            group=group,
            members=present,
            former=[member for member in rows if member not in present],
            leads=leads,
            can_end=group.ended_on is None and is_permitted(reader, "partners.found_group"),
            member_form=(form or MemberForm()) if leads else None,
            sections=sections_of(group, "partners:group"),
        )
