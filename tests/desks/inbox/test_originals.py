"""Files of a report: the clean copy for a colleague, the original for two persons, once, within a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.inbox import originals
from desks.inbox.errors import NotGranted, OwnRequest
from desks.inbox.models import OriginalAccess
from tests.desks.inbox.inbox_desks import Place, at_work, sent
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
REASON = {"reason": "The police ask for it"}


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def report(place):
    return place.report()


@pytest.fixture
def attachment(report):
    return sent(report, "λάμπα.png")


def asked(place: Place, attachment) -> OriginalAccess:
    return originals.request_original(attachment, REASON["reason"], by=place.anna.person)


def test_clean_copy_is_saved_and_opened_by_no_browser(place, report, attachment):
    answer = at_work(place.anna).get(place.address(report, f"files/{attachment.pk}/"))
    assert b"".join(answer) == b"c"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")


def test_file_without_a_clean_copy_is_not_sent(place, report, attachment):
    attachment.clean = None
    attachment.save()
    assert at_work(place.anna).get(place.address(report, f"files/{attachment.pk}/")).status_code == 302


def test_original_is_opened_once_after_a_colleague_has_agreed(place, report, attachment):
    anna, ben = at_work(place.anna), at_work(place.ben)
    anna.post(place.address(report, f"files/{attachment.pk}/original/"), REASON)
    original = place.address(report, f"originals/{OriginalAccess.objects.get().pk}/")
    assert anna.post(original).status_code == 302
    assert REASON["reason"] in ben.get(place.address(report)).content.decode()
    ben.post(f"{original}grant/")
    assert ben.post(original).status_code == 302
    assert b"".join(anna.post(original)) == b"o"
    assert anna.post(original).status_code == 302
    done = Entry.objects.filter(action__startswith="report.original").order_by("sequence")
    steps = ["report.original_asked", "report.original_granted", "report.original_opened"]
    assert list(done.values_list("action", flat=True)) == steps


def test_nobody_agrees_to_what_they_have_asked_for(place, attachment):
    with pytest.raises(OwnRequest):
        originals.approve_original(asked(place, attachment), by=place.anna.person)


@pytest.mark.parametrize(("days", "opens"), [(timedelta(hours=24, seconds=-1), True), (timedelta(hours=24), False)])
def test_agreement_holds_for_a_day(place, attachment, at, days, opens):
    access, began = asked(place, attachment), timezone.now()
    at(began)
    originals.approve_original(access, by=place.ben.person)
    at(began + days)
    if opens:
        assert b"".join(originals.open_original(access, by=place.anna)[1]) == b"o"
    else:
        with pytest.raises(NotGranted):
            originals.open_original(access, by=place.anna)


def test_reason_is_sealed(place, attachment):
    access = asked(place, attachment)
    assert REASON["reason"].encode() not in bytes(access.reason.content)
    assert REASON["reason"] not in "".join(Entry.objects.values_list("details", flat=True))
