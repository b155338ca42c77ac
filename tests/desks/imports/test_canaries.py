"""A word in a file that waits: outside the envelopes nothing holds it, neither while it waits nor afterwards."""

from __future__ import annotations

import pytest
import time_machine

from desks.cases.models import Case
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.conftest import LONG_AGO
from tests.desks.imports.own_lists import ROWS, column_answers, csv_list, sent, upload, xlsx_list
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.files.metadata.samples import CANARY

MARKED: list[object] = [f"{CANARY} {value}" for value in ROWS[0]]
MARKED[3] = "29.02.2012"
WORDS = {"word-0": "female", "word-1": "keep", "word-2": "keep"}


@pytest.mark.django_db(transaction=True)
def test_nothing_outside_the_envelopes_holds_a_word_of_a_file_that_waits(figure):
    with time_machine.travel(LONG_AGO):
        here = CaseDesk()
    browser, url = unlocked_browser_of(here.chief), f"{here.url}exports/bring-in/"
    with read_log() as log:
        upload(browser, url, csv_list([CANARY, f"={CANARY}"]))
        page = browser.post(upload(browser, url, xlsx_list(MARKED)).url, column_answers())
        page = browser.post(page.url, WORDS)
        assert CANARY in browser.get(page.url).text
        waiting = hits_in(places_outside(log))
        assert browser.post(page.url, sent(keep="on")).status_code == 302
    assert Case.objects.filter(htcds_extra__isnull=False).count() == 1
    opened = hits_in(places_outside(log))
    figure("canaries outside the envelopes, of a file that waits", sum(waiting.values()) + sum(opened.values()))
    assert waiting == dict.fromkeys(waiting, 0)
    assert opened == dict.fromkeys(opened, 0)
