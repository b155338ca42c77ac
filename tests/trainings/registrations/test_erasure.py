"""What people told is deleted on its day, not before, and the proof tells of nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from model_bakery import baker

from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.attendance.models import Attendance
from trainings.certificates.models import Certificate
from trainings.registrations.actions import give_up_registration, register
from trainings.registrations.models import Need, Registration, RegistrationGroup
from trainings.registrations.periodic import retain
from victor.access import System
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
US = System("test")


@pytest.fixture
def one() -> Registration:
    """Somebody with a need, who has been there and has a certificate."""
    seminar = make_seminar(days=1, lengths=(3,))
    group = baker.make(RegistrationGroup, seminar=seminar)
    made = register(applicant(seminar, group=group), need="A ramp", by=US)
    Attendance.objects.create(registration=made, session=seminar.sessions.get())
    given = {"language": "en", "minutes": 180, "total": 360, "serial": "1", "code": "x", "digest": "y"}
    Certificate.objects.create(seminar=seminar, registration=made, name="Ana", **given)
    return made


def noon(moment: datetime, *, years: int = 0, days: int = 0) -> datetime:
    local = timezone.localtime(moment).replace(hour=12)
    return local.replace(year=local.year + years) + timedelta(days=days)


@pytest.mark.parametrize(("day", "left"), [(29, 1), (30, 0), (31, 0)])
def test_need_is_deleted_thirty_days_after_the_end(one, at, day, left):
    at(noon(one.seminar.ends, days=day))
    retain()
    assert Need.objects.count() == left
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(("day", "left"), [(-1, 1), (0, 0), (1, 0)])
def test_registration_is_deleted_years_after_the_end_and_the_certificate_stays(one, at, day, left):
    at(noon(one.seminar.ends, years=5, days=day))
    retain()
    assert [model.objects.count() for model in (Registration, Attendance, RegistrationGroup)] == [left] * 3
    assert (Certificate.objects.get().registration_id is None) == (left == 0)


def test_years_are_set_by_the_operator(one, at, settings):
    settings.TRAINING_YEARS = 2
    at(noon(one.seminar.ends, years=2))
    assert retain() == (1, 1)


def test_need_of_who_does_not_come_is_deleted_the_next_night(one):
    other = register(applicant(one.seminar), need="Sign language", by=US)
    give_up_registration(other, by=US)
    assert retain() == (1, 0)
    assert list(Need.objects.values_list("registration", flat=True)) == [one.pk]


def test_leap_day_ends_on_the_last_of_february(one, at):
    one.seminar.sessions.update(
        starts=datetime.fromisoformat("2023-02-28T10:00+02:00"), ends=datetime.fromisoformat("2023-02-28T12:00+02:00")
    )
    at(datetime.fromisoformat("2028-02-29T12:00+02:00"))
    assert retain()[1] == 1


def test_proof_says_how_many_once(one, at):
    at(noon(one.seminar.ends, years=5))
    retain()
    retain()
    proofs = Entry.objects.filter(action__endswith=".erased").order_by("pk")
    assert [(each.action, each.details) for each in proofs] == [
        ("needs.erased", '{"count": 1}'),
        ("registrations.erased", '{"count": 1}'),
    ]


def test_seminar_of_yesterday_and_of_tomorrow_keep_everything(one):
    assert retain() == (0, 0)
    assert Need.objects.count() == 1
    assert Registration.objects.count() == 1
