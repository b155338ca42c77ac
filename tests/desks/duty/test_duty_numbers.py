"""A number is confirmed by a code that was sent to it, and lies encrypted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from desks.duty import duty_numbers
from desks.duty.errors import TooManyCodes, WrongCode
from desks.duty.models import DutyNumber
from desks.duty.states import DutyChannel
from desks.duty.tasks import send_calls
from partners.memberships.states import Role
from tests.desks.duty.duty_gateway import NUMBER
from tests.people import person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 4, 10, tzinfo=UTC)
NEW = f"{NUMBER}7"


@pytest.fixture(autouse=True)
def noon(at) -> None:
    at(NOON)


def set_new(duty, gateway) -> str:
    """The code that Anna gets for a new number."""
    duty_numbers.set_number(NEW, DutyChannel.SMS, by=duty.anna.person)
    send_calls()
    return gateway.taken[-1]["text"].removeprefix("Your code: ")


def number_of(duty) -> str:
    return DutyNumber.objects.get(person=duty.anna.person).number


def test_new_number_is_used_once_it_is_confirmed(duty, gateway):
    code = set_new(duty, gateway)
    assert gateway.numbers == [NEW]
    assert number_of(duty) == f"{NUMBER}0"
    duty_numbers.confirm_number(code, by=duty.anna.person)
    assert number_of(duty) == NEW


def test_code_counts_once(duty, gateway):
    code = set_new(duty, gateway)
    duty_numbers.confirm_number(code, by=duty.anna.person)
    with pytest.raises(WrongCode):
        duty_numbers.confirm_number(code, by=duty.anna.person)


def test_code_of_a_colleague_confirms_nothing(duty, gateway):
    code = set_new(duty, gateway)
    duty_numbers.set_number(f"{NUMBER}8", DutyChannel.SMS, by=duty.ben.person)
    with pytest.raises(WrongCode):
        duty_numbers.confirm_number(code, by=duty.ben.person)


def test_code_after_five_wrong_ones_confirms_nothing(duty, gateway):
    code = set_new(duty, gateway)
    for _number in range(5):
        with pytest.raises(WrongCode):
            duty_numbers.confirm_number("no", by=duty.anna.person)
    with pytest.raises(WrongCode):
        duty_numbers.confirm_number(code, by=duty.anna.person)
    assert number_of(duty) == f"{NUMBER}0"


def test_code_after_a_quarter_of_an_hour_confirms_nothing(duty, gateway, at):
    code = set_new(duty, gateway)
    at(NOON + timedelta(minutes=15, seconds=1))
    with pytest.raises(WrongCode):
        duty_numbers.confirm_number(code, by=duty.anna.person)


def test_number_and_code_lie_in_no_row_in_clear(duty, gateway):
    duty_numbers.set_number(NEW, DutyChannel.SMS, by=duty.anna.person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM desks_dutynumber t UNION ALL SELECT t::text FROM desks_dutycall t")
        rows = str(cursor.fetchall())
    send_calls()
    assert NEW not in rows
    assert gateway.taken[0]["text"].removeprefix("Your code: ") not in rows


def test_numbers_have_one_length_encrypted(duty):
    duty_numbers.set_number("+4912345678", DutyChannel.SMS, by=duty.anna.person)
    duty_numbers.set_number("+491234567890123", DutyChannel.SMS, by=duty.ben.person)
    lengths = {len(own.encrypted_new) for own in DutyNumber.objects.all()}
    assert len(lengths) == 1


def test_number_of_somebody_without_a_desk_is_refused(duty):
    with pytest.raises(PermissionDenied):
        duty_numbers.set_number(NEW, DutyChannel.SMS, by=person(Role.TRAINER))


def test_eleventh_code_of_a_day_is_refused(duty, gateway, at):
    for _number in range(10):
        duty_numbers.set_number(NEW, DutyChannel.SMS, by=duty.anna.person)
    with pytest.raises(TooManyCodes):
        duty_numbers.set_number(NEW, DutyChannel.SMS, by=duty.anna.person)
    at(NOON + timedelta(days=1))
    assert set_new(duty, gateway)
