"""A word in all that is written of an interpreter and of appointments: only envelopes hold it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.cases.models import Case
from desks.interpreters.models import Interpreter, InterpreterBooking
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.files.metadata.samples import CANARY


def book_everything(here: CaseDesk, case: Case) -> None:
    """The word in every field of an interpreter, of a check, and of appointments."""
    browser, now = unlocked_browser_of(here.anna), timezone.localtime()
    first, second, third = (f"{now + timedelta(days=days):%Y-%m-%d %H:%M}" for days in (1, 2, 3))
    sent = {"language": "ro", "way": "video", "no_tie": "yes", "booked_for": first}
    sent |= dict.fromkeys(("name", "contact", "text"), CANARY)
    browser.post(here.page(case, "do/interpreter/"), sent)
    row = Interpreter.objects.get(case=case)
    corrected = {"seen": str(row.envelope_id)} | dict.fromkeys(("name", "contact", "text"), CANARY)
    browser.post(here.page(case, f"interpreters/{row.pk}/correct/"), corrected)
    browser.post(here.page(case, f"interpreters/{row.pk}/check/"), {"no_tie": "yes", "text": CANARY})
    browser.post(here.page(case, f"interpreters/{row.pk}/book/"), {"due_at": second, "text": CANARY})
    page = here.page(case, f"bookings/{row.bookings.open().first().pk}/")
    browser.post(f"{page}move/", {"due_at": third, "text": CANARY})
    for booking in row.bookings.open():
        browser.post(here.page(case, f"bookings/{booking.pk}/cancel/"), {"text": CANARY})
    assert CANARY in browser.get(here.page(case, "people/")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_nothing_outside_the_envelopes_holds_who_interprets(figure):
    here = CaseDesk()
    with read_log() as log:
        for _number in range(2):
            book_everything(here, here.case())
    assert InterpreterBooking.objects.exclude(state="booked").count() == 2 * 3
    hits = hits_in(places_outside(log))
    figure("canaries outside the envelopes, of 2 interpreters", sum(hits.values()))
    assert hits == dict.fromkeys(hits, 0)
