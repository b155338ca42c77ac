"""A word in all that is written of a place and of a missing child: only envelopes hold it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.cases.models import Case
from desks.placements.models import CheckIn, MissingReport, MissingStep, Placement, PlacementText
from desks.placements.place_words import MISSING_WORDS, PLACE_WORDS
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.files.metadata.samples import CANARY


def live_through_everything(here: CaseDesk, case: Case) -> None:
    """The word in every field of a place, of a check-in, of a missing report and of its paper."""
    browser, now = unlocked_browser_of(here.anna), timezone.localtime()
    ago, this = (f"{moment:%Y-%m-%d %H:%M}" for moment in (now - timedelta(hours=9), now))
    words = {word.name: CANARY for word in PLACE_WORDS}
    browser.post(here.page(case, "places/new/"), words | {"kind": "foster", "since": ago})
    place = Placement.objects.get(case=case)
    for _number in range(2):
        browser.post(here.page(case, f"places/{place.pk}/"), words | {"seen": 1})
    browser.post(here.page(case, f"check-ins/{CheckIn.objects.get(case=case).pk}/"), {"text": CANARY})
    browser.post(here.page(case, "missing/"), {word.name: CANARY for word in MISSING_WORDS} | {"noticed_at": this})
    missing = here.page(case, f"missing/{MissingReport.objects.get(case=case).pk}/")
    paper = {"language": "en", "authority": CANARY, "identity": "on", "place": "on"}
    assert browser.post(f"{missing}paper/", paper)["Content-Type"] == "application/pdf"
    sent = {"contact": "police", "how": "post", "number": CANARY, "text": CANARY}
    browser.post(f"{missing}told/", sent)
    browser.post(f"{missing}back/", {"returned_at": this, "place": "same", "text": CANARY})


@pytest.mark.django_db(transaction=True)
def test_nothing_outside_the_envelopes_holds_where_a_child_lives(figure):
    here = CaseDesk()
    with read_log() as log:
        for _number in range(3):
            live_through_everything(here, here.case())
    assert PlacementText.objects.count() == 3 * 3
    assert MissingStep.objects.count() == 3 * 2
    hits = hits_in(places_outside(log))
    figure("canaries outside the envelopes, of 3 places to live", sum(hits.values()))
    assert hits == dict.fromkeys(hits, 0)
