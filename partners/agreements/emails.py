"""Mails about agreements that end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.agreements.states import Renewal
from victor.formatting import long_day
from victor.languages import local_text
from victor.mail.emails import compose_email

if TYPE_CHECKING:
    from datetime import date

    from django.core.mail import EmailMultiAlternatives

    from partners.agreements.models import Agreement
    from victor.accounts.models import User


def compose_end_notices(agreement: Agreement, people: Iterable[User]) -> list[EmailMultiAlternatives]:
    """One mail for each person: until when the agreement is valid, and what follows."""
    last = agreement.valid_to
    return [] if last is None else [_compose_end_notice(agreement, last, person) for person in people]


def compose_renewal_requests(agreement: Agreement, people: Iterable[User], by: User) -> list[EmailMultiAlternatives]:
    """One mail for each person: who needs the agreement renewed."""
    return [_compose_renewal_request(agreement, person, by) for person in people]


def _compose_renewal_request(agreement: Agreement, person: User, by: User) -> EmailMultiAlternatives:
    with override(person.language):
        facts = {"code": agreement.code, "name": by.name}
        sentence = _("%(name)s needs agreement %(code)s and asks you to renew it.") % facts
        link = urljoin(settings.SITE_URL, agreement.get_absolute_url())
        subject = _("Please renew agreement %(code)s") % facts
        return compose_email(subject=subject, text=f"{sentence}\n\n{link}", to=person.email)


def _compose_end_notice(agreement: Agreement, last: date, person: User) -> EmailMultiAlternatives:
    with override(person.language):
        title = local_text(agreement, "title").text
        facts = {"code": agreement.code, "title": title, "day": long_day(last)}
        sentence = _("Agreement %(code)s (%(title)s) is valid until %(day)s.") % facts
        advice = _advice(agreement)
        link = urljoin(settings.SITE_URL, agreement.get_absolute_url())
        subject = _("Agreement %(code)s ends on %(day)s") % facts
        return compose_email(subject=subject, text=f"{sentence}\n\n{advice}\n\n{link}", to=person.email)


def _advice(agreement: Agreement) -> str:
    if agreement.renewal == Renewal.TACIT:
        return _("It goes on for as long again, unless somebody objects in time.")
    return _("Please renew it in time. After that day, what it allows is refused.")
