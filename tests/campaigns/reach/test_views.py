"""What partners record of a campaign, and what the figures say of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from model_bakery import baker

from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material
from campaigns.news.models import News
from campaigns.reach import indicators as reach_indicators
from campaigns.reach.models import Activity, Target, evidence_storage
from campaigns.reach.periodic import forget_files
from campaigns.reach.states import Measure
from partners.directory.models import Organisation
from partners.memberships.states import Role
from tests.confirming import CONFIRMED
from tests.people import browser_of, organisation, person
from victor.accounts.models import User
from victor.analytics.models import DailyTotal
from victor.analytics.states import Use
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/en/workspace/reach/lamp/"
NEW = f"{PAGE}new/"
PDF = b"%PDF-1.7\n% a list"


@pytest.fixture
def campaign() -> Campaign:
    return Campaign.objects.create(slug="lamp", code="lamp")


@pytest.fixture
def smile() -> Organisation:
    return organisation("smile")


@pytest.fixture
def worker(smile) -> User:
    return person(Role.WORKER, smile)


def activity(campaign: Campaign, at: Organisation, **fields: object) -> Activity:
    given = {"channel": "school", "measure": "attendees", "number": 30, "method": "counted", "source": "list"}
    return Activity.objects.create(campaign=campaign, organisation=at, country=at.country, **given | fields)


def typed(at: Organisation, **fields: object) -> dict[str, object]:
    day = {"date": "2026-03-02", "place": "Κολωνός", "country": at.country.pk, "organisation": at.pk}
    figure = {"channel": "school", "measure": "attendees", "number": "28", "method": "counted", "source": "List"}
    return day | figure | fields


def content(of: Activity) -> bytes:
    with of.evidence.open() as file:
        return file.read()


def list_of_names(data: bytes = PDF, name: str = "list.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_records_an_activity_with_its_evidence(campaign, smile, worker):
    answer = browser_of(worker).post(NEW, typed(smile, evidence=list_of_names()))
    assert answer["Location"] == PAGE
    made = Activity.objects.get()
    assert made.campaign == campaign
    assert made.organisation == smile
    assert made.number == 28
    assert made.recorded_by == worker
    assert content(made) == PDF
    assert made.evidence_format == "pdf"
    assert Entry.objects.last().details == '{"measure": "attendees", "number": 28}'


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": "0"}, "greater than or equal to 1"),
        ({"number": "many"}, "Please enter a whole number"),
        ({"date": "2999-01-01"}, "This date is in the future."),
        ({"measure": "pages"}, "Select a valid choice"),
        ({"source": ""}, "This field is required."),
        ({"evidence": list_of_names(b"MZ program")}, "This is not a PDF"),
        ({"evidence": list_of_names(b"ID3 sound", "list.mp3")}, "Choose a PDF or an image (JPEG, PNG, WebP)."),
    ],
)
def test_refuses_a_wrong_figure_and_keeps_what_was_typed(campaign, smile, worker, wrong, said):
    answer = browser_of(worker).post(NEW, typed(smile, **wrong))
    page = answer.content.decode()
    assert said in page
    assert 'value="Κολωνός"' in page
    assert Activity.objects.count() == 0


def test_offers_the_own_organisations_only(campaign, smile, worker):
    other = organisation("other")
    answer = browser_of(worker).post(NEW, typed(other))
    assert "organisation" in answer.context["form"].errors
    assert list(answer.context["form"].fields["organisation"].queryset) == [smile]


def test_corrects_an_activity_and_forgets_its_old_evidence(campaign, smile, worker, django_capture_on_commit_callbacks):
    browser = browser_of(worker)
    browser.post(NEW, typed(smile, evidence=list_of_names()))
    made = Activity.objects.get()
    old = made.evidence.name
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(
            f"/en/workspace/activities/{made.pk}/", typed(smile, number="31", evidence=list_of_names(b"%PDF-2"))
        )
    made.refresh_from_db()
    assert made.number == 31
    assert content(made) == b"%PDF-2"
    assert not evidence_storage().exists(old)


def test_removes_an_activity_with_its_evidence(campaign, smile, worker, django_capture_on_commit_callbacks):
    browser = browser_of(worker)
    browser.post(NEW, typed(smile, evidence=list_of_names()))
    name = Activity.objects.get().evidence.name
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/en/workspace/activities/{Activity.objects.get().pk}/remove/", CONFIRMED)
    assert Activity.objects.count() == 0
    assert not evidence_storage().exists(name)


@pytest.mark.parametrize(("rest", "method"), [("", "get"), ("", "post"), ("remove/", "post"), ("evidence/", "get")])
def test_refuses_a_colleague_of_another_organisation(campaign, smile, worker, rest, method):
    browser_of(worker).post(NEW, typed(smile, evidence=list_of_names()))
    made = Activity.objects.get()
    browser = browser_of(person(Role.WORKER))
    assert getattr(browser, method)(f"/en/workspace/activities/{made.pk}/{rest}").status_code == 403
    assert Activity.objects.count() == 1


def test_gives_the_evidence_to_whose_it_is(campaign, smile, worker):
    browser = browser_of(worker)
    browser.post(NEW, typed(smile, evidence=list_of_names()))
    answer = browser.get(f"/en/workspace/activities/{Activity.objects.get().pk}/evidence/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="2026-03-02-attendees.pdf"'


def test_colleague_sees_figures_and_no_way_to_change_them(campaign, smile):
    made = activity(campaign, smile)
    answer = browser_of(person(Role.TRAINER)).get(PAGE)
    assert list(answer.context["page_obj"]) == [made]
    assert answer.context["own"] == []


def test_narrows_activities_by_what_the_address_asks_for(campaign, smile, worker):
    school, press = activity(campaign, smile), activity(campaign, smile, channel="press", measure="press_items")
    browser = browser_of(worker)
    assert list(browser.get(f"{PAGE}?channel=press").context["page_obj"]) == [press]
    assert list(browser.get(f"{PAGE}?channel=nonsense&country=GR").context["page_obj"]) == [press, school]


def test_page_asks_as_often_for_one_activity_as_for_a_thousand(campaign, smile, worker, figure):
    browser = browser_of(worker)
    activity(campaign, smile)
    browser.get(PAGE)  # the first request notes when the session began
    with CaptureQueriesContext(connection) as few:
        browser.get(PAGE)
    Activity.objects.bulk_create(
        [
            Activity(campaign=campaign, organisation=smile, country=smile.country, number=1, measure="calls")
            for _ in range(1000)
        ]
    )
    with CaptureQueriesContext(connection) as many:
        browser.get(PAGE)
    figure("queries of a campaign's reach, 1 and 1,001 activities", f"{len(few)}, {len(many)}")
    assert len(many) == len(few)


def test_compares_each_measure_with_its_target(campaign, smile):
    activity(campaign, smile, number=90)
    activity(campaign, smile, number=9, channel="event")
    activity(organisation("other") and Campaign.objects.create(slug="b", code="b"), smile, number=1000)
    Target.objects.create(campaign=campaign, measure="attendees", number=100)
    Target.objects.create(campaign=campaign, measure="pages", number=50)
    progress = [
        (each.measure, each.reached, each.target, each.percent) for each in reach_indicators.progress_of(campaign)
    ]
    assert progress == [(Measure.ATTENDEES, 99, 100, 99), (Measure.PAGES, 0, 50, 0)]


def test_tells_figures_of_countries_apart(campaign, smile):
    bulgaria = baker.make("partners.Country", code="BG", name_en="Bulgaria", position=1)
    activity(campaign, smile, number=5)
    activity(campaign, smile, number=6, measure="handed_out")
    Activity.objects.update(country=bulgaria)
    activity(campaign, smile, number=7)
    table = reach_indicators.figures_by_country(campaign)
    assert table.measures == [Measure.HANDED_OUT, Measure.ATTENDEES]
    assert [(country.code, numbers) for country, numbers in table.rows] == [("BG", [6, 5]), ("GR", [0, 7])]


def counted(obj: object, day: date, number: int, language: str = "el", use: Use = Use.VIEW) -> None:
    baker.make(DailyTotal, object=obj, day=day, number=number, language=language, use=use)


def test_adds_up_readers_of_the_page_its_news_and_its_materials(campaign, at):
    at(datetime(2026, 11, 24, 12, tzinfo=UTC))
    news = News.objects.create(slug="n", campaign=campaign)
    material = Material.objects.create(slug="m", campaign=campaign, kind="leaflet")
    counted(campaign, date(2026, 11, 22), 3)
    counted(campaign, date(2026, 11, 23), 4)
    counted(news, date(2026, 11, 24), 5, "bg")
    counted(material, date(2026, 11, 24), 6, use=Use.DOWNLOAD)
    counted(News.objects.create(slug="else"), date(2026, 11, 24), 1000)
    last, now = reach_indicators.weeks_of_readers(campaign)[-2:]
    assert last.first == date(2026, 11, 16)
    assert last.numbers[Use.VIEW] == 3
    assert now.first == date(2026, 11, 23)
    assert now.numbers == {Use.VIEW: 9, Use.DOWNLOAD: 6, Use.PAPER: 0}
    assert reach_indicators.readers_by_language(campaign) == {
        "bg": {Use.VIEW: 5, Use.DOWNLOAD: 0, Use.PAPER: 0},
        "el": {Use.VIEW: 7, Use.DOWNLOAD: 6, Use.PAPER: 0},
    }


def test_shows_numbers_as_a_chart_and_as_a_table(campaign, smile, worker, at):
    at(datetime(2026, 11, 24, 12, tzinfo=UTC))
    counted(campaign, date(2026, 11, 24), 8)
    activity(campaign, smile, number=120, date=date(2026, 11, 1))
    Target.objects.create(campaign=campaign, measure="attendees", number=100)
    page = browser_of(worker).get(PAGE).content.decode()
    assert page.count('class="columns__column"') == reach_indicators.MAX_WEEKS
    assert 'height="40.0"' in page
    assert 'class="bar bar--full"' in page
    assert "120 %" in page


def test_forgets_evidence_that_no_activity_names(campaign, smile, worker, at):
    browser_of(worker).post(NEW, typed(smile, evidence=list_of_names()))
    Activity.objects.update(evidence="")
    assert forget_files() == 0
    at(datetime(2999, 1, 1, tzinfo=UTC))
    assert forget_files() == 1
