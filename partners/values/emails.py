"""Mails about values that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext, override

from victor.formatting import long_day
from victor.languages import local_text
from victor.mail.emails import compose_email

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from partners.targets.models import Period
    from victor.accounts.models import User


def compose_value_notice(period: Period, person: User, number: int) -> EmailMultiAlternatives:
    """How many values a person has to fill in, and until when."""
    with override(person.language):
        facts = {"count": number, "day": long_day(period.due_on), "period": str(period)}
        facts["title"] = local_text(period.grant, "title").text
        subject = ngettext("%(count)d value to fill in by %(day)s", "%(count)d values to fill in by %(day)s", number)
        sentence = ngettext(
            "%(count)d value is missing for the period %(period)s of “%(title)s”. It is due on %(day)s.",
            "%(count)d values are missing for the period %(period)s of “%(title)s”. They are due on %(day)s.",
            number,
        )
        page = f"{reverse('partners:grant_targets', args=[period.grant_id])}?period={period.pk}"
        link = urljoin(settings.SITE_URL, page)
        return compose_email(subject=subject % facts, text=f"{sentence % facts}\n\n{link}", to=person.email)
