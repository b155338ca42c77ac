"""Mails about meetings, each in the language and on the clock of whoever reads it.

They are queued as facts. Every one names the hour twice: for the reader and for the organiser.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.meetings.calendars import CANCEL, REQUEST
from partners.meetings.tokens import invitation_token
from victor.formatting import long_day, timezone_location
from victor.mail.actions import queue_facts
from victor.schedules.times import describe_moment

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from partners.meetings.models import Invitation, Meeting

TEMPLATE = "emails/meeting.txt"


def send_invitation(meeting: Meeting, invitation: Invitation, calendar: str) -> None:
    """Invite somebody."""
    with override(invitation.language):
        words = _("%(name)s invites you to %(title)s.")
        sentence = words % {"name": meeting.planned_by.name, "title": meeting.title}
        subject = _("Invitation: %(group)s, %(day)s") % _names(meeting, invitation)
        _queue(meeting, invitation, subject, sentence, calendar=calendar, method=REQUEST)


def send_change(meeting: Meeting, invitation: Invitation, calendar: str, earlier: datetime) -> None:
    """Say that a meeting was moved, and from when."""
    with override(invitation.language):
        sentence = _("%(title)s was moved. Your earlier answer stays; you can change it.") % {"title": meeting.title}
        subject = _("Changed: %(group)s, now on %(day)s") % _names(meeting, invitation)
        before = describe_moment(earlier, invitation.zone) if earlier != meeting.starts else ""
        _queue(meeting, invitation, subject, sentence, calendar=calendar, method=REQUEST, earlier=before)


def send_cancellation(meeting: Meeting, invitation: Invitation, calendar: str) -> None:
    """Say that a meeting does not take place."""
    with override(invitation.language):
        sentence = _("%(title)s is cancelled.") % {"title": meeting.title}
        subject = _("Cancelled: %(group)s, %(day)s") % _names(meeting, invitation)
        _queue(meeting, invitation, subject, sentence, calendar=calendar, method=CANCEL)


def send_reminder(meeting: Meeting, invitation: Invitation) -> None:
    """Ask once more for an answer."""
    with override(invitation.language):
        sentence = _("We do not have your answer yet. Will you come to %(title)s?") % {"title": meeting.title}
        subject = _("Your answer: %(group)s, %(day)s") % _names(meeting, invitation)
        _queue(meeting, invitation, subject, sentence)


def invitation_link(invitation: Invitation) -> str:
    """The address at which somebody answers without logging in."""
    return urljoin(settings.SITE_URL, reverse("partners:invitation", args=[invitation_token(invitation)]))


def _names(meeting: Meeting, invitation: Invitation) -> dict[str, str]:
    return {"group": meeting.group.name, "day": long_day(meeting.starts.astimezone(invitation.zone))}


def _queue(
    meeting: Meeting,
    invitation: Invitation,
    subject: str,
    sentence: str,
    *,
    calendar: str = "",
    method: str = "",
    earlier: str = "",
) -> None:
    facts = {
        "sentence": sentence,
        "earlier": earlier,
        "there": _start_for(meeting.starts, invitation.zone, _("It starts on %(moment)s in %(city)s, your time.")),
        "here": _start_for(meeting.starts, meeting.zone, _("In %(city)s, on the organiser's clock: %(moment)s.")),
        "place": "" if meeting.is_cancelled else meeting.place or meeting.link,
        "answer_by": long_day(meeting.answer_by) if meeting.answer_by and meeting.takes_answers else "",
        "link": "" if meeting.is_cancelled else invitation_link(invitation),
        "calendar_file": calendar,
        "calendar_method": method,
    }
    queue_facts(recipient=invitation.email, subject=subject, template=TEMPLATE, facts=facts)


def _start_for(moment: datetime, zone: ZoneInfo, words: str) -> str:
    return words % {"moment": describe_moment(moment, zone), "city": timezone_location(zone, return_city=True)}
