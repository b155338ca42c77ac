"""Figures equal what the database counts by itself, before and after deletion; files say what pages say."""

from __future__ import annotations

import csv
import random
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from model_bakery import baker
from openpyxl import load_workbook

from desks.enquiries.indicators import ENQUIRIES
from desks.enquiries.models import Enquiry
from desks.enquiries.states import EnquiryResult, EnquiryTopic
from desks.reports.models import Report
from desks.reports.states import Channel, ReporterKind, ReportState
from desks.retention.indicators import ERASED, REPORTS, DeskPeriod
from desks.retention.periodic import retain
from tests.desks.retention.deletable_reports import RetentionDesk, noon
from tests.people import browser_of
from victor.indicators.tables import CountedIndicator

pytestmark = pytest.mark.django_db
SEEDED = random.Random(13)
BY_SQL = """
SELECT channel, caller, topic, count(*) FROM desks_enquiry
WHERE desk_id = %s AND day BETWEEN '2027-01-01' AND '2027-02-28' GROUP BY 1, 2, 3
"""
REPORTS_BY_SQL = """
SELECT outcome, channel, count(*), count(*) FILTER (WHERE danger),
    count(*) FILTER (WHERE triaged_at - received_at <= make_interval(hours => CASE WHEN danger THEN 1 ELSE 24 END)),
    count(*) FILTER (WHERE channel <> 'web' OR answered_at <= received_at + interval '3 days')
FROM desks_report WHERE NOT is_test AND received_at BETWEEN '2027-01-01+02' AND '2027-02-01+02' GROUP BY 1, 2
"""


@pytest.fixture
def inbox(at) -> RetentionDesk:
    at(noon())
    return RetentionDesk()


def enquire(inbox: RetentionDesk, count: int) -> None:
    pick = {
        name: list(of)
        for name, of in {
            "channel": Channel,
            "caller": ReporterKind,
            "topic": EnquiryTopic,
            "result": EnquiryResult,
        }.items()
    }
    for _ in range(count):
        day = noon(SEEDED.randrange(-60, 90)).date()
        chosen = {name: SEEDED.choice(choices) for name, choices in pick.items()}
        baker.make(Enquiry, desk=inbox.desk, day=day, language="el", **chosen)


def ask(sql: str, *given: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def test_enquiries_equal_an_independent_count(inbox):
    enquire(inbox, 400)
    counted = ENQUIRIES.count(DeskPeriod.of_months([inbox.desk.pk], noon().date(), noon(40).date()))
    assert sorted((*key, number) for key, number in counted.items()) == sorted(ask(BY_SQL, inbox.desk.pk))


def reported(inbox: RetentionDesk, count: int) -> None:
    for number in range(count):
        received = noon(SEEDED.randrange(-5, 10))
        outcome = SEEDED.choice([ReportState.UNFOUNDED, ReportState.INFORMED])
        given = {"channel": SEEDED.choice(list(Channel)), "danger": SEEDED.random() < 0.5, "outcome": outcome}
        given["triaged_at"] = received + timedelta(hours=SEEDED.choice([0.5, 5, 30]))
        given["answered_at"] = received + timedelta(days=SEEDED.choice([1, 5]))
        inbox.report(received_at=received, closed_at=noon(20), is_test=number == 0, **given)


def figures_of(scope: DeskPeriod) -> dict:
    counted = CountedIndicator.own(REPORTS, scope, period="")
    return {key: number for key, number in counted.all() if number}


def test_reports_equal_an_independent_count_and_stay_the_same_when_reports_are_deleted(inbox, at):
    reported(inbox, 40)
    scope = DeskPeriod.of_months([inbox.desk.pk], noon().date(), noon().date())
    rows, before = ask(REPORTS_BY_SQL), figures_of(scope)
    by_both = {(key[1], key[0]): n for key, n in before.items() if key[0] and key[1] and key[2:] == (None,) * 3}
    assert by_both == {row[:2]: row[2] for row in rows}
    shares = [
        before[None, None, "yes", None, None],
        before[None, None, None, "yes", None],
        before[(None,) * 4 + ("yes",)],
    ]
    assert shares == [sum(row[column] for row in rows) for column in (3, 4, 5)]
    retain()
    at(noon(115))
    retain()
    assert 0 < Report.objects.count() < 40
    assert figures_of(scope) == before


def test_deleted_on_the_day_or_late(inbox, at):
    for _ in range(2):
        inbox.report(closed_at=noon())
        retain()
    at(noon(90))
    Report.objects.filter(pk=Report.objects.first().pk).update(unread_since=noon())
    retain()
    Report.objects.update(unread_since=None, erase_on=noon(91).date())
    at(noon(93))
    retain()
    scope = DeskPeriod.of_months([inbox.desk.pk], noon(90).date(), noon(93).date())
    assert ERASED.count(scope) == {("yes",): 1, ("no",): 1}


def test_page_csv_and_workbook_say_the_same(inbox):
    enquire(inbox, 60)
    browser = browser_of(inbox.anna.person)
    address = f"{inbox.url}figures/?first=2027-01&last=2027-02"
    assert browser.get(address).status_code == 200
    lines = list(csv.reader(StringIO(browser.get(f"{address}&form=csv").content.decode("utf-8-sig"))))
    book = load_workbook(BytesIO(browser.get(f"{address}&form=xlsx").content))
    assert [[str(cell if cell is not None else "") for cell in row] for row in book.active.values] == lines
    scope = DeskPeriod.of_months([inbox.desk.pk], noon().date(), noon(40).date())
    counted = CountedIndicator.own(ENQUIRIES, scope, period="")
    assert next(line[4] for line in lines if line[0] == "Enquiries" and line[3] == "total") == str(counted.number())
