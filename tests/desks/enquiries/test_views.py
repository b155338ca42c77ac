"""An enquiry in a few presses, taken back within ten minutes, and nothing about anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desks.enquiries.models import Enquiry
from partners.memberships.states import Role
from tests.desks.retention.deletable_reports import RetentionDesk, noon
from tests.people import browser_of, organisation, person

pytestmark = pytest.mark.django_db
FORM = {"channel": "telephone", "caller": "parent", "topic": "missing", "result": "number", "language": "el"}
FORM |= {"country": "GR", "day": "2027-01-15"}


@pytest.fixture
def inbox(at) -> RetentionDesk:
    at(noon())
    return RetentionDesk()


@pytest.fixture
def browser(inbox):
    return browser_of(inbox.anna.person)


def test_enquiry_is_recorded_and_the_next_follows(inbox, browser):
    page = browser.post(f"{inbox.url}enquiries/new/", FORM, follow=True)
    assert "<b>1</b> Phone" in page.content.decode()
    assert Enquiry.objects.values("channel", "caller", "topic", "result", "country").get() == {
        name: FORM[name] for name in ("channel", "caller", "topic", "result", "country")
    }


def test_enquiry_keeps_nothing_about_anybody():
    assert sorted(field.name for field in Enquiry._meta.fields) == [
        *("caller", "channel", "country", "day", "desk", "id", "language", "result", "topic")
    ]


@pytest.mark.parametrize(("minutes", "left"), [(9, 0), (11, 1)])
def test_last_enquiry_is_taken_back_for_ten_minutes(inbox, browser, at, minutes, left):
    browser.post(f"{inbox.url}enquiries/new/", FORM)
    at(noon() + timedelta(minutes=minutes))
    browser.post(f"{inbox.url}enquiries/undo/")
    assert Enquiry.objects.count() == left


def test_colleague_cannot_take_back_what_another_recorded(inbox, browser):
    browser.post(f"{inbox.url}enquiries/new/", FORM)
    browser_of(inbox.chief.person).post(f"{inbox.url}enquiries/undo/")
    assert Enquiry.objects.count() == 1


def test_day_to_come_is_refused_and_keeps_what_was_pressed(inbox, browser):
    page = browser.post(f"{inbox.url}enquiries/new/", FORM | {"day": "2027-01-16"})
    assert "This date is in the future." in page.content.decode()
    assert page.context["form"]["topic"].value() == "missing"


def test_another_desk_is_not_found(inbox):
    stranger = person(Role.WORKER, organisation("elsewhere"))
    assert browser_of(stranger).get(f"{inbox.url}enquiries/new/").status_code == 404
