"""Referrals of the desks, from plain codes and times: by country, how far they came, and when they were answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median_low

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.desk.models import Desk
from desks.referrals.models import Referral
from desks.referrals.states import (
    NEVER_ACCEPTED,
    UNANSWERED,
    AnswerTime,
    Progress,
    ReferralKind,
    ReferralOutcome,
    ReferralState,
)
from desks.retention.indicators import CHILDREN, DeskPeriod, by_desk
from partners.directory.models import Country
from victor.indicators.declarations import Breakdown, Cells, Indicator, Median, declares_indicators
from victor.languages import local_text

COUNTED_KINDS = (ReferralKind.SERVICE, ReferralKind.TRANSFER)
COLUMNS = ("from_desk", "to_desk", "state", "answered_in_time", "outcome", "sent_at", "accepted_at", "moved_at")
ANSWERS = {True: AnswerTime.IN_TIME, False: AnswerTime.LATE, None: AnswerTime.UNKNOWN}
PROGRESS = Breakdown("progress", _("How far referrals came"), tuple(Progress.choices))
ANSWER = Breakdown("answer_time", _("Answered in time"), (*AnswerTime.choices, ("", _("Not answered"))))
OUTCOME = Breakdown("referral_outcome", _("Outcome"), (*ReferralOutcome.choices, ("", _("No outcome yet"))))
ANSWER_HOURS = Median(
    "answer_hours", _("Median number of hours until the answer"), pgettext_lazy("unit", "hours"), ANSWER.key
)


@dataclass(frozen=True)
class CountedReferral:
    """What is counted of a referral: codes, and how many whole hours it took to answer."""

    sender: str
    receiver: str
    progress: str
    answer: str
    outcome: str
    hours: int | None


def progress_of(state: str, *, is_accepted: bool) -> Progress:
    """How far a referral came. An access that ended later was accepted all the same."""
    if is_accepted:
        return Progress.ACCEPTED
    if state in UNANSWERED:
        return Progress.WAITING
    return Progress(state) if state in NEVER_ACCEPTED else Progress.WITHDRAWN


def pair_key(sender: str, receiver: str) -> str:
    """The name of the median of two countries."""
    return f"{sender}>{receiver}"


def counted_referrals(scope: DeskPeriod) -> Iterator[CountedReferral]:
    """Those that were sent in the period, by one of the desks or to one: no updates, and no emergency sharing."""
    ours = Q(from_desk__in=scope.desks) | Q(to_desk__in=scope.desks)
    sent = Referral.objects.filter(
        ours, kind__in=COUNTED_KINDS, sent_at__date__gte=scope.first, sent_at__date__lte=scope.last
    )
    countries = dict(Desk.objects.values_list("pk", "country__code"))
    for row in sent.order_by().only(*COLUMNS).iterator():
        yield _counted(row, countries[row.from_desk_id], countries[row.to_desk_id])


def _counted(row: Referral, sender: str, receiver: str) -> CountedReferral:
    answered_at = row.accepted_at or (row.moved_at if row.state == ReferralState.DECLINED else None)
    progress = progress_of(row.state, is_accepted=row.accepted_at is not None)
    if answered_at is None or row.sent_at is None:
        return CountedReferral(sender, receiver, progress, "", row.outcome, None)
    hours = int((answered_at - row.sent_at).total_seconds() // 3600)
    return CountedReferral(sender, receiver, progress, ANSWERS[row.answered_in_time], row.outcome, hours)


def count_referrals(scope: DeskPeriod) -> Cells:
    """By the two countries, progress, answer and outcome."""
    return Counter(
        (row.sender, row.receiver, row.progress, row.answer, row.outcome) for row in counted_referrals(scope)
    )


def median_hours(scope: DeskPeriod) -> Mapping[str, int]:
    """The median of all, and that of each pair of countries of which enough were answered that it tells of nobody."""
    hours: dict[str, list[int]] = {}
    for row in counted_referrals(scope):
        if row.hours is not None:
            for key in (ANSWER_HOURS.key, pair_key(row.sender, row.receiver)):
                hours.setdefault(key, []).append(row.hours)
    least = CHILDREN["threshold"]
    enough = {key: numbers for key, numbers in hours.items() if key == ANSWER_HOURS.key or len(numbers) >= least}
    return {key: median_low(numbers) for key, numbers in enough.items()}


def referral_indicator() -> Indicator:
    """Referrals, by the countries that have a desk today or are in the partnership."""
    countries = Country.objects.filter(Q(in_partnership=True) | Q(desks__isnull=False)).distinct().order_by("position")
    choices = tuple((country.code, local_text(country, "name").text) for country in countries)
    sender = Breakdown("from_country", _("Country that refers"), choices, is_by_name=True)
    receiver = Breakdown("to_country", _("Country that receives"), choices, is_by_name=True)
    return Indicator(
        key="referrals",
        name=_("Referrals"),
        definition=_(
            "Referrals sent in the period, with their status today; of one desk, those that it sent or received. "
            "Updates and emergency sharings are not counted."
        ),
        unit=_("referrals"),
        breakdowns=(sender, receiver, PROGRESS, ANSWER, OUTCOME),
        tables=(
            ("from_country", "to_country"),
            ("progress", "to_country"),
            ("answer_time",),
            ("referral_outcome",),
        ),
        count=count_referrals,
        count_parts=partial(by_desk, count_referrals),
        medians=(ANSWER_HOURS,),
        count_medians=median_hours,
        **CHILDREN,
    )


@declares_indicators("desks", rank=34)
def referral_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of referrals."""
    return [referral_indicator()]
