"""Actions to do, to confirm and without an owner; minutes to approve and second texts to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from victor.formatting import short_day
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since

if TYPE_CHECKING:
    from victor.todo.models import Item

DAY = f"::timestamp AT TIME ZONE '{settings.TIME_ZONE}'"
MEMBERS = "partners_groupmember g JOIN accounts_user u ON u.id = g.user_id AND u.is_active AND g.until IS NULL"
PEOPLE = f"ARRAY(SELECT 'user:' || u.id FROM {MEMBERS} WHERE g.group_id = {{group}} AND g.role IN "  # noqa: S608 - names of tables only
CHAIRS = PEOPLE + "('chair', 'deputy'))"
SECRETARIES = PEOPLE + "('secretary'))"
ACTIONS_OF_GROUP = Watched(
    "partners_groupmember", "SELECT a.* FROM partners_action a WHERE a.group_id = {row}.group_id"
)
OWNER = "LEFT JOIN accounts_user owner ON owner.id = r.owner_id AND owner.is_active"
OWNED = "SELECT a.* FROM partners_action a WHERE a.owner_id = {row}.id"
MINUTES_OF_GROUP = Watched(
    "partners_groupmember",
    "SELECT m.* FROM partners_minutes m JOIN partners_meeting t ON t.id = m.meeting_id"
    " WHERE t.group_id = {row}.group_id",
)
MEETING = "JOIN partners_meeting meeting ON meeting.id = r.meeting_id"
SECOND = """
CROSS JOIN LATERAL (
    SELECT count(*) AS waiting, min(t.saved_at) AS first, array_agg(DISTINCT 'user:' || t.author_id) AS people
    FROM partners_itemtext t WHERE t.minutes_id = r.id AND t.state = 'second'
) second
"""
TEXTS = "SELECT m.* FROM partners_minutes m WHERE m.id = {row}.minutes_id"


def action_line(item: Item, number: int) -> Line:
    """Something that the reader has taken on."""
    due = item.due_at or item.since
    return Line(item.facts["words"], _("until %(day)s") % {"day": short_day(due)}, _action(item))


def verify_line(item: Item, number: int) -> Line:
    """Something that somebody has done, for the chair to confirm."""
    return Line(_("Confirm: %(words)s") % {"words": item.facts["words"]}, since(item.since), _action(item))


def ownerless_line(item: Item, number: int) -> Line:
    """Something that nobody does, because its owner has left."""
    return Line(_("Action without an owner: %(words)s") % item.facts, since(item.since), _action(item))


def approval_line(item: Item, number: int) -> Line:
    """Minutes for chair and secretary to approve."""
    return Line(_("Approve minutes: %(title)s") % item.facts, since(item.since), _minutes(item))


def choice_line(item: Item, number: int) -> Line:
    """Two texts of one item, of which somebody chooses one."""
    waiting = int(item.facts["waiting"])
    words = ngettext("%(count)d second text waits", "%(count)d second texts wait", waiting) % {"count": waiting}
    return Line(_("Choose a text: %(title)s") % item.facts, words, _minutes(item))


def _action(item: Item) -> str:
    return reverse("partners:action", args=[item.source])


def _minutes(item: Item) -> str:
    return reverse("partners:minutes", args=[item.facts["meeting"], item.facts["version"]])


declare_kind(
    Kind(
        name="partners.action",
        table="partners_action",
        describe=action_line,
        joins=OWNER,
        is_open="r.state = 'open' AND owner.id IS NOT NULL",
        audiences="array_remove(ARRAY['user:' || r.owner_id, 'user:' || r.deputy_id], NULL)",
        subject="'partners.action:' || r.id",
        since="r.made_at",
        due_at=f"(r.due_on + 1){DAY}",
        urgent="r.priority = 'high'",
        facts={"words": "r.words"},
        watched=[Watched("accounts_user", OWNED, ("is_active",))],
    )
)
declare_kind(
    Kind(
        name="partners.action_done",
        table="partners_action",
        describe=verify_line,
        is_open="r.state = 'done'",
        audiences=CHAIRS.format(group="r.group_id"),
        subject="'partners.action:' || r.id",
        barred="r.done_by_id",
        since="r.done_at",
        facts={"words": "r.words"},
        watched=[ACTIONS_OF_GROUP],
    )
)
declare_kind(
    Kind(
        name="partners.action_owner",
        table="partners_action",
        describe=ownerless_line,
        joins=OWNER,
        is_open="r.state = 'open' AND owner.id IS NULL",
        audiences=f"ARRAY['coordinator'] || {CHAIRS.format(group='r.group_id')}",
        subject="'partners.action:' || r.id",
        since="r.made_at",
        facts={"words": "r.words"},
        watched=[Watched("accounts_user", OWNED, ("is_active",)), ACTIONS_OF_GROUP],
    )
)
declare_kind(
    Kind(
        name="partners.minutes_approval",
        table="partners_minutes",
        describe=approval_line,
        joins=MEETING,
        is_open="r.state = 'circulated'",
        audiences=(
            f"CASE WHEN r.chair_id IS NULL THEN {CHAIRS.format(group='meeting.group_id')} ELSE '{{}}'::text[] END || "
            f"CASE WHEN r.secretary_id IS NULL THEN {SECRETARIES.format(group='meeting.group_id')}"
            " ELSE '{}'::text[] END"
        ),
        subject="'partners.minutes:' || r.id",
        since=f"(r.remarks_until + 1){DAY}",
        facts={"title": "meeting.title", "meeting": "r.meeting_id", "version": "r.version"},
        watched=[MINUTES_OF_GROUP],
    )
)
declare_kind(
    Kind(
        name="partners.minutes_choice",
        table="partners_minutes",
        describe=choice_line,
        joins=f"{MEETING} {SECOND}",
        is_open="r.state = 'draft' AND second.waiting > 0",
        audiences="second.people",
        subject="'partners.minutes:' || r.id",
        since="second.first",
        facts={
            "title": "meeting.title",
            "meeting": "r.meeting_id",
            "version": "r.version",
            "waiting": "second.waiting",
        },
        watched=[Watched("partners_itemtext", TEXTS)],
    )
)
