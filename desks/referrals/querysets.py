from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from desks.desk.rules import organisations_with_desk_role
from desks.referrals.states import OPEN, OVER, SHARED, UNANSWERED, ReferralKind, ReferralState

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from victor.accounts.models import User

# The views of the list of referrals of a desk, in the order of the page.
SHOWN = {
    "answer": pgettext_lazy("referrals", "To answer"),
    "accepted": pgettext_lazy("referrals", "Accepted"),
    "received_over": pgettext_lazy("referrals", "Received, over"),
    "sent": pgettext_lazy("referrals", "Sent by us"),
    "sent_over": pgettext_lazy("referrals", "Sent by us, over"),
}
# The lists to which the numbers of the supervisor's board lead, in the order of the page.
BOARD = {
    "late": pgettext_lazy("referrals", "Answer overdue"),
    "near": pgettext_lazy("referrals", "To answer within a day"),
    "approve": pgettext_lazy("referrals", "To approve and send"),
    "question": pgettext_lazy("referrals", "Questions to us"),
    "outcome_due": pgettext_lazy("referrals", "Outcome due"),
    "unanswered": pgettext_lazy("referrals", "Sent by us, without an answer"),
    "unanswered_late": pgettext_lazy("referrals", "Sent by us, answer overdue"),
    "revoked": pgettext_lazy("referrals", "Access ended by the sender, last seven days"),
    "emergency": pgettext_lazy("referrals", "Emergency sharings, last seven days"),
}
NEAR = timedelta(days=1)
WEEK = timedelta(days=7)
GRACE = timedelta(days=3)  # after the time to answer, before a referral expires


class ReferralQuerySet(models.QuerySet):
    """What can be asked of referrals."""

    def visible_to(self, user: User) -> Self:
        """Those of the person's desks: sent from a case that the person may open, or received, once they are sent."""
        organisations = organisations_with_desk_role(user)
        cases = apps.get_model("desks.Case").objects.visible_to(user)
        own = Q(from_desk__organisation__in=organisations) & (Q(case__in=cases) | Q(case=None))
        received = Q(to_desk__organisation__in=organisations, sent_at__isnull=False)
        return self.filter(own | received)

    def of_cases(self) -> Self:
        """Those by which something of a case is shared, under a key."""
        return self.exclude(kind=ReferralKind.REPORT)

    def of_reports(self) -> Self:
        """Those that hand over a report. They have neither case nor key."""
        return self.filter(kind=ReferralKind.REPORT)

    def offered_to(self, desk: Desk) -> Self:
        """Reports of which the reporter agrees that this desk takes them: it sees no more than a row of a list says."""
        offers = self.of_reports().filter(to_desk=desk, state=ReferralState.SENT)
        return offers.select_related("from_desk__country", "report__country")

    def open(self) -> Self:
        """Those that are not over."""
        return self.filter(state__in=sorted(OPEN))

    def unanswered_since(self, now: datetime) -> Self:
        """Those whose time to answer is over for good, or whose day has come."""
        late = Q(answer_by__lte=now - GRACE, state=ReferralState.SENT) | Q(expires_at__lte=now)
        return self.filter(late, state__in=sorted(UNANSWERED))

    def emergencies_without_alarm(self) -> Self:
        """Emergencies that wait for an answer, and for which nobody was ever called."""
        alarms = apps.get_model("desks.DutyAlarm").objects.filter(referral=OuterRef("pk"))
        return self.filter(~Exists(alarms), kind=ReferralKind.EMERGENCY, state=ReferralState.SENT)

    def ended_by(self, now: datetime) -> Self:
        """Those whose day has come, and which the receiver could still read."""
        open_ = Q(state__in=sorted(SHARED)) | Q(
            state=ReferralState.CLOSED, key__grants__holder=F("to_desk__group__key")
        )
        return self.filter(open_, expires_at__lte=now).distinct()

    def for_listing(self) -> Self:
        """With what a row shows, the soonest answer first."""
        desks = ("from_desk__country", "from_desk__organisation", "to_desk__country", "to_desk__organisation")
        return self.select_related(*desks, "report").order_by(F("answer_by").asc(nulls_last=True), "-made_at")

    def for_page(self) -> Self:
        """With what the page of one of them asks for; a report that is handed over has no page of its own."""
        related = ("from_desk__country", "from_desk__organisation", "from_desk__group", "to_desk__country")
        more = ("to_desk__organisation", "to_desk__group", "key", "receiver_key", "parent", "receiver_case__desk")
        case = ("case__desk__organisation", "case__desk__group", "case__restricted_group", "case__key")
        return self.of_cases().select_related(*related, *more, *case).prefetch_related("consents", "bases__first")


def list_conditions(desk: Desk) -> dict[str, Q]:
    """Which referrals each view of the list shows. The same conditions count them."""
    received, sent = Q(to_desk=desk, sent_at__isnull=False), Q(from_desk=desk)
    return {
        "answer": received & Q(state__in=sorted(UNANSWERED)),
        "accepted": received & Q(state__in=sorted(SHARED)),
        "received_over": received & Q(state__in=sorted(OVER)),
        "sent": sent & Q(state__in=sorted(OPEN)),
        "sent_over": sent & Q(state__in=sorted(OVER)),
    }


def board_conditions(desk: Desk, now: datetime) -> dict[str, Q]:
    """Which referrals each list of the board shows. The same conditions count them."""
    received, sent = Q(to_desk=desk, sent_at__isnull=False), Q(from_desk=desk)
    unanswered, late = Q(state__in=sorted(UNANSWERED)), Q(answer_by__lte=now)
    works = Q(state__in=[ReferralState.ACCEPTED, ReferralState.IN_SERVICE])
    today = timezone.localdate(now, desk.zone)
    return {
        "late": received & unanswered & late,
        "near": received & unanswered & Q(answer_by__gt=now, answer_by__lte=now + NEAR),
        "approve": sent & Q(state=ReferralState.READY) & ~Q(kind=ReferralKind.REPORT),
        "question": sent & Q(state=ReferralState.INFO_ASKED),
        "outcome_due": received & works & Q(feedback_on__lte=today),
        "unanswered": sent & unanswered,
        "unanswered_late": sent & unanswered & late,
        "revoked": (received | sent) & Q(state=ReferralState.REVOKED, moved_at__gte=now - WEEK),
        "emergency": (received | sent) & Q(kind=ReferralKind.EMERGENCY, sent_at__gte=now - WEEK),
    }
