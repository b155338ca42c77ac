"""A word in every answer of an assessment and in all that is written of an authority: only envelopes hold it."""

from __future__ import annotations

import pytest

from desks.assessments.models import Assessment
from desks.assessments.questions import QUESTIONS
from desks.assessments.states import AssessmentKind
from desks.cases.models import Case, today
from desks.notifications.models import Notification, NotificationStep
from desks.notifications.states import AuthorityKind
from desks.reports.states import Risk
from tests.desks.assessments.assessment_desks import in_month
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.desks.notifications.notification_desks import presume
from tests.files.metadata.samples import CANARY
from tests.people import browser_of


def assess_everything(here: CaseDesk, case: Case) -> None:
    """The word in every answer, in a draft, in a second text and in a signed version."""
    worker, chief = browser_of(here.anna.person), browser_of(here.chief.person)
    for kind in AssessmentKind:
        words = {question.name: CANARY for question in QUESTIONS[kind]} | {"decided_on": "2026-11-20"}
        words |= {"risk": Risk.LOW, "next_on": in_month().isoformat()}
        for go in ("finish", "save", "save"):
            assert worker.post(here.page(case, f"assessments/{kind}/"), words | {"go": go}).status_code == 302
    row = Assessment.objects.get(case=case, kind=AssessmentKind.RISK, state="asked")
    chief.post(here.page(case, f"assessments/{row.pk}/give-back/"), {"words": CANARY})


def notify_everybody(here: CaseDesk, case: Case) -> None:
    """The word in what is written of two authorities, and in a letter."""
    worker, chief = unlocked_browser_of(here.anna), browser_of(here.chief.person)
    presume(here, case)
    for kind in (AuthorityKind.POLICE, AuthorityKind.OTHER):
        worker.post(here.page(case, "authorities/add/"), {"kind": kind, "name": CANARY})
    police, other = (here.page(case, f"authorities/{row.pk}/") for row in Notification.objects.filter(case=case))
    words, day = {"number": CANARY, "text": CANARY}, today().isoformat()
    letter = {"language": "en", "authority": CANARY, "signs": CANARY, "suspicion": CANARY}
    assert worker.post(f"{police}letter/", letter)["Content-Type"] == "application/pdf"
    worker.post(f"{police}sent/", words | {"sent_on": day, "how": "post"})
    worker.post(f"{police}receipt/", words)
    worker.post(f"{other}not-told/", {"words": CANARY})
    chief.post(f"{other}allow/", {"words": CANARY})


@pytest.mark.django_db(transaction=True)
def test_nothing_outside_the_envelopes_holds_what_was_assessed_or_told(figure):
    here = CaseDesk()
    with read_log() as log:
        for _number in range(5):
            case = here.case()
            assess_everything(here, case)
            notify_everybody(here, case)
    assert Assessment.objects.count() == 5 * 12
    assert NotificationStep.objects.count() == 5 * 4
    hits = hits_in(places_outside(log))
    figure("canaries outside the envelopes, of 5 assessed cases", sum(hits.values()))
    assert hits == dict.fromkeys(hits, 0)
