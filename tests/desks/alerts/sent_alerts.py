"""An alert from Athens to Sofia."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from desks.alerts.actions import AlertFacts, send_alert
from desks.alerts.models import Alert
from desks.alerts.states import Agreed
from tests.desks.referrals.referral_desks import ReferralDesks
from tests.files.metadata.samples import CANARY

WHO = f"Zornitsa {CANARY}, 12, red coat"


def facts(**given: Any) -> AlertFacts:
    """What is typed of an alert that runs for a week."""
    now = timezone.now()
    typed: dict[str, Any] = {
        "who": WHO,
        "where": f"Station {CANARY}",
        "since": now - timedelta(hours=3),
        "agreed": Agreed.GUARDIAN,
        "office": f"Her mother {CANARY}",
        "agreed_on": timezone.localdate(),
        "how": "On paper",
        "ends_at": now + timedelta(days=7),
    }
    return AlertFacts(**typed | given)


def sent_alert(desks: ReferralDesks, **given: Any) -> Alert:
    """Athens has told Sofia."""
    return send_alert(desks.athens.desk, facts(**given), [desks.sofia.desk], by=desks.athens.anna.person)
