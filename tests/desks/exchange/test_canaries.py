"""A word in a case that leaves, and in the reason why: outside the envelopes only the file holds it."""

from __future__ import annotations

import pytest
import time_machine

from desks.cases.code_lists import Block
from desks.exchange.states import ExportKind
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.conftest import LONG_AGO
from tests.desks.exchange.test_actions import allowed
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.files.metadata.samples import CANARY


def export_everything(here: CaseDesk) -> bytes:
    """A case is asked for, approved, and taken."""
    allowed(here.anna.person, ExportKind.CASES, by=here.chief.person)
    case, url = here.case(child={Block.IDENTITY: {"given": CANARY}}), f"{here.url}exports/"
    wanted = {"form": "cases", "cases-references": case.reference, "cases-why": "partner", "cases-words": CANARY}
    assert unlocked_browser_of(here.anna).post(url, wanted).status_code == 302
    number = case.exports.get().export_id
    assert unlocked_browser_of(here.chief).post(f"{url}{number}/approve/").status_code == 302
    return unlocked_browser_of(here.anna).get(f"{url}{number}/cases/xlsx/").content


@pytest.mark.django_db(transaction=True)
def test_nothing_outside_the_envelopes_holds_a_word_of_a_case_that_left(figure):
    with time_machine.travel(LONG_AGO):
        here = CaseDesk()
    with read_log() as log:
        assert export_everything(here)
    hits = hits_in(places_outside(log))
    figure("canaries outside the envelopes, of an exported case", sum(hits.values()))
    assert hits == dict.fromkeys(hits, 0)
