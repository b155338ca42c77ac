"""Whoever asks every address for figures of seminars, and subtracts, recovers no hidden figure (finding 15)."""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest

from partners.directory.models import Organisation
from partners.memberships.states import Role
from tests.indicators.attacker import Attacker
from tests.indicators.audit import audit, frozen_table
from tests.people import browser_of, organisation, person
from tests.sampling import sampled
from tests.trainings.statistics.sample_population import ATHENS, YearOfSeminars
from trainings.attendance.models import Attendance
from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from trainings.statistics.indicators import StatisticsScope, people_indicators
from victor.indicators.models import FrozenFigures

pytestmark = pytest.mark.django_db
ADDRESS = "/en/workspace/training-figures/"
MONTHS = (("", ""), ("2027-02", "2027-02"), ("2027-02", "2027-03"), ("2027-01", "2027-06"), ("2027-01", "2027-12"))
ANSWERS = ("What was learned", "Useful for work", "Used after three months")


def read_everything(browser, attacker: Attacker) -> int:
    """Every combination of what an address may say, as a page and as files."""
    host = Organisation.objects.get(slug="host-0").pk
    asked = [
        {"first": first, "last": last, "country": country, "host": host, "half": half, "form": "csv"}
        for (first, last), country, host, half in product(MONTHS, ("", "GR"), ("", host), ("", "2027-1"))
    ]
    halves = ("", "2027-1", "2027-2", "2026-2", "x")
    asked += [{"half": half, "of": of, "form": form} for half in halves for of, form in (("hours", ""), ("", "xlsx"))]
    for query in asked:
        attacker.read(browser.get(ADDRESS, query))
    return len(asked)


@pytest.mark.long
@pytest.mark.parametrize("role", sampled([Role.COORDINATOR, Role.TRAINER], daily=[], long=[Role.TRAINER]))
def test_subtract_every_answer_from_every_other_recovers_no_hidden_figure(at, figure, role):
    at(datetime(2027, 8, 1, tzinfo=ATHENS))
    year, attacker, asked = YearOfSeminars(seminars=24, persons=400), Attacker("Participants"), 0
    for day in (datetime(2027, 8, 1, tzinfo=ATHENS), datetime(2028, 2, 10, tzinfo=ATHENS)):
        at(day)
        asked += read_everything(browser_of(person(role, organisation("host-0"))), attacker)
        Registration.objects.filter(pk=year.registrations[len(attacker.shown) % 50].pk).update(profession="teacher")
        Attendance.objects.filter(registration=year.registrations[60]).delete()
    figure(
        f"attack on participants by {role}: asked, shown, hidden",
        f"{asked}, {len(attacker.shown)}, {len(attacker.hidden)}",
    )
    figure(f"attack on participants by {role}: recovered", len(attacker.recovered()))
    assert attacker.hidden
    assert attacker.recovered() == set()


@pytest.mark.parametrize("country", ["", "GR"])
def test_subtract_answers_of_months_leaves_five_or_none(at, country):
    at(datetime(2028, 2, 10, tzinfo=ATHENS))
    YearOfSeminars(seminars=60, persons=100)
    attacker, browser = Attacker(*ANSWERS), browser_of(person(Role.COORDINATOR, organisation("coordinator")))
    for month in range(1, 13):
        query = {"first": "2027-01", "last": f"2027-{month:02}", "country": country, "form": "csv"}
        attacker.read(browser.get(ADDRESS, query))
    numbers = {number for (_period, name), number in attacker.known().items() if ":" not in name[0]}
    assert max(numbers) > 5
    assert [number for number in numbers if 0 < number < 5] == []


@pytest.mark.prove
@pytest.mark.long
def test_audit_of_frozen_figures_leaves_five_for_every_reader(at, figure):
    at(datetime(2027, 8, 1, tzinfo=ATHENS))
    YearOfSeminars(seminars=24, persons=200)
    browser_of(person(Role.COORDINATOR, organisation("coordinator"))).get(ADDRESS, {"half": "2027-1"})
    frozen = FrozenFigures.objects.get()
    period = datetime(2027, 1, 1, tzinfo=ATHENS).date(), datetime(2027, 6, 30, tzinfo=ATHENS).date()
    indicator = people_indicators(StatisticsScope(Seminar.objects.all(), *period))[0]
    widths = audit(frozen_table(indicator, frozen), frozen.hidden_keys(), every=40)
    figure(
        "audit of participants: figures audited, hidden, narrowest",
        f"{len(widths)}, {len(frozen.hidden)}, {min(widths.values()):.0f}",
    )
    assert min(widths.values()) >= 5
