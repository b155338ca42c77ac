"""Referrals that run depend on an agreement of both organisations that allows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import ngettext

from desks.referrals.models import Referral
from desks.referrals.states import SHARED, UNANSWERED
from partners.agreements.dependants import Dependant, declare_dependant
from partners.agreements.states import Gate

if TYPE_CHECKING:
    from django.db.models import QuerySet


def running_referrals(parties: list[int]) -> QuerySet[Referral]:
    """Those of cases, sent and not over, between organisations that have signed."""
    running = Referral.objects.of_cases().filter(state__in=UNANSWERED | SHARED)
    between = running.filter(from_desk__organisation__in=parties, to_desk__organisation__in=parties)
    return between.exclude(from_desk__organisation=F("to_desk__organisation"))


def referrals_in_words(number: int) -> str:
    """How many referrals run."""
    words = ngettext("%(count)d referral is running", "%(count)d referrals are running", number)
    return words % {"count": number}


declare_dependant(Dependant("desks.referrals", 10, Gate.REFERRALS, referrals_in_words, running_referrals))
