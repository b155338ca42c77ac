"""Why each question is asked, on what legal basis, and when the answer is deleted.

The form shows this table beside its questions, and the clock deletes by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NEED_DAYS = 30


class LegalBasis(TextChoices):
    """The legal basis of a question (Regulation (EU) 2016/679, GDPR)."""

    TAKING_PART = "taking_part", pgettext_lazy("legal ground", "you wish to take part (GDPR, Art. 6(1)(b))")
    ACCOUNT = "account", pgettext_lazy("legal ground", "we account for public money (GDPR, Art. 6(1)(f))")
    CONSENT = "consent", pgettext_lazy("legal ground", "your consent (GDPR, Art. 6(1)(a))")
    HEALTH = "health", pgettext_lazy("legal ground", "your express consent (GDPR, Art. 9(2)(a))")


@dataclass(frozen=True)
class QuestionPurpose:
    """Why a question is asked, and how long the answer is stored."""

    purpose: _StrPromise
    basis: LegalBasis
    is_need: bool = False

    @property
    def period(self) -> str:
        """How long the answer is stored, in words."""
        if self.is_need:
            words = ngettext("%(days)d day after the seminar", "%(days)d days after the seminar", NEED_DAYS)
            return words % {"days": NEED_DAYS}
        years = retention_years()
        return ngettext("%(years)d year after the seminar", "%(years)d years after the seminar", years) % {
            "years": years
        }


COUNTED_PURPOSE = QuestionPurpose(_("So that we can report who the seminars are for."), LegalBasis.ACCOUNT)
QUESTION_PURPOSES: dict[str, QuestionPurpose] = {
    "name": QuestionPurpose(_("It appears on your certificate."), LegalBasis.TAKING_PART),
    "email": QuestionPurpose(
        _("So that we can tell you about your place and send you what you need to take part."), LegalBasis.TAKING_PART
    ),
    "profession": QuestionPurpose(
        _("Some places are reserved for certain professions, and we report who the seminars are for."),
        LegalBasis.ACCOUNT,
    ),
    "organisation": QuestionPurpose(
        _("So that the people who lead the seminar know who is coming."), LegalBasis.TAKING_PART
    ),
    "organisation_type": COUNTED_PURPOSE,
    "country": QuestionPurpose(
        _("Some places are reserved for a country, and we report where participants come from."), LegalBasis.ACCOUNT
    ),
    "sex": QuestionPurpose(_("So that we can report how many women and men take part."), LegalBasis.CONSENT),
    "language": QuestionPurpose(
        _("We write to you and issue your certificate in this language."), LegalBasis.TAKING_PART
    ),
    "need": QuestionPurpose(
        _("So that you can take part. Only the people who prepare the seminar read it."),
        LegalBasis.HEALTH,
        is_need=True,
    ),
    "shows_name": QuestionPurpose(
        _("If you do not agree, people who check your certificate see only your initials."), LegalBasis.CONSENT
    ),
    "contact": QuestionPurpose(
        _("So that we can ask you about the group you are registering."), LegalBasis.TAKING_PART
    ),
}


def retention_years() -> int:
    """How many years after the end of a seminar its registrations are deleted."""
    return settings.TRAINING_YEARS  # at least 1


def needs_due_moment() -> datetime:
    """The needs of seminars that ended before this moment are due: `NEED_DAYS` days have passed."""
    return _end_of_day(timezone.localdate() - timedelta(days=NEED_DAYS))


def registrations_due_moment() -> datetime:
    """The registrations of seminars that ended before this moment are due: it is the same day, years later."""
    today = timezone.localdate()
    year = today.year - retention_years()
    last = date(year, 2, 28) if (today.month, today.day) == (2, 29) else today.replace(year=year)
    return _end_of_day(last)


def erasure_days(end: datetime) -> tuple[datetime, datetime]:
    """The moments at which the needs and the registrations of a seminar are due that ends at `end`."""
    last = timezone.localdate(end)
    year = last.year + retention_years()
    is_leap_day = (last.month, last.day) == (2, 29)
    registrations = date(year, 3, 1) if is_leap_day else last.replace(year=year)
    return _start_of_day(last + timedelta(days=NEED_DAYS)), _start_of_day(registrations)


def _end_of_day(day: date) -> datetime:
    return _start_of_day(day + timedelta(days=1))


def _start_of_day(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
