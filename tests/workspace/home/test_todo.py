"""What a coordinator sees of the whole portal, and a translator of what comes next."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from model_bakery import baker

from partners.directory.models import Country
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.desks.staffed_desks import staffed_desk
from tests.people import browser_of, organisation, person
from tests.trainings.sample_seminars import make_seminar
from victor.access import System
from victor.audit.actions import record
from victor.audit.anchors import Anchor, current_head, write_anchor
from victor.mail.models import Message
from victor.mail.states import MessageState
from victor.pages.models import Page
from victor.publishing.bundled_texts import publish_bundled
from victor.workspace.home.todo import country_strip, health_strip

pytestmark = pytest.mark.django_db
HOME = "/en/workspace/"


@pytest.fixture(autouse=True)
def state(settings, tmp_path) -> None:
    """A state folder of this test, in which the log is noted."""
    settings.STATE_ROOT = tmp_path / "state"


def figure_of(label: str):
    figures = health_strip(person(Role.COORDINATOR)).figures
    return next(figure for figure in figures if str(figure.label) == label)


def publish_page(slug: str = "about") -> Page:
    page = Page.objects.create(slug=slug)
    publish_bundled(page, "en", {"title": "About us", "summary": "We.", "body": "<p>We</p>"}, by=System("test"))
    return page


def test_coordinator_reads_how_many_emails_wait():
    baker.make(Message, state=MessageState.QUEUED, recipient="a@b.example", _quantity=2)
    assert figure_of("emails waiting to be sent").value == 2


def test_log_that_was_never_noted_is_not_called_intact():
    assert figure_of("Audit log").value == "not checked yet"


def test_log_that_fits_what_was_noted_is_intact():
    record("test.done", "thing:1", by=System("test"))
    write_anchor(current_head())
    assert figure_of("Audit log").value == "intact"


def test_log_that_no_longer_fits_what_was_noted_alarms():
    record("test.done", "thing:1", by=System("test"))
    head = current_head()
    write_anchor(Anchor(head.moment, head.sequence, "0" * len(head.digest)))
    figure = figure_of("Audit log")
    assert figure.value == "altered"
    assert figure.is_alarming


def test_country_has_its_partners_seminars_missing_texts_and_desk():
    make_seminar("athens")
    Country.objects.update(languages=["el"])
    publish_page()
    staffed_desk("greece")
    [card] = country_strip(person(Role.COORDINATOR)).cards
    assert card.title == "Greece"
    assert "1 upcoming seminar · 1 text missing" in card.detail
    assert card.state == "Hours not confirmed"


def test_country_without_a_desk_says_so():
    organisation("smile")
    [card] = country_strip(person(Role.COORDINATOR, organisation("smile"))).cards
    assert card.state == "No desk"
    assert "1 partner ·" in card.detail


def test_country_leads_to_its_partners_in_the_admin():
    coordinator = person(Role.COORDINATOR, organisation("smile"))
    [card] = country_strip(coordinator).cards
    assert browser_of(coordinator).get(card.url).status_code == 200


def test_countries_take_no_query_each(figure):
    coordinator = person(Role.COORDINATOR, organisation("smile"))
    with CaptureQueriesContext(connection) as few:
        country_strip(coordinator)
    for code in ("BG", "RO", "HU"):
        baker.make(Country, code=code, name_en=code, time_zone="Europe/Athens", in_partnership=True)
    with CaptureQueriesContext(connection) as many:
        country_strip(coordinator)
    figure("queries of the strip of countries with 1 and with 4", f"{len(few)}, {len(many)}")
    assert len(many) == len(few)


def test_translator_has_a_button_to_the_text_that_waits_longest():
    pages = [publish_page(slug) for slug in ("about", "help-us")]
    translator = person(Role.TRANSLATOR)
    Membership.objects.filter(user=translator).update(languages=["sl"])
    shown = browser_of(translator).get(HOME).content.decode()
    address = f"/en/workspace/texts/pages.page/{pages[0].pk}/sl/"
    button = f'<a class="button button--quiet" href="{address}">Translate next</a>'
    assert button in shown


def test_translator_with_nothing_to_do_has_no_such_button():
    translator = person(Role.TRANSLATOR)
    Membership.objects.filter(user=translator).update(languages=["sl"])
    assert "Translate next" not in browser_of(translator).get(HOME).content.decode()
