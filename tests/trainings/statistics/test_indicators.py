"""Figures equal what the database counts by itself; what is hidden opens nothing; files say what pages say."""

from __future__ import annotations

import csv
import time
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from partners.memberships.states import Role
from tests.bundled import with_courses
from tests.people import browser_of, organisation, person
from tests.reading import Page
from tests.trainings.evaluation.sample_answers import hand_in_for_all, right_answers, seminar_with_questions
from tests.trainings.sample_seminars import applicant, make_seminar
from tests.trainings.statistics.sample_population import ATHENS, YearOfSeminars
from trainings.attendance.models import Attendance
from trainings.evaluation.models import Questionnaire, Response
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.states import Stage
from trainings.seminars.models import Seminar
from trainings.statistics.indicators import StatisticsScope, people_indicators, rows_behind, training_indicators
from victor.access import Visitor
from victor.indicators.declarations import Indicator
from victor.indicators.tables import CountedIndicator

pytestmark = pytest.mark.django_db
ADDRESS = "/en/workspace/training-figures/"
PERIOD = "first=2027-02&last=2027-11"
BEGAN = """
s.cancelled IS FALSE AND s.starts >= '2027-02-01 00:00 Europe/Athens' AND s.starts < '2027-12-01 00:00 Europe/Athens'
"""
CAME = f"""
SELECT r.id, lower(r.email) AS person, r.profession, coalesce(r.country_id, '') AS country, r.organisation_type, r.sex,
    s.starts, sum(extract(epoch FROM e.ends - e.starts)) / 3600 AS hours
FROM trainings_registration r JOIN trainings_seminar s ON s.id = r.seminar_id
JOIN trainings_attendance a ON a.registration_id = r.id JOIN trainings_session e ON e.id = a.session_id
WHERE {BEGAN} GROUP BY r.id, s.starts
"""
PEOPLE = f"""
WITH came AS ({CAME}), latest AS (SELECT DISTINCT ON (person) * FROM came ORDER BY person, starts DESC, id DESC)
SELECT l.profession, l.country, l.organisation_type, l.sex, count(DISTINCT l.person), count(*), sum(c.hours)
FROM came c JOIN latest l USING (person) GROUP BY 1, 2, 3, 4
"""
SEMINARS = f"""
SELECT s.country_id, to_char(s.starts AT TIME ZONE 'Europe/Athens', 'YYYY-MM'), coalesce(s.course_id::text, ''),
    count(*), sum(h.hours), count(*) FILTER (WHERE k.kinds >= 3)
FROM trainings_seminar s
JOIN (SELECT seminar_id, sum(extract(epoch FROM ends - starts)) / 3600 AS hours FROM trainings_session GROUP BY 1) h
    ON h.seminar_id = s.id
JOIN (SELECT r.seminar_id, count(DISTINCT r.organisation_type) AS kinds FROM trainings_registration r
    WHERE r.id IN (SELECT registration_id FROM trainings_attendance) GROUP BY 1) k ON k.seminar_id = s.id
WHERE {BEGAN} GROUP BY 1, 2, 3
"""
PLACE = """
s.country_id, to_char(s.starts AT TIME ZONE 'Europe/Athens', 'YYYY-MM') AS month,
    coalesce(s.course_id::text, '') AS course
"""
GAIN = f"""
WITH pairs AS (SELECT {PLACE}, b.score AS before, a.score AS after, count(*) OVER (PARTITION BY s.id) AS together
FROM trainings_response a
JOIN trainings_response b ON b.seminar_id = a.seminar_id AND b.key = a.key AND b.stage = 'before' AND b.complete
    AND b.questionnaire_id = a.questionnaire_id
JOIN trainings_seminar s ON s.id = a.seminar_id WHERE a.stage = 'after' AND a.counted AND {BEGAN})
SELECT country_id, month, course, count(*), sum(before), sum(after), sum(after - before),
    count(*) FILTER (WHERE after >= 70)
FROM pairs WHERE together >= 5 GROUP BY 1, 2, 3
"""
ANSWERS = f"""
WITH answered AS (SELECT {PLACE}, CASE r.stage WHEN 'reaction' THEN (r.answers ->> 'reaction-useful')::int >= 4
        ELSE (r.answers ->> 'follow-up-used')::int = 0 END AS good, count(*) OVER (PARTITION BY s.id) AS together
FROM trainings_response r JOIN trainings_seminar s ON s.id = r.seminar_id
WHERE r.stage = '{{}}' AND r.counted AND {BEGAN})
SELECT country_id, month, course, count(*), count(*) FILTER (WHERE good)
FROM answered WHERE together >= 5 GROUP BY 1, 2, 3
"""
BY_SQL = {"held": SEMINARS, "participants": PEOPLE, "gain": GAIN}
BY_SQL |= {"useful": ANSWERS.format("reaction"), "used": ANSWERS.format("follow_up")}


def ask(sql: str, measures: int) -> dict[tuple, tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = [(row[: -measures - 1], tuple(map(float, row[-measures - 1 :]))) for row in cursor.fetchall()]
    return dict(rows)


def scope_of(*months: str) -> StatisticsScope:
    first, last = (date.fromisoformat(f"{month}-01") for month in months)
    return StatisticsScope.of_months(Seminar.objects.all(), first, last)


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def afterwards(at) -> None:
    """The year of the seeded seminars is over."""
    at(datetime(2028, 1, 10, tzinfo=ATHENS))


@pytest.fixture
def coordinator():
    return browser_of(person(Role.COORDINATOR, organisation("coordinator")))


def came(seminar: Seminar, number: int, **fields: str) -> list[Registration]:
    """So many who were there on the first day."""
    made = [register(applicant(seminar, **fields), by=Visitor()) for _ in range(number)]
    for registration in made:
        Attendance.objects.create(registration=registration, session=seminar.sessions.first(), method="list")
    return made


def indicators(scope: StatisticsScope) -> dict[str, Indicator]:
    return {each.key: each for each in (*training_indicators(scope), *people_indicators(scope))}


def counted_of(key: str, scope: StatisticsScope) -> CountedIndicator:
    return CountedIndicator.own(indicators(scope)[key], scope, period="")


@pytest.mark.long
def test_figures_of_ten_thousand_equal_an_independent_count_within_ten_seconds(afterwards, coordinator, figure):
    YearOfSeminars()
    scope = scope_of("2027-02", "2027-11")
    counted = indicators(scope)
    for key, sql in BY_SQL.items():
        sums_by_cell = {cell: tuple(map(float, sums)) for cell, sums in counted[key].count(scope).items()}
        assert sums_by_cell == ask(sql, len(counted[key].measures)), key
    for form in ("html", "csv", "xlsx"):
        started, used = time.perf_counter(), time.process_time()
        assert coordinator.get(f"{ADDRESS}?form={form}&half=2027-1").status_code == 200
        figure(f"seminars' report as {form}", time.perf_counter() - started, "s")
        assert time.process_time() - used < 10  # of our processor, however busy the machine is
    figure("seminars' report: persons, their registrations", f"{_persons(scope)}, {Registration.objects.count()}")


def _persons(scope: StatisticsScope) -> int:
    return counted_of("participants", scope).number()


@pytest.mark.long
def test_rows_are_those_of_the_figure_and_take_twelve_queries_at_any_size(afterwards, coordinator, figure):
    YearOfSeminars(seminars=60, persons=1500)
    scope = scope_of("2027-01", "2027-06")
    counted = counted_of("participants", scope)
    rows = Registration.objects.filter(pk__in=rows_behind(counted.indicator, scope, {"profession": "police"}))
    assert len({each.email.lower() for each in rows}) == counted.number(profession="police")
    page = Page(coordinator.get(f"{ADDRESS}?half=2027-1").text)
    people = next(link.removeprefix(ADDRESS) for link in page.links if "participants/?" in link)
    for path in (people, f"held/?{PERIOD}", f"gain/?where=GR&{PERIOD}"):
        with CaptureQueriesContext(connection) as asked:
            shown = coordinator.get(f"{ADDRESS}{path}")
        assert shown.status_code == 200, path
        assert len(asked) <= 12, path
        figure(f"seminars' rows, {path}: rows, queries", f"{shown.context['page_obj'].paginator.count}, {len(asked)}")


@pytest.mark.long
def test_page_csv_and_workbook_say_the_same(afterwards, coordinator):
    YearOfSeminars(seminars=60, persons=2500)
    lines = lines_of(coordinator.get(f"{ADDRESS}?half=2027-1&form=csv").content)
    book = load_workbook(BytesIO(coordinator.get(f"{ADDRESS}?half=2027-1&form=xlsx").content))
    assert [[str(cell if cell is not None else "") for cell in row] for row in book.active.values] == lines
    people = coordinator.get(f"{ADDRESS}?half=2027-1").context["people"]["counted"]
    numbers = ["not shown" if number is None else str(number) for _key, number in people.all()]
    assert [line[4] for line in lines if line[0] == "Participants"] == numbers
    assert "not shown" in numbers
    assert [number for number in numbers if number not in {"not shown", "0"} and int(number) < 5] == []


def test_filter_by_country_leaves_seminars_and_no_people(afterwards, coordinator):
    YearOfSeminars(seminars=20, persons=300)
    lines = lines_of(coordinator.get(f"{ADDRESS}?{PERIOD}&country=GR&form=csv").content)
    assert {line[1] for line in lines[1:]} == {"2027-02 – 2027-11, Greece"}
    assert {line[0] for line in lines if line[0].startswith("Participants")} == set()
    page = coordinator.get(f"{ADDRESS}?{PERIOD}&country=GR").content.decode()
    assert "These months and filters do not apply to them." in page
    assert "?half=2027-1#participants" in page


def test_person_who_comes_twice_is_one_person_and_two_attendances():
    for slug in ("athens", "patras"):
        over = make_seminar(slug, days=-3, closes=datetime(2090, 1, 1, tzinfo=ATHENS))
        came(over, 1, email="maria@example.org", name="Maria")
    scope = scope_of("2020-01", "2090-01")
    counted = people_indicators(scope)[0].count(scope)
    assert counted == {("police", "GR", "law_enforcement", ""): (1, 2, 6.0)}


def test_seminar_is_held_when_it_is_over_and_somebody_came_and_planned_before():
    over = make_seminar("over", days=-3, closes=datetime(2090, 1, 1, tzinfo=ATHENS))
    came(over, 1)
    came(over, 1, organisation_type="ngo")
    came(over, 1, organisation_type="school")
    make_seminar("empty", days=-3)
    make_seminar("to-come", days=3)
    make_seminar("called-off", days=3, cancelled=True)
    scope = scope_of("2020-01", "2090-01")
    assert list(training_indicators(scope)[0].count(scope).values()) == [(1, 6.0, True)]
    assert list(training_indicators(scope)[1].count(scope).values()) == [(1,)]


@with_courses
def test_figures_of_answers_grow_by_five_as_results_do():
    _seminar, people = seminar_with_questions(people=6)
    hand_in_for_all(people, Stage.REACTION, {"reaction-useful": 4})
    hand_in_for_all(people, Stage.AFTER, right_answers())
    Response.objects.filter(stage=Stage.AFTER).update(counted=False)
    sheets = [Response(stage=Stage.BEFORE, **same) for same in _sheets(Stage.AFTER)]
    Response.objects.bulk_create(sheets)
    scope = scope_of("2020-01", "2090-01")
    numbers = [sum(sums[0] for sums in each.count(scope).values()) for each in training_indicators(scope)[-3:]]
    assert numbers == [0, 5, 0]
    Response.objects.filter(stage=Stage.AFTER).update(counted=True)
    assert counted_of("gain", scope).number() == 6
    Response.objects.filter(stage=Stage.BEFORE).update(questionnaire=Questionnaire.objects.get(code="reaction"))
    assert counted_of("gain", scope).number() == 0


def _sheets(stage: Stage) -> list[dict]:
    """What was handed in, as it would have been at another stage."""
    names = ("seminar_id", "questionnaire_id", "key", "score", "complete")
    return list(Response.objects.filter(stage=stage).values(*names))


@with_courses
def test_answers_of_a_seminar_with_fewer_than_five_count_nowhere():
    """Otherwise the figures of two months and of one of them could be subtracted (finding 15)."""
    _seminar, people = seminar_with_questions(people=9)
    hand_in_for_all(people, Stage.REACTION, {"reaction-useful": 4})
    scope = scope_of("2020-01", "2090-01")
    pk = Response.objects.filter(stage=Stage.REACTION, counted=True).first().pk
    Response.objects.filter(pk=pk).update(counted=False)
    assert counted_of("useful", scope).number() == 0
    Response.objects.filter(pk=pk).update(counted=True)
    assert counted_of("useful", scope).number() == 5


@pytest.fixture
def seminars_of_june(at):
    """Of two hosts, by the end of which eleven and eight people came; looked at when June's figures are shown."""
    at(datetime(2027, 6, 20, tzinfo=ATHENS))
    for slug, police, teachers in (("smile", 9, 2), ("other", 8, 0)):
        seminar = make_seminar(
            slug, days=-3, closes=datetime(2090, 1, 1, tzinfo=ATHENS), organisation=organisation(slug)
        )
        came(seminar, police)
        came(seminar, teachers, profession="teacher")
    at(datetime(2027, 8, 1, tzinfo=ATHENS))


def test_hidden_figure_opens_nothing_and_others_open_their_rows(seminars_of_june, coordinator):
    page = coordinator.get(f"{ADDRESS}?half=2027-1")
    linked = {link.partition("half=2027-1")[2] for link in Page(page.content.decode()).links if "participants/" in link}
    assert {link for link in linked if "profession=teacher" in link} == set()
    assert "&organisation=law_enforcement" in linked
    assert b"not shown" in page.content
    assert coordinator.get(f"{ADDRESS}participants/?half=2027-1&profession=teacher").status_code == 404
    assert coordinator.get(f"{ADDRESS}participants/?half=2027-1&organisation=law_enforcement").status_code == 200


@pytest.mark.parametrize("query", ["sex=&from=GR", "profession=police&organisation=law_enforcement&sex="])
def test_figure_that_is_in_no_table_opens_nothing(seminars_of_june, coordinator, query):
    assert coordinator.get(f"{ADDRESS}participants/?half=2027-1&{query}").status_code == 404


def test_trainer_sees_the_seminars_of_the_own_organisation(seminars_of_june, coordinator):
    trainer = browser_of(person(Role.TRAINER, organisation("smile")))
    numbers = [
        browser.get(f"{ADDRESS}?half=2027-1").context["people"]["counted"].figures[None, "GR", None, None]
        for browser in (trainer, coordinator)
    ]
    assert numbers == [11, 19]
    rows = trainer.get(f"{ADDRESS}participants/?half=2027-1&organisation=law_enforcement").context["page_obj"]
    assert rows.paginator.count == 11
    other = organisation("other").pk
    assert (
        trainer.get(f"{ADDRESS}held/?first=2027-06&last=2027-06&host={other}").context["page_obj"].paginator.count == 0
    )


def test_figure_that_does_not_exist_leads_nowhere(coordinator):
    assert coordinator.get(f"{ADDRESS}nonsense/").status_code == 404
