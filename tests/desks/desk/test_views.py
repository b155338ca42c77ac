"""Desks as visitors see them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from desks.desk.models import Desk
from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from tests.bundled import with_desks
from tests.desks.project_desks import load_desk, public_desk

pytestmark = [pytest.mark.django_db, with_desks]
MONDAY_NIGHT = datetime(2026, 11, 23, 20, tzinfo=UTC)


@pytest.fixture
def sofia() -> Desk:
    """A public desk in Bulgaria that is open on weekdays."""
    desk = public_desk("bulgaria")
    for weekday in range(5):
        desk.opening_hours.create(weekday=weekday, opens=time(9), closes=time(17))
    return desk


def content(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_directory_without_desks_says_what_helps_instead(client):
    load_desk()
    page = content(client, "/en/desks/")
    assert "No desk is open to the public yet." in page
    assert 'class="button button--help" href="/en/help/"' in page


def test_directory_names_desks_by_country_with_their_checked_numbers(client):
    public_desk("greece")
    [(country, [desk])] = client.get("/el/desks/").context["countries"]
    assert country.code == "GR"
    assert desk.slug == "greece"
    assert {line.dial for line in desk.lines} == {"116000", "1056", "116111"}


@pytest.mark.parametrize("page", ["", "children/"])
def test_desk_that_takes_reports_leads_to_their_form(client, sofia, page):
    assert 'class="button button--help" href="/en/report/bg/"' in content(client, f"/en/desks/bulgaria/{page}")


def test_desk_that_is_closed_says_when_it_opens_and_by_whose_clock(client, sofia, at):
    at(MONDAY_NIGHT)
    assert "Opens Tue 24 Nov, 09:00 (Sofia, UTC+2)" in content(client, "/en/desks/bulgaria/")


def test_desk_that_is_open_says_so_and_one_without_hours_says_nothing(client, sofia, at):
    at(datetime(2026, 11, 24, 10, tzinfo=UTC))
    assert "Open now" in content(client, "/en/desks/")
    sofia.opening_hours.all().delete()
    page = content(client, "/en/desks/")
    assert "Open now" not in page
    assert "Closed now" not in page


def test_desk_names_its_hours_and_the_days_on_which_it_is_closed(client, sofia, at):
    at(MONDAY_NIGHT)
    sofia.closures.create(first=date(2026, 12, 24), last=date(2027, 1, 6))
    sofia.closures.create(first=date(2026, 8, 1), last=date(2026, 8, 9))
    answer = client.get("/bg/desks/bulgaria/")
    assert answer.context["week"] == [("понеделник – петък", "09:00–17:00"), ("събота – неделя", "затворено")]
    assert len(answer.context["closed"]) == 1


def test_search_engines_are_told_the_hours_and_the_languages(client, sofia):
    written = re.search(r'ld\+json">(.*?)</script>', client.get("/en/desks/bulgaria/").content.decode())[1]
    data = json.loads(written)
    assert data["@type"] == "GovernmentService"
    assert data["hoursAvailable"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "https://schema.org/Monday",
        "opens": "09:00",
        "closes": "17:00",
    }
    assert data["availableChannel"]["availableLanguage"] == ["bg"]


def test_pages_of_a_desk_are_kept_by_no_browser_and_told_to_nobody(client):
    public_desk()
    for page in ("", "greece/", "greece/children/", "greece/professionals/"):
        answer = client.get(f"/el/desks/{page}")
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"


def test_children_find_their_numbers_first(client):
    public_desk("greece")
    page = client.get("/el/desks/greece/children/")
    assert [line.dial for line in page.context["lines"]] == ["1056", "116111", "116000"]
    written = page.content.decode()
    assert written.index("tel:1056") < written.index("Δεν φταις εσύ")


def test_professionals_are_told_the_hours_of_the_country(client):
    public_desk("greece")
    assert "<b>Within 24 hours</b>" in content(client, "/en/desks/greece/professionals/")
    Country.objects.filter(code="GR").update(notify_hours=12)
    assert "<b>Within 12 hours</b>" in content(client, "/en/desks/greece/professionals/")


def test_number_that_was_not_checked_is_not_shown(client, sofia):
    assert HelpLine.objects.filter(organisation=sofia.organisation).exists()
    answer = client.get("/en/desks/bulgaria/")
    assert answer.context["lines"] == []
    assert "We are checking the numbers of this desk." in answer.content.decode()


@pytest.mark.parametrize("page", ["", "children/", "professionals/"])
def test_desk_that_is_not_public_is_not_found(client, page):
    load_desk()
    assert client.get(f"/en/desks/greece/{page}").status_code == 404


def test_country_and_campaign_lead_to_the_desk(client):
    public_desk("greece")
    call_command("load_campaigns", verbosity=0)
    for address, leads in (
        ("/en/help/gr/", True),
        ("/en/help/bg/", False),
        ("/el/campaigns/victor/", True),
        ("/bg/campaigns/victor/", False),
        ("/bg/campaigns/victor/?country=GR", True),
        ("/en/campaigns/victor/", True),
    ):
        assert (f'href="{address[:3]}/desks/greece/"' in client.get(address).content.decode()) is leads


def test_clean_desk_whose_address_the_site_uses_is_refused(settings):
    desk = load_desk()
    desk.full_clean()
    settings.ROOT_URLCONF = "tests.desks.desk.taken_addresses"
    with pytest.raises(ValidationError, match="another part of the site"):
        desk.full_clean()
