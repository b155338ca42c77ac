from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from desks.cases.models import Case
from desks.cases.requests import CaseClosure
from desks.cases.states import EntryKind, RequestState, Stage
from desks.retention.periods import NOTICE_PERIOD

if TYPE_CHECKING:
    from victor.accounts.models import User

LAST_WORDS = Max("timeline__made_at", filter=Q(timeline__kind=EntryKind.WORDS_ADDED))


def closed_cases() -> QuerySet[Case]:
    """Closed cases, each with its outcome and the moment of the last words that were added from a call or a report."""
    closures = CaseClosure.objects.filter(request__case=OuterRef("pk"), request__state=RequestState.APPROVED)
    outcome = Subquery(closures.order_by("-request__decided_at").values("outcome")[:1])
    return Case.objects.filter(stage=Stage.CLOSED).annotate(outcome=outcome, last_words=LAST_WORDS)


def outcome_of(case: Case) -> str:
    """The outcome of a closed case; empty where nothing says it."""
    closures = CaseClosure.objects.filter(request__case=case, request__state=RequestState.APPROVED)
    return closures.order_by("-request__decided_at").values_list("outcome", flat=True).first() or ""


def due_until(day: date) -> QuerySet[Case]:
    """Cases that are deleted on a day, or before it."""
    return Case.objects.filter(erase_on__lte=day)


def announced(today: date) -> QuerySet[Case]:
    """Cases whose deletion lies within the time of the warnings."""
    return due_until(today + NOTICE_PERIOD).filter(erase_on__gt=today)


def supervised_by(user: User) -> QuerySet[Case]:
    """Cases whose deletion a supervisor sees: restricted ones too, of which they learn the reference and the day."""
    numbers = Case.objects.visible_to(user).values("pk")
    return Case.objects.filter(Q(pk__in=numbers) | Q(pk__in=Case.objects.hidden_from(user).values("pk")))
