"""Whoever asks every address for figures of all desks, and subtracts, recovers no hidden figure (finding 15)."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from model_bakery import baker

from desks.enquiries.indicators import ENQUIRIES
from desks.enquiries.models import Enquiry
from desks.enquiries.states import EnquiryTopic
from desks.reports.states import Channel, ReporterKind, ReportState
from desks.retention.indicators import ERASED, REPORTS, DeskPeriod
from partners.memberships.states import Role
from tests.desks.retention.deletable_reports import RetentionDesk
from tests.indicators.attacker import Attacker
from tests.indicators.audit import audit, frozen_table
from tests.people import browser_of, organisation, person
from victor.indicators.actions import freeze_figures
from victor.indicators.errors import PeriodNotOver
from victor.indicators.models import FrozenFigures
from victor.indicators.periods import HalfYear

pytestmark = pytest.mark.django_db
ADDRESS = "/en/workspace/figures/"
ATHENS = ZoneInfo("Europe/Athens")
MONTHS = ("", "2025-09", "2025-10", "2026-01")
HALVES = ("", "2025-2", "2026-1", "2026-2", "2025-3", "2025-09", "nonsense")


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ATHENS)


def coordinator():
    return browser_of(person(Role.COORDINATOR, organisation("coordinator")))


def enquire(desk, count: int, *, day: str = "2025-09-10", caller: str = "child", topic: str = "child") -> None:
    fields = {"channel": "telephone", "caller": caller, "topic": topic, "result": "number", "language": "el"}
    Enquiry.objects.bulk_create(Enquiry(desk=desk, day=date.fromisoformat(day), **fields) for _ in range(count))


class YearOfThreeDesks:
    """Enquiries and reports of July 2025 to June 2026, most of them at the first desk."""

    def __init__(self) -> None:
        self.seeded = random.Random(15)
        self.desks = [RetentionDesk(slug) for slug in ("north", "south", "west")]
        for desk, enquiries, reports in zip(self.desks, (320, 120, 40), (30, 12, 4), strict=True):
            self.enquire(desk, enquiries, days=365)
            for _ in range(reports):
                self.report(desk)

    def enquire(self, desk: RetentionDesk, count: int, *, days: int) -> None:
        choices = {"channel": list(Channel), "caller": list(ReporterKind)[:4], "topic": list(EnquiryTopic)[:5]}
        for _ in range(count):
            day = date(2025, 7, 1) + timedelta(days=self.seeded.randrange(days))
            chosen = {name: self.seeded.choice(values) for name, values in choices.items()}
            baker.make(Enquiry, desk=desk.desk, day=day, language="el", result="number", **chosen)

    def report(self, desk: RetentionDesk) -> None:
        received = noon("2025-07-01") + timedelta(days=self.seeded.randrange(365))
        outcome = self.seeded.choice([ReportState.UNFOUNDED, ReportState.INFORMED, ReportState.REFERRED])
        given = {"channel": self.seeded.choice(list(Channel)), "danger": self.seeded.random() < 0.3}
        desk.report(received_at=received, triaged_at=received, closed_at=received, outcome=outcome, **given)


def read_everything(attacker: Attacker) -> int:
    """Every combination of what an address may say, as a page and as files."""
    browser, number = coordinator(), 0
    months = [(first, last) for first, last in product(MONTHS, MONTHS) if last in {"", "2025-10", "2026-01"}]
    asked = [{"half": half, "form": form} for half in HALVES for form in ("", "csv", "xlsx")]
    asked += [{"first": first, "last": last, "form": "csv"} for first, last in months]
    asked += [{"half": "2025-2", "country": "GR", "host": "1", "of": "hours", "form": form} for form in ("", "csv")]
    for query in asked:
        attacker.read(browser.get(ADDRESS, query))
        number += 1
    return number


@pytest.mark.long
def test_subtract_every_answer_from_every_other_recovers_no_hidden_figure(at, figure):
    at(noon("2026-01-10"))
    year, attacker, asked = YearOfThreeDesks(), Attacker("Enquiries", "Reports", "Deleted"), 0
    for day in ("2026-02-01", "2026-02-20", "2026-08-05", "2026-08-06"):
        at(noon(day))
        asked += read_everything(attacker)
        year.enquire(year.desks[1], 1, days=365)
        year.report(year.desks[2])
        Enquiry.objects.filter(desk=year.desks[0].desk).last().delete()
    figure(
        "attack on figures of desks: asked, shown, hidden", f"{asked}, {len(attacker.shown)}, {len(attacker.hidden)}"
    )
    figure("attack on figures of desks: recovered", len(attacker.recovered()))
    assert {period for period, _name in attacker.hidden} == {
        (2025 * 12 + 7, 2025 * 12 + 12),
        (2026 * 12 + 1, 2026 * 12 + 6),
    }
    assert attacker.recovered() == set()


@pytest.mark.long
@pytest.mark.prove
def test_audit_of_frozen_figures_leaves_ten_for_every_reader(at, figure):
    at(noon("2026-01-10"))
    YearOfThreeDesks()
    at(noon("2026-08-05"))
    browser, widths = coordinator(), []
    for half in ("2025-2", "2026-1"):
        browser.get(ADDRESS, {"half": half})
    for indicator, frozen in product((ENQUIRIES, REPORTS, ERASED), FrozenFigures.objects.all()):
        if indicator.key == frozen.indicator:
            widths += audit(frozen_table(indicator, frozen), frozen.hidden_keys()).values()
    figure("audit of figures of desks: hidden, narrowest", f"{len(widths)}, {min(widths):.0f}")
    assert min(widths) >= 10


def test_attacker_recovers_the_enquiry_of_october_where_months_can_be_chosen():
    """As the audit did: 13 in September, 14 in both months, so one in October."""
    attacker, name = Attacker("Enquiries"), ("Enquiries", "Topic × Caller", "Help for a child × Child")
    for period, number in {"2025-09 – 2025-09": 13, "2025-09 – 2025-10": 14, "2025-10 – 2025-10": "not shown"}.items():
        attacker.read_lines([(name[0], period, *name[1:], number)])
    assert attacker.recovered() == {((2025 * 12 + 10, 2025 * 12 + 10), name)}


@pytest.mark.parametrize(("september", "october", "shown"), [(13, 1, "14"), (11, 10, "21"), (30, 2, "32")])
def test_ask_for_months_gives_the_half_year(at, september, october, shown):
    at(noon("2026-02-01"))
    desk = RetentionDesk().desk
    enquire(desk, september)
    enquire(desk, october, day="2025-10-05")
    browser = coordinator()
    for first, last in (("2025-09", "2025-09"), ("2025-09", "2025-10"), ("2025-10", "2025-10")):
        content = browser.get(ADDRESS, {"first": first, "last": last, "form": "csv"}).content.decode()
        assert f"2025-07 – 2025-12 (figures as of 2026-02-01),,total,{shown}," in content


def test_figures_of_before_stay_as_they_were_shown(at):
    desk = RetentionDesk().desk
    enquire(desk, 40)
    for day in ("2026-01-31", "2026-02-10"):
        at(noon(day))
        content = coordinator().get(ADDRESS, {"half": "2025-2"}).content.decode()
        assert "As of 31 January 2026." in content
        assert "nobody can be recognised" in content
        assert FrozenFigures.objects.get(indicator="enquiries").cells == [[["telephone", "child", "child"], [40]]]
        enquire(desk, 1)


@pytest.mark.parametrize("form", ["", "csv", "xlsx"])
def test_half_year_that_is_not_over_says_when_its_figures_come(at, form):
    at(noon("2026-01-30"))
    enquire(RetentionDesk().desk, 40)
    response = coordinator().get(ADDRESS, {"half": "2025-2", "form": form})
    assert "will be shown from 31 January 2026" in response.content.decode()
    assert response.context["counts"] == []
    assert not FrozenFigures.objects.exists()


def test_freeze_figures_of_a_half_year_that_is_not_over_is_refused(at):
    at(noon("2026-01-30"))
    period = HalfYear(2025, 2)
    with pytest.raises(PeriodNotOver):
        freeze_figures(ENQUIRIES, period, DeskPeriod([], period.first, period.last), subject="desks")


def test_page_names_the_threshold_and_hides_what_is_below(at):
    at(noon("2026-02-01"))
    desk = RetentionDesk().desk
    enquire(desk, 60)
    enquire(desk, 10, caller="parent")
    content = coordinator().get(ADDRESS).content.decode()
    assert "Figures below 11 are hidden, and so are figures that would reveal them." in content
    assert "not shown" in content


def test_desk_sees_every_figure_of_its_own_in_any_months(at):
    at(noon("2025-10-06"))
    desk = RetentionDesk()
    enquire(desk.desk, 13)
    enquire(desk.desk, 1, day="2025-10-05")
    content = browser_of(desk.anna.person).get(f"{desk.url}figures/?first=2025-10&last=2025-10&form=csv").content
    assert "2025-10 – 2025-10,,total,1," in content.decode("utf-8-sig")
