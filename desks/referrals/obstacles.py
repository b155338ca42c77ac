"""A referral that runs stands in the way of closing, merging and deleting a case; one that can be read, of deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext as _

from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way
from desks.endings.actions import before_deletion
from desks.referrals.forgetting import forget_own_words, forget_shared_copies
from desks.referrals.models import Referral
from desks.referrals.states import OPEN, ReferralState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from desks.cases.models import Case


@stands_in_the_way(Ending.CLOSE, Ending.MERGE)
def open_referrals(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Each referral that is not over."""
    yield from _running(Referral.objects.filter(case__in=cases, state__in=sorted(OPEN)))


@stands_in_the_way(Ending.DELETE)
def readable_referrals(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """The same, and each that another desk can still read."""
    is_read = Q(state=ReferralState.CLOSED, key__grants__holder__owner=F("to_desk__group__key__owner"))
    yield from _running(Referral.objects.filter(Q(state__in=sorted(OPEN)) | is_read, case__in=cases).distinct())


def _running(referrals: Iterable[Referral]) -> Iterator[tuple[UUID, Obstacle]]:
    for referral in referrals:
        words = _("Referral that runs: %(reference)s") % {"reference": referral.reference}
        if referral.case_id:
            yield referral.case_id, Obstacle(words, "sharing", f"referral-{referral.reference}")


before_deletion(forget_shared_copies)
before_deletion(forget_own_words)
