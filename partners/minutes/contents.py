"""What a version of minutes holds, as plain values: what pages and paper show, and what is frozen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, cast

from partners.minutes.models import Action, Decision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partners.meetings.models import Invitation
    from partners.minutes.models import Minutes

Contents: TypeAlias = "dict[str, object]"


def contents_of(minutes: Minutes) -> Contents:
    """What was approved; for what is not approved, what is written now."""
    frozen: Contents | None = minutes.contents
    return minutes_contents(minutes) if frozen is None else frozen


def minutes_contents(minutes: Minutes) -> Contents:
    """What is written now: who was there, and of each item its text, decisions and actions.

    Nothing of it depends on a language but what people have typed.
    """
    meeting = minutes.meeting
    rows = list(minutes.attendance.select_related("invitation"))
    texts = {row.item_id: row.text for row in minutes.texts.current()}
    items = list(meeting.agenda.all())
    decisions = list(Decision.objects.filter(item__in=items).select_related("group").order_by("year", "number"))
    actions = list(Action.objects.filter(item__in=items).select_related("owner").order_by("pk"))
    return {
        "version": minutes.version,
        "changes": minutes.changes,
        "starts": meeting.starts.isoformat(),
        "quorum": meeting.quorum,
        "present": sorted(name_of(row.invitation) for row in rows if row.is_present),
        "absent": sorted(name_of(row.invitation) for row in rows if not row.is_present),
        "items": [
            {
                "title": item.title,
                "text": texts.get(item.pk, ""),
                "decisions": [_decision(row) for row in decisions if row.item_id == item.pk],
                "actions": [_action(row) for row in actions if row.item_id == item.pk],
            }
            for item in items
        ],
    }


def digest_of(contents: Mapping[str, object]) -> str:
    """SHA-256 of the contents as canonical JSON."""
    plain = json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True)
class ItemContents:
    """An agenda item as minutes have it. Until when its actions are due is a day."""

    title: str
    text: str
    decisions: list[Contents]
    actions: list[Contents]


def names_in(contents: Mapping[str, object], key: str) -> list[str]:
    """Names in the contents of minutes: of those who were there, or of the others."""
    return [str(name) for name in cast("list[str]", contents[key])]


def items_of(contents: Mapping[str, object]) -> list[ItemContents]:
    """The items of the contents."""
    items = cast("list[dict[str, list[Contents]]]", contents["items"])
    return [
        ItemContents(
            str(item["title"]),
            str(item["text"]),
            item["decisions"],
            [{**row, "due": date.fromisoformat(str(row["due"]))} for row in item["actions"]],
        )
        for item in items
    ]


def name_of(invitation: Invitation) -> str:
    """How somebody who was invited is called."""
    return f"{invitation.substitute} ({invitation.name})" if invitation.substitute else invitation.name


def _decision(row: Decision) -> Contents:
    votes = {"for": row.votes_for, "against": row.votes_against, "abstained": row.abstained}
    return {"code": row.code, "words": row.words, **votes}


def _action(row: Action) -> Contents:
    """As it was agreed: what has become of it stands in the list of actions."""
    return {"words": row.words, "owner": row.owner.name if row.owner else "", "due": row.due_on.isoformat()}
