"""What targets of grants count of the partnership itself: agreements in force."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.agreements.models import Agreement
from partners.agreements.states import AgreementState
from victor.indicators.declarations import CountedFigure, declare_figure


def count_agreements(_first: date, last: date) -> int:
    """How many agreements were in force on the last day, or are today where that day is ahead."""
    day = min(last, timezone.localdate())
    in_days = Q(valid_to=None) | Q(valid_to__gte=day)
    signed = Agreement.objects.filter(state__in=[AgreementState.SIGNED, AgreementState.ENDED])
    return signed.filter(in_days, valid_from__lte=day).count()


declare_figure(
    CountedFigure("partners.agreements", _("Agreements in force at the end"), _("agreements"), count_agreements)
)
