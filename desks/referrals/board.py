"""The supervisor's board, of which each number is the length of its list, and what a coordinator sees of all desks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from desks.desk.models import Desk
from desks.referrals.indicators import pair_key, referral_indicator
from desks.referrals.models import Referral
from desks.referrals.querysets import BOARD, SHOWN, board_conditions, list_conditions
from desks.retention.indicators import DeskPeriod
from victor.indicators.actions import freeze_figures
from victor.indicators.tables import CountedIndicator
from victor.todo.declarations import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Q
    from django_stubs_ext import StrOrPromise

    from victor.accounts.models import User
    from victor.indicators.periods import HalfYear

ALARMING = frozenset({"late", "outcome_due", "unanswered_late"})


def referral_figures(desk: Desk, user: User) -> list[Figure]:
    """The numbers of a desk's board, counted in one query."""
    conditions: dict[str, Q] = {
        "answer": list_conditions(desk)["answer"],
        **board_conditions(desk, timezone.now()),
    }
    titles: dict[str, StrOrPromise] = {"answer": SHOWN["answer"], **BOARD}
    visible = Referral.objects.visible_to(user).order_by()
    numbers = visible.aggregate(**{name: Count("pk", filter=rows) for name, rows in conditions.items()})
    path = reverse("desks:referrals", args=[desk.slug])
    return [
        Figure(
            titles[name],
            numbers[name],
            f"{path}?{urlencode({'show': name})}",
            is_alarming=name in ALARMING and numbers[name] > 0,
        )
        for name in conditions
    ]


@dataclass(frozen=True)
class PairRow:
    """Referrals from a country to another; a number that is hidden is None, and so is its median."""

    sender: str
    receiver: str
    number: int | None
    hours: int | None


@dataclass(frozen=True)
class Overview:
    """The figures of a half-year as they were shown first, and the pairs of countries with their medians."""

    counts: CountedIndicator
    pairs: Sequence[PairRow]

    @classmethod
    def of(cls, period: HalfYear) -> Overview:
        """Load what the page shows. The page of statistics shows the same figures, frozen with these."""
        desks = list(Desk.objects.values_list("pk", flat=True))
        indicator = referral_indicator()
        scope = DeskPeriod(desks, period.first, period.last)
        frozen = freeze_figures(indicator, period, scope, subject="desks")
        counts = CountedIndicator.protected(indicator, frozen, period=period.months)
        medians, pairs = frozen.counted_medians(), []
        for sender, sender_name in indicator.breakdowns[0].choices:
            for receiver, receiver_name in indicator.breakdowns[1].choices:
                number = counts.number(from_country=sender, to_country=receiver)
                if number != 0:
                    hours = medians.get(pair_key(sender, receiver)) if number is not None else None
                    pairs.append(PairRow(str(sender_name), str(receiver_name), number, hours))
        return cls(counts, pairs)
