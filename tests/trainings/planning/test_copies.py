"""A seminar that is held again, once or in a series."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from tests.trainings.sample_seminars import applicant, complete_seminar, make_seminar
from trainings.planning.actions import copy_seminar
from trainings.planning.states import SeminarPart
from trainings.registrations.actions import register
from trainings.seminars.materials import SessionMaterial, material_storage
from trainings.seminars.models import Seminar
from trainings.seminars.periodic import forget_files
from victor.access import System
from victor.publishing.states import TextState

pytestmark = pytest.mark.django_db
ATHENS = ZoneInfo("Europe/Athens")
TEST = System("test")


@pytest.fixture(autouse=True)
def today(at) -> None:
    at(datetime(2026, 10, 1, 12, tzinfo=UTC))


@pytest.fixture
def trainer():
    return person(Role.TRAINER, organisation("smile"))


def test_copy_keeps_the_hours_across_summer_time(trainer):
    seminar = complete_seminar()
    made = copy_seminar(seminar, slug="again", first_day=date(2026, 11, 3), parts=SeminarPart.values, by=trainer)
    hours = [f"{each.local_starts:%H:%M}–{each.local_ends:%H:%M}" for each in seminar.sessions.all()]
    assert [f"{each.local_starts:%H:%M}–{each.local_ends:%H:%M}" for each in made.sessions.all()] == hours
    assert made.local_starts.date() == date(2026, 11, 3)
    assert made.local_starts.utcoffset() < seminar.local_starts.utcoffset()
    assert f"{made.closes.astimezone(ATHENS):%H:%M}" == f"{seminar.closes.astimezone(ATHENS):%H:%M}"


def test_copy_takes_over_what_is_chosen(trainer):
    seminar = complete_seminar()
    register(applicant(seminar), by=TEST)
    everything = copy_seminar(seminar, slug="all", first_day=date(2026, 11, 3), parts=SeminarPart.values, by=trainer)
    nothing = copy_seminar(seminar, slug="none", first_day=date(2026, 11, 3), parts=[], by=trainer)
    counts = [
        [
            each.sessions.count(),
            each.quotas.count(),
            each.trainers.count(),
            each.versions.count(),
            SessionMaterial.objects.filter(session__seminar=each).count(),
            each.registrations.count(),
        ]
        for each in (everything, nothing)
    ]
    assert counts == [[2, 1, 1, 2, 1, 0], [0, 0, 0, 0, 0, 0]]
    states = set(everything.versions.values_list("state", "published_at", "outdated"))
    assert states == {(TextState.APPROVED, None, False)}


def test_series_is_planned_every_so_many_weeks(trainer):
    complete_seminar()
    form = {"first_day": "2026-11-03", "slug": "again", "times": "3", "weeks": "2", "parts": SeminarPart.values}
    browser = browser_of(trainer)
    assert browser.post("/en/workspace/seminars/athens/copy/", form).status_code == 302
    made = Seminar.objects.exclude(slug="athens").order_by("starts")
    days = [(each.slug, f"{each.local_starts:%d.%m.}") for each in made]
    assert days == [("again", "03.11."), ("again-2", "17.11."), ("again-3", "01.12.")]
    assert "Already used: again" in browser.post("/en/workspace/seminars/athens/copy/", form).content.decode()


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"slug": "a" * 51}, {"slug": "at most 50 characters"}),
        ({"slug": "a" * 49, "times": "2"}, {"slug": "each copy gets a number at the end"}),
        ({"first_day": "9999-12-30", "times": "2"}, {"first_day": "too far ahead"}),
    ],
)
def test_copy_with_an_address_too_long_or_a_day_too_far_is_refused(trainer, typed, fault):
    make_seminar()
    form = {"first_day": timezone.localdate(), "slug": "again", "times": "1", "weeks": "2", "parts": SeminarPart.values}
    page = browser_of(trainer).post("/en/workspace/seminars/athens/copy/", form | typed)
    errors = page.context["form"].errors
    assert [(name, said in str(errors[name])) for name, said in fault.items()] == [(name, True) for name in fault]
    assert errors.keys() == fault.keys()
    assert Seminar.objects.count() == 1


def test_file_that_a_copy_names_too_stays(trainer, at):
    seminar = complete_seminar()
    copy_seminar(seminar, slug="again", first_day=date(2026, 11, 3), parts=SeminarPart.values, by=trainer)
    file = SessionMaterial.objects.first().file.name
    Seminar.objects.filter(slug="athens").delete()
    at(timezone.now() + timedelta(days=9))
    forget_files()
    assert material_storage().exists(file)
    SessionMaterial.objects.all().delete()
    at(datetime(2027, 12, 1, tzinfo=UTC))
    forget_files()
    assert not material_storage().exists(file)
