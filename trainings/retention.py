"""Why each question is asked, on what legal ground, and when the answer is deleted.

The form shows this table beside its questions, and the clock deletes by the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

NEED_DAYS = 30


class Basis(TextChoices):
    """What allows us to ask."""

    TAKING_PART = "taking_part", pgettext_lazy("legal ground", "you wish to take part (GDPR, Art. 6(1)(b))")
    ACCOUNT = "account", pgettext_lazy("legal ground", "we account for public money (GDPR, Art. 6(1)(f))")
    CONSENT = "consent", pgettext_lazy("legal ground", "your consent (GDPR, Art. 6(1)(a))")
    HEALTH = "health", pgettext_lazy("legal ground", "your express consent (GDPR, Art. 9(2)(a))")


@dataclass(frozen=True)
class Fact:
    """What is to be known of a question."""

    purpose: Any
    basis: Basis
    is_need: bool = False

    @property
    def kept(self) -> str:
        """How long the answer is kept."""
        if self.is_need:
            words = ngettext("%(days)d day after the seminar", "%(days)d days after the seminar", NEED_DAYS)
            return words % {"days": NEED_DAYS}
        years = settings.TRAINING_YEARS
        return ngettext("%(years)d year after the seminar", "%(years)d years after the seminar", years) % {
            "years": years
        }


COUNTED = Fact(_("So that we can report for whom the seminars are."), Basis.ACCOUNT)
FACTS: dict[str, Fact] = {
    "name": Fact(_("It stands on your certificate."), Basis.TAKING_PART),
    "email": Fact(_("We tell you about your place, and send what you need to take part."), Basis.TAKING_PART),
    "profession": Fact(
        _("Some places are kept for a profession, and we report for whom the seminars are."), Basis.ACCOUNT
    ),
    "organisation": Fact(_("So that those who lead the seminar know who comes."), Basis.TAKING_PART),
    "organisation_type": COUNTED,
    "country": Fact(
        _("Some places are kept for a country, and we report where participants come from."), Basis.ACCOUNT
    ),
    "sex": Fact(_("So that we can report how many women and men take part."), Basis.CONSENT),
    "language": Fact(_("In it we write to you, and your certificate is in it."), Basis.TAKING_PART),
    "need": Fact(
        _("So that you can take part. Only those who prepare the seminar read it."), Basis.HEALTH, is_need=True
    ),
    "shows_name": Fact(_("Otherwise whoever checks your certificate sees your initials only."), Basis.CONSENT),
    "contact": Fact(_("So that we can ask you about your group."), Basis.TAKING_PART),
}


def needs_of_those_ended_by() -> datetime:
    """Needs of seminars that ended before this moment are due: the thirtieth day after the end has begun."""
    return _end_of(timezone.localdate() - timedelta(days=NEED_DAYS))


def registrations_of_those_ended_by() -> datetime:
    """Registrations of seminars that ended before this moment are due: it is the same day, so many years later."""
    today = timezone.localdate()
    year = today.year - settings.TRAINING_YEARS
    last = date(year, 2, 28) if (today.month, today.day) == (2, 29) else today.replace(year=year)
    return _end_of(last)


def erased_after(end: datetime) -> tuple[datetime, datetime]:
    """The days on which the needs and the registrations of a seminar that ends then are due, as the two above say."""
    last = timezone.localdate(end)
    years = last.year + settings.TRAINING_YEARS
    leaps = (last.month, last.day) == (2, 29)
    registrations = date(years, 3, 1) if leaps else last.replace(year=years)
    return _start_of(last + timedelta(days=NEED_DAYS)), _start_of(registrations)


def _end_of(day: date) -> datetime:
    return _start_of(day + timedelta(days=1))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
