"""The rota: who has duty now, when nobody has, planning by supervisors, and one's own number."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from desks.desk.models import OpeningHours
from desks.duty.models import DutyNumber, DutyPolicy, DutySpan
from desks.duty.presenters import RotaPage
from desks.duty.states import DutyHours, Rank
from desks.duty.tasks import send_calls
from tests.desks.duty.duty_gateway import NUMBER, DutyDesk, give_number
from tests.desks.inbox.inbox_desks import InboxDesk, stranger
from tests.people import browser_of

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 4, 0, 14, tzinfo=UTC)
WEEKLY = {"weekly-rank": "first", "weekly-weekday": "4", "weekly-starts": "20:00", "weekly-ends": "08:00"}
ONCE = {"once-rank": "first", "once-day": "2026-03-06", "once-starts": "20:00", "once-ends": "08:00"}
NO_GATEWAY = "This portal has no gateway for calls and text messages."


@pytest.fixture(autouse=True)
def night(at) -> None:
    at(NIGHT)


def rota(browser: Client) -> str:
    return browser.get("/en/workspace/desks/smile/rota/").content.decode()


def plan(duty: InboxDesk, step: str, data: dict[str, str], **changes: str):
    given = data | {f"{step}-person": str(duty.anna.person.pk)} | changes
    return browser_of(duty.chief.person).post(f"/en/workspace/desks/smile/rota/plan/{step}/", given)


def test_show_rota_says_who_has_duty_now(duty):
    content = rota(browser_of(duty.ben.person))
    assert f'First on duty: <b translate="no">{duty.anna.person.name}</b>' in content
    assert f'Next on duty: <b translate="no">{duty.ben.person.name}</b>' in content
    assert "Somebody is first on duty at every hour" in content
    assert NO_GATEWAY not in content


def test_show_rota_without_a_gateway_says_so(duty, settings):
    settings.DUTY_GATEWAY_URL = ""
    assert NO_GATEWAY in rota(browser_of(duty.ben.person))


def test_show_rota_names_gaps(duty):
    DutySpan.objects.filter(rank=Rank.FIRST, weekday=4).delete()
    content = rota(browser_of(duty.ben.person))
    assert "Fri 6 Mar, 00:00 – Sat 7 Mar, 00:00" in content
    assert "Fri 13 Mar, 00:00 – Sat 14 Mar, 00:00" in content


def test_gaps_of_a_desk_that_calls_when_closed_leave_out_its_hours(duty):
    DutySpan.objects.filter(rank=Rank.FIRST, weekday=4).delete()
    DutyPolicy.objects.create(desk=duty.desk, hours=DutyHours.CLOSED)
    OpeningHours.objects.create(desk=duty.desk, weekday=4, opens=time(9), closes=time(17))
    gaps = RotaPage(duty.desk, duty.anna.person).gaps_in_words
    assert gaps[:2] == ["Fri 6 Mar, 00:00 – Fri 6 Mar, 09:00", "Fri 6 Mar, 17:00 – Sat 7 Mar, 00:00"]


def test_show_rota_names_whoever_cannot_be_called(duty):
    DutyNumber.objects.filter(person=duty.anna.person).delete()
    assert "no confirmed number" in rota(browser_of(duty.ben.person))


def test_show_rota_offers_planning_to_supervisors_only(duty):
    assert "Planned duties" in rota(browser_of(duty.chief.person))
    assert "Planned duties" not in rota(browser_of(duty.ben.person))


def test_plan_duty_of_every_week_is_in_the_rota(duty):
    DutySpan.objects.all().delete()
    assert plan(duty, "weekly", WEEKLY).status_code == 302
    span = DutySpan.objects.get()
    assert span.person == duty.anna.person
    assert span.weekday == 4
    assert span.ends == time(8)


def test_plan_single_duty_is_on_the_clock_of_the_desk(duty):
    assert plan(duty, "once", ONCE).status_code == 302
    span = DutySpan.objects.get(weekday=None)
    assert span.starts_at == datetime(2026, 3, 6, 18, tzinfo=UTC)
    assert span.ends_at == datetime(2026, 3, 7, 6, tzinfo=UTC)


def test_plan_duty_that_somebody_has_is_refused_and_keeps_what_was_typed(duty):
    response = plan(duty, "weekly", WEEKLY)
    assert response.status_code == 409
    assert "Somebody has this duty at that time already." in response.content.decode()
    assert 'value="20:00"' in response.content.decode()


def test_plan_duty_without_an_hour_is_refused(duty):
    assert plan(duty, "weekly", WEEKLY, **{"weekly-starts": ""}).status_code == 422


def test_plan_duty_of_a_stranger_is_refused(duty):
    assert plan(duty, "weekly", WEEKLY, **{"weekly-person": str(stranger().pk)}).status_code == 422


def test_plan_duty_in_another_way_does_not_exist(duty):
    assert plan(duty, "monthly", {}).status_code == 404


def test_remove_duty_takes_it_out(duty):
    span = DutySpan.objects.first()
    browser = browser_of(duty.chief.person)
    assert browser.post(f"/en/workspace/desks/smile/rota/{span.pk}/remove/").status_code == 302
    assert not DutySpan.objects.filter(pk=span.pk).exists()


def test_remove_duty_of_another_desk_does_not_exist(duty):
    other = DutyDesk("other")
    span = other.desk.duty_spans.first()
    browser = browser_of(duty.chief.person)
    assert browser.post(f"/en/workspace/desks/smile/rota/{span.pk}/remove/").status_code == 404


def test_set_policy_says_when_the_desk_calls(duty):
    browser = browser_of(duty.chief.person)
    assert browser.post("/en/workspace/desks/smile/rota/policy/", {"policy-hours": "closed"}).status_code == 302
    assert DutyPolicy.objects.get().hours == DutyHours.CLOSED


def test_take_over_a_duty_calls_whoever_has_taken_it(duty):
    give_number(duty.chief.person, "+30690000002")
    browser = browser_of(duty.chief.person)
    [row] = [row for row in RotaPage(duty.desk, duty.chief.person).rows if row.rank == Rank.FIRST][1:2]
    response = browser.post("/en/workspace/desks/smile/rota/take-over/", dict(row.values), follow=True)
    assert "You have this duty now." in response.content.decode()
    later = RotaPage(duty.desk, duty.chief.person).rota.span_at("first", row.stretch.starts_at)
    assert later.person == duty.chief.person.pk


def test_take_over_with_moments_that_cannot_be_read_changes_nothing(duty):
    data = {"rank": "first", "starts_at": "tomorrow", "ends_at": "2026-03-06T20:00"}
    response = browser_of(duty.ben.person).post("/en/workspace/desks/smile/rota/take-over/", data, follow=True)
    assert "The rota has changed meanwhile." in response.content.decode()
    assert not DutySpan.objects.filter(weekday=None).exists()


def test_rota_does_not_exist_for_another_desk(duty):
    assert browser_of(stranger()).get("/en/workspace/desks/smile/rota/").status_code == 404


def test_number_is_confirmed_by_the_code_that_was_sent(duty, gateway):
    browser, chief = browser_of(duty.chief.person), duty.chief.person
    data = {"number-telephone": "0030 (690) 000-0002", "number-channel": "sms"}
    browser.post("/en/workspace/duty/number/", data)
    send_calls()
    code = gateway.taken[-1]["text"].removeprefix("Your code: ")
    response = browser.post("/en/workspace/duty/number/confirm/", {"confirm-code": code}, follow=True)
    assert gateway.numbers == ["+306900000002"]
    assert "Your number is confirmed." in response.content.decode()
    assert DutyNumber.objects.get(person=chief).number == "+306900000002"


def test_number_that_is_none_is_refused_and_kept(duty):
    data = {"number-telephone": "call me", "number-channel": "sms"}
    response = browser_of(duty.chief.person).post("/en/workspace/duty/number/", data)
    assert response.status_code == 422
    assert 'value="call me"' in response.content.decode()


def test_number_without_a_gateway_is_refused(duty, settings):
    settings.DUTY_GATEWAY_URL = ""
    data = {"number-telephone": f"{NUMBER}5", "number-channel": "sms"}
    assert browser_of(duty.chief.person).post("/en/workspace/duty/number/", data).status_code == 409


def test_wrong_code_is_refused_beside_its_field(duty):
    browser = browser_of(duty.anna.person)
    browser.post("/en/workspace/duty/number/", {"number-telephone": f"{NUMBER}5", "number-channel": "sms"})
    response = browser.post("/en/workspace/duty/number/confirm/", {"confirm-code": "x"})
    assert response.status_code == 409
    assert "This code is wrong or too old." in response.content.decode()


def test_number_can_be_removed_by_its_owner(duty):
    assert browser_of(duty.anna.person).post("/en/workspace/duty/number/remove/").status_code == 302
    assert not DutyNumber.objects.filter(person=duty.anna.person).exists()


def test_page_of_my_duty_shows_my_number_only(duty):
    content = browser_of(duty.anna.person).get("/en/workspace/duty/").content.decode()
    assert f"{NUMBER}0" in content
    assert f"{NUMBER}1" not in content


def test_take_over_long_ago_changes_nothing(duty):
    moments = {"starts_at": (NIGHT - timedelta(days=2)).isoformat(), "ends_at": (NIGHT - timedelta(days=1)).isoformat()}
    data = {"rank": "first", **moments}
    browser_of(duty.ben.person).post("/en/workspace/desks/smile/rota/take-over/", data)
    assert not DutySpan.objects.filter(weekday=None).exists()
