"""Minutes on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partners.minutes.contents import contents_of, digest_of, items_of, names_in
from partners.minutes.states import MinutesState
from victor.formatting import long_day
from victor.languages import current_language
from victor.pdf import personal_pdf, printable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from partners.minutes.contents import Contents, ItemContents
    from partners.minutes.models import Minutes


def minutes_pdf(minutes: Minutes) -> bytes:
    """A tagged PDF in the active language, as far as it is not what people have typed. It is never stored."""
    return personal_pdf("minutes", paper_content(minutes))


def paper_content(minutes: Minutes) -> Mapping[str, object]:
    """What the paper says."""
    contents, meeting = contents_of(minutes), minutes.meeting
    present, absent = names_in(contents, "present"), names_in(contents, "absent")
    is_frozen = minutes.state == MinutesState.APPROVED
    facts = [
        (_("Group"), meeting.group.name),
        (_("Meeting"), f"{meeting.number} · {meeting.title}"),
        (_("Day"), long_day(meeting.starts, meeting.zone)),
        (pgettext("minutes", "Status"), str(minutes.get_state_display())),
        (pgettext("of minutes", "Version"), str(minutes.version)),
        (_("Present"), ", ".join(present) or "–"),
        (_("Not present"), ", ".join(absent) or "–"),
    ]
    if minutes.changes:
        facts.append((_("What has changed"), minutes.changes))
    if is_frozen and minutes.chair and minutes.secretary and minutes.approved_at:
        facts.append((_("Approved by"), f"{minutes.chair.name}, {minutes.secretary.name}"))
        facts.append((_("Approved on"), long_day(minutes.approved_at)))
    return {
        "language": current_language(),
        "title": _("Minutes"),
        "page": _("Page"),
        "facts": [[name, printable(value)] for name, value in facts],
        "items": [_item(number, item) for number, item in enumerate(items_of(contents), start=1)],
        "words": {"decision": _("Decision"), "action": pgettext("of a group", "Action")},
        "digest": f"SHA-256 {minutes.digest or digest_of(contents)}" if is_frozen else _("Not approved yet."),
    }


def _item(number: int, item: ItemContents) -> Contents:
    decisions = [[row["code"], printable(str(row["words"])), votes_in_words(row)] for row in item.decisions]
    actions = [[printable(str(row["words"])), f"{printable(str(row['owner']))} · {_due(row)}"] for row in item.actions]
    paragraphs = [printable(line) for line in item.text.splitlines() if line.strip()]
    return {
        "title": f"{number} {printable(item.title)}",
        "paragraphs": paragraphs,
        "decisions": decisions,
        "actions": actions,
    }


def votes_in_words(row: Contents) -> str:
    """The votes of a decision in one line."""
    return _("For %(for)s, against %(against)s, abstained %(abstained)s") % row


def _due(row: Contents) -> str:
    return long_day(cast("date", row["due"]))
