"""Mails about minutes: that they can be read, until when remarks can be made. Nothing of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.groups.models import GroupMember
from partners.meetings.models import Invitation
from victor.accounts.models import User
from victor.formatting import long_day
from victor.mail.emails import compose_email

if TYPE_CHECKING:
    from datetime import date

    from django.core.mail import EmailMultiAlternatives
    from django.db.models import QuerySet

    from partners.minutes.models import Minutes


def compose_remark_requests(minutes: Minutes, until: date, *, without: User) -> list[EmailMultiAlternatives]:
    """One mail for everybody of the group and everybody invited who may log in, but for whoever sends them."""
    return [_compose(minutes, until, person) for person in people_to_ask(minutes, without)]


def people_to_ask(minutes: Minutes, without: User) -> QuerySet[User]:
    """Everybody of the group and everybody invited who may log in, but for this person."""
    members = GroupMember.objects.active().filter(group=minutes.meeting.group_id).values("user")
    invited = Invitation.objects.filter(meeting=minutes.meeting_id, person__isnull=False).values("person")
    people = User.objects.filter(Q(pk__in=members) | Q(pk__in=invited), is_active=True)
    return people.exclude(pk=without.pk).order_by("pk")


def _compose(minutes: Minutes, until: date, person: User) -> EmailMultiAlternatives:
    with override(person.language):
        facts = {"group": minutes.meeting.group.name, "day": long_day(minutes.meeting.starts), "until": long_day(until)}
        sentence = _("The minutes of the meeting of %(group)s on %(day)s are ready.") % facts
        advice = _("You can make remarks until %(until)s. Then chair and secretary approve them.") % facts
        link = urljoin(settings.SITE_URL, minutes.get_absolute_url())
        subject = _("Minutes for remarks: %(group)s, %(day)s") % facts
        return compose_email(subject=subject, text=f"{sentence}\n\n{advice}\n\n{link}", to=person.email)
