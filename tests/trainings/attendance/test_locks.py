"""Two at once at the same rows, each with a connection of their own: nobody waits for ever, and no look is outdated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from partners.memberships.states import Role
from tests.connections import another_connection, somebody_waits
from tests.people import browser_of, organisation, person
from tests.trainings.sample_seminars import applicant, make_seminar
from tests.waiting import LIMIT, wait_until
from trainings.attendance.actions import check_in_participant, correct_attendance
from trainings.attendance.models import Attendance
from trainings.attendance.states import AttendanceMethod
from trainings.planning.actions import cancel_seminar
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.registrations.waiting_list import lock_seminar
from trainings.seminars.models import Seminar
from victor.access import System

pytestmark = pytest.mark.django_db(transaction=True)
US = System("test")


def correct_the_list(seminar: Seminar, by: Any) -> int:
    came = list(seminar.registrations.all())
    return correct_attendance(
        seminar.sessions.first(), attendees=came, absentees=[], reason="Signed attendance sheet", by=by
    )


def call_it_off(seminar: Seminar, by: Any) -> int:
    return cancel_seminar(seminar, by=by)


@pytest.mark.parametrize(("act", "count"), [(correct_the_list, 1), (call_it_off, 2)])
def test_check_in_while_all_are_written_to_stops_neither(act, count):
    seminar = make_seminar(days=0, closes=timezone.now() + timedelta(days=1))
    _first, last = (register(applicant(seminar), by=US) for _ in range(2))
    trainer = person(Role.TRAINER, organisation("smile"))
    with another_connection() as submit:
        with transaction.atomic():
            Registration.objects.select_for_update().get(pk=last.pk)  # as far as a check-in comes before it is logged
            other = submit(act, seminar, trainer)
            wait_until(somebody_waits)
            check_in_participant(last, seminar.sessions.first(), method=AttendanceMethod.LIST, by=trainer)
        assert other.result(timeout=LIMIT) == count
    assert Attendance.objects.filter(registration=last).count() == 1


def test_correction_waits_for_a_change_of_the_seminar_before_it_holds_anybody():
    """Who changes a seminar writes the open items of its people: in another order, both would wait for ever."""
    seminar = make_seminar(days=0, closes=timezone.now() + timedelta(days=1))
    register(applicant(seminar), by=US)
    trainer = person(Role.TRAINER, organisation("smile"))
    with another_connection() as submit:
        with transaction.atomic():
            lock_seminar(seminar)
            other = submit(correct_the_list, seminar, trainer)
            wait_until(somebody_waits)
            assert len(Registration.objects.select_for_update(nowait=True)) == 1
        assert other.result(timeout=LIMIT) == 1


def cut_to_one_seat(browser: Client, seminar: Seminar) -> dict[str, list[str]]:
    """What the admin answers about each field."""
    form = {"slug": seminar.slug, "organisation": seminar.organisation_id, "country": "GR", "language": "el"}
    form |= {name: f"{getattr(seminar, name):%Y-%m-%dT%H:%M}" for name in ("opens", "closes")}
    form |= {"seats": 1, "offer_hours": 48, "share": 80}
    form |= {f"{inline}-{each}_FORMS": 0 for inline in ("sessions", "quotas") for each in ("TOTAL", "INITIAL")}
    answer = browser.post(f"/en/admin/trainings/seminar/{seminar.pk}/change/", form)
    return {} if answer.status_code == 302 else answer.context["adminform"].form.errors


def test_seats_cut_while_somebody_takes_one_are_refused_at_their_field():
    seminar, browser = make_seminar(seats=2), browser_of(person(Role.COORDINATOR))
    register(applicant(seminar), by=US)
    with another_connection() as submit:
        with transaction.atomic():
            register(applicant(seminar), by=US)
            cut = submit(cut_to_one_seat, browser, seminar)
            wait_until(somebody_waits)
        assert cut.result(timeout=LIMIT) == {"seats": ["2 places are already taken."]}
    assert Seminar.objects.get().seats == 2
    Registration.objects.first().delete()
    assert cut_to_one_seat(browser, seminar) == {}
    assert Seminar.objects.get().seats == 1
