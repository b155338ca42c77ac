"""A word in the reason of an extract and in the name of its receiver: only envelopes hold it."""

from __future__ import annotations

import pytest

from desks.cases.models import Case, today
from desks.extracts.models import Extract, NoticeGiven
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.extracts.extract_cases import written_case
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.files.metadata.samples import CANARY


def print_everything(here: CaseDesk, case: Case) -> None:
    """An extract that is looked at and printed, and a notice that is given."""
    browser = unlocked_browser_of(here.anna)
    sent = {"receiver": "court", "language": "en", "parts": ["health"], "reason": CANARY, "to": CANARY}
    for go in ("preview", "print"):
        assert browser.post(here.page(case, "extracts/new/"), sent | {"go": go}).status_code == 200
    given = {"to": CANARY, "language": "en", "how": "both", "given_on": today().isoformat()}
    assert browser.post(here.page(case, "privacy/adult/given/"), given).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_nothing_outside_the_envelopes_holds_for_whom_it_was_printed(figure):
    here = CaseDesk()
    with read_log() as log:
        for _number in range(2):
            print_everything(here, written_case(here))
    assert Extract.objects.count() == 2
    assert NoticeGiven.objects.count() == 2
    hits = hits_in(places_outside(log))
    figure("canaries outside the envelopes, of 2 printed cases", sum(hits.values()))
    assert hits == dict.fromkeys(hits, 0)
