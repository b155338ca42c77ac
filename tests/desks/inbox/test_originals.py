"""Files of a report: the clean copy for a colleague, the original for two persons, once, within a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.desk.errors import NotIndependent
from desks.inbox import originals
from desks.inbox.errors import NotGranted
from desks.inbox.models import OriginalAccess
from tests.desks.inbox.inbox_desks import InboxDesk, add_attachment, unlocked_browser_of
from victor.audit.models import Entry
from victor.vault.records.actions import FileInfo

pytestmark = pytest.mark.django_db
REASON = {"reason": "The police ask for it"}


@pytest.fixture
def report(inbox):
    return inbox.report()


@pytest.fixture
def attachment(report):
    return add_attachment(report, "λάμπα.png")


def request_original(inbox: InboxDesk, attachment) -> OriginalAccess:
    return originals.request_original(attachment, REASON["reason"], by=inbox.anna.person)


def test_clean_copy_is_saved_and_opened_by_no_browser(inbox, report, attachment):
    answer = unlocked_browser_of(inbox.anna).get(inbox.address(report, f"files/{attachment.pk}/"))
    assert b"".join(answer) == b"c"
    assert answer["Content-Disposition"] == f'attachment; filename="{report.reference}-1.png"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_list_says_what_a_file_is_and_what_its_copy_lacks(inbox, report):
    clean = FileInfo("", "video/mp4", 83.4, ("tracks", "unknown word"))
    add_attachment(report, "λάμπα.mp4", clean=clean)
    page = unlocked_browser_of(inbox.anna).get(inbox.address(report)).text
    assert "MP4, 1\xa0byte, 1:23" in page
    assert "Not in the copy: other tracks of the recording" in page
    assert "λάμπα" not in page


def test_second_file_has_a_number_of_its_own(inbox, report, attachment):
    second = add_attachment(report, "b.png", clean=FileInfo("", "application/pdf"))
    answer = unlocked_browser_of(inbox.anna).get(inbox.address(report, f"files/{second.pk}/"))
    assert f'"{report.reference}-2.pdf"' in answer["Content-Disposition"]


def test_file_without_a_clean_copy_is_not_sent(inbox, report, attachment):
    attachment.clean = None
    attachment.save()
    assert unlocked_browser_of(inbox.anna).get(inbox.address(report, f"files/{attachment.pk}/")).status_code == 302


def test_original_is_opened_once_after_a_colleague_has_agreed(inbox, report, attachment):
    anna, ben = unlocked_browser_of(inbox.anna), unlocked_browser_of(inbox.ben)
    anna.post(inbox.address(report, f"files/{attachment.pk}/original/"), REASON)
    original = inbox.address(report, f"originals/{OriginalAccess.objects.get().pk}/")
    assert anna.post(original).status_code == 302
    assert REASON["reason"] in ben.get(inbox.address(report)).content.decode()
    ben.post(f"{original}grant/")
    assert ben.post(original).status_code == 302
    assert b"".join(anna.post(original)) == b"o"
    assert anna.post(original).status_code == 302
    done = Entry.objects.filter(action__startswith="report.original").order_by("sequence")
    steps = ["report.original_asked", "report.original_granted", "report.original_opened"]
    assert list(done.values_list("action", flat=True)) == steps


def test_nobody_agrees_to_what_they_have_asked_for(inbox, attachment):
    with pytest.raises(NotIndependent, match=r"asked for this yourself.* These people can"):
        originals.approve_original(request_original(inbox, attachment), by=inbox.anna.person)


@pytest.mark.parametrize(("days", "opens"), [(timedelta(hours=24, seconds=-1), True), (timedelta(hours=24), False)])
def test_agreement_holds_for_a_day(inbox, attachment, at, days, opens):
    access, began = request_original(inbox, attachment), timezone.now()
    at(began)
    originals.approve_original(access, by=inbox.ben.person)
    at(began + days)
    if opens:
        assert b"".join(originals.open_original(access, by=inbox.anna)[1]) == b"o"
    else:
        with pytest.raises(NotGranted):
            originals.open_original(access, by=inbox.anna)


def test_reason_is_sealed(inbox, attachment):
    access = request_original(inbox, attachment)
    assert REASON["reason"].encode() not in bytes(access.reason.content)
    assert REASON["reason"] not in "".join(Entry.objects.values_list("details", flat=True))
