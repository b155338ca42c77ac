"""Mails about deliverables that are due."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.formatting import long_day
from victor.languages import local_text
from victor.mail.emails import compose_email

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from partners.deliverables.models import Deliverable
    from victor.accounts.models import User


def compose_due_notices(deliverable: Deliverable, people: Iterable[User]) -> list[EmailMultiAlternatives]:
    """One mail for each person: what is due, and when."""
    return [_compose_due_notice(deliverable, person) for person in people]


def _compose_due_notice(deliverable: Deliverable, person: User) -> EmailMultiAlternatives:
    with override(person.language):
        facts = {"code": deliverable.code, "day": long_day(deliverable.due_on)}
        facts["title"] = local_text(deliverable, "title").text
        sentence = _("Deliverable %(code)s (%(title)s) is due on %(day)s and is not submitted yet.") % facts
        link = urljoin(settings.SITE_URL, deliverable.get_absolute_url())
        subject = _("Deliverable %(code)s is due on %(day)s") % facts
        return compose_email(subject=subject, text=f"{sentence}\n\n{link}", to=person.email)
