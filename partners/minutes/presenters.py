"""What the pages of minutes, decisions and actions show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partners.meetings.models import AgendaItem
from partners.minutes.agendas import next_meeting_of
from partners.minutes.contents import ItemContents, contents_of, digest_of, items_of, names_in
from partners.minutes.models import Action, Decision
from partners.minutes.rules import approval_part_of, chairs
from partners.minutes.states import ACTION_MOVES, ActionMove, ActionState, MinutesState
from victor.access import is_permitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partners.groups.models import WorkingGroup
    from partners.meetings.models import Meeting
    from partners.minutes.models import ItemText, Minutes, Remark
    from victor.accounts.models import User


@dataclass(frozen=True)
class Quorum:
    """How many were there, of how many, and whether that is enough."""

    present: int
    invited: int
    needed: int

    @property
    def is_reached(self) -> bool:
        """Whether enough were there."""
        return self.present >= self.needed


@dataclass(frozen=True)
class MinutesPage:
    """A version of minutes as it is read, and what its reader can do with it."""

    minutes: Minutes
    digest: str
    items: list[ItemContents]
    present: Sequence[str]
    absent: Sequence[str]
    quorum: Quorum
    remarks: list[Remark]
    versions: list[Minutes]
    can_write: bool
    can_take_back: bool
    can_approve: bool
    can_correct: bool
    can_remark: bool

    @classmethod
    def of(cls, minutes: Minutes, reader: User) -> MinutesPage:
        """Load what the page shows."""
        contents = contents_of(minutes)
        present, absent = names_in(contents, "present"), names_in(contents, "absent")
        group, state = minutes.meeting.group, minutes.state
        writes = is_permitted(reader, "partners.write_minutes", group)
        versions = list(type(minutes).objects.visible_to(reader).filter(meeting=minutes.meeting).order_by("-version"))
        is_newest = all(other.version <= minutes.version for other in versions)
        is_out = state == MinutesState.CIRCULATED
        return cls(
            minutes=minutes,
            digest=minutes.digest or digest_of(contents),
            items=items_of(contents),
            present=present,
            absent=absent,
            quorum=Quorum(len(present), len(present) + len(absent), minutes.meeting.quorum),
            remarks=list(minutes.remarks.select_related("author")),
            versions=versions,
            can_write=writes and state == MinutesState.DRAFT,
            can_take_back=writes and is_out,
            can_approve=is_out and not minutes.takes_remarks and _can_approve(minutes, reader),
            can_correct=writes and minutes.is_frozen and is_newest,
            can_remark=state != MinutesState.DRAFT,
        )


def _can_approve(minutes: Minutes, reader: User) -> bool:
    part = approval_part_of(reader, minutes.meeting.group)
    if part is None or reader.pk in {minutes.chair_id, minutes.secretary_id}:
        return False
    return (minutes.chair_id if part == "chair" else minutes.secretary_id) is None


@dataclass(frozen=True)
class ItemEditor:
    """One agenda item of a draft, with what was written, decided and agreed; and the others beside it."""

    minutes: Minutes
    item: AgendaItem
    items: list[tuple[AgendaItem, bool]]
    text: ItemText | None
    seconds: list[ItemText]
    decisions: list[Decision]
    actions: list[Action]
    quorum: Quorum
    following: AgendaItem | None

    @classmethod
    def of(cls, minutes: Minutes, item: AgendaItem) -> ItemEditor:
        """Load what the page shows."""
        items = list(minutes.meeting.agenda.all())
        texts = list(minutes.texts.select_related("author"))
        written = {row.item_id for row in texts if row.state == "current" and row.text}
        rows = list(minutes.attendance.values_list("is_present", flat=True))
        own = [row for row in texts if row.item_id == item.pk]
        place = next(number for number, other in enumerate(items) if other.pk == item.pk)
        return cls(
            minutes=minutes,
            item=item,
            items=[(other, other.pk in written) for other in items],
            text=next((row for row in own if row.state == "current"), None),
            seconds=[row for row in own if row.state == "second"],
            decisions=list(item.decisions.select_related("group").order_by("year", "number")),
            actions=list(item.actions.select_related("owner")),
            quorum=Quorum(sum(rows), len(rows), minutes.meeting.quorum),
            following=next(iter(items[place + 1 :]), None),
        )


@dataclass(frozen=True)
class Source:
    """Where an action comes from: the meeting, the number of the item, and the decision."""

    meeting: Meeting
    number: int
    decision: Decision | None


@dataclass(frozen=True)
class ActionRow:
    """An action in a list."""

    action: Action
    source: Source | None

    @classmethod
    def of(cls, action: Action) -> ActionRow:
        """One whose item and meeting are loaded."""
        if action.item is None:
            return cls(action, None)
        return cls(action, Source(action.item.meeting, action.item.position, action.decision))


@dataclass(frozen=True)
class ActionList:
    """Actions in one of four states, with how many there are in each."""

    group: WorkingGroup | None
    shown: str
    rows: list[ActionRow]
    counts: dict[str, int]
    next_meeting: Meeting | None
    can_write: bool

    @classmethod
    def of(cls, reader: User, shown: str, group: WorkingGroup | None = None) -> ActionList:
        """Of a group; without one: the reader's own. All of them are loaded, because each is counted."""
        actions = Action.objects.visible_to(reader).for_listing()
        own = list(actions.of_person(reader) if group is None else actions.filter(group=group))
        parts = {
            "open": [row for row in own if row.state == ActionState.OPEN],
            "overdue": [row for row in own if row.is_overdue],
            "done": [row for row in own if row.state in {ActionState.DONE, ActionState.VERIFIED}],
            "dropped": [row for row in own if row.state == ActionState.DROPPED],
        }
        return cls(
            group=group,
            shown=shown,
            rows=[ActionRow.of(row) for row in parts[shown]],
            counts={name: len(rows) for name, rows in parts.items()},
            next_meeting=next_meeting_of(group) if group else None,
            can_write=group is not None and is_permitted(reader, "partners.write_minutes", group),
        )


@dataclass(frozen=True)
class ActionPage:
    """One action, where it comes from, where it stands next, and what its reader can do."""

    row: ActionRow
    next_meeting: Meeting | None
    can_finish: bool
    can_verify: bool
    can_return: bool
    can_drop: bool
    can_change: bool

    @classmethod
    def of(cls, action: Action, reader: User) -> ActionPage:
        """Load what the page shows."""
        leads, chairing = is_permitted(reader, "partners.write_minutes", action.group), chairs(reader, action.group)
        is_open = action.state == ActionState.OPEN
        return cls(
            row=ActionRow.of(action),
            next_meeting=next_meeting_of(action.group) if is_open else None,
            can_finish=is_open and is_permitted(reader, "partners.settle_action", action),
            can_verify=chairing and _is_possible(action, ActionMove.VERIFY) and action.done_by_id != reader.pk,
            can_return=chairing and _is_possible(action, ActionMove.RETURN),
            can_drop=chairing and _is_possible(action, ActionMove.DROP),
            can_change=leads and is_open,
        )


def _is_possible(action: Action, move: ActionMove) -> bool:
    return action.state in ACTION_MOVES[move]
