"""The pages of interpreters: on the section with the people of a case, with a locked vault too."""

from __future__ import annotations

import pytest
from django.utils import timezone

from desks.cases.models import Case
from desks.interpreters.models import Interpreter, InterpreterBooking
from tests.desks.cases.case_desks import in_days
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.desks.interpreters.interpreter_cases import HOUR, WORDS, an_interpreter
from tests.people import browser_of

pytestmark = pytest.mark.django_db
SENT = {"language": "ro", "way": "telephone", "name": WORDS["name"], "no_tie": "yes"}


@pytest.fixture
def case(here) -> Case:
    return here.case()


@pytest.fixture
def booking(here, case) -> InterpreterBooking:
    return an_interpreter(case, by=here.anna.person, booked_for=timezone.now() + HOUR).bookings.get()


def typed(days: int) -> str:
    """A moment so many days from now, as somebody types it."""
    return f"{timezone.localtime(in_days(days)):%Y-%m-%d %H:%M}"


def text_of(answer) -> str:
    return answer.content.decode()


def test_section_shows_what_is_written_with_an_open_vault_alone(here, case, booking):
    pages = [
        text_of(browser.get(here.page(case, "people/")))
        for browser in (unlocked_browser_of(here.ben), browser_of(here.ben.person))
    ]
    assert [WORDS["name"] in page for page in pages] == [True, False]
    assert all("Not vetted yet. Use this person only in an emergency." in page for page in pages)


def test_section_asks_the_database_as_often_for_many_as_for_one(here, case, django_assert_max_num_queries):
    browser, counts = browser_of(here.anna.person), []
    for number in range(1, 5):
        an_interpreter(case, by=here.anna.person, booked_for=in_days(number))
        with django_assert_max_num_queries(200) as asked:
            browser.get(here.page(case, "people/"))
        counts.append(len(asked))
    assert counts[1] == counts[3]


def test_interpreter_is_saved_with_a_locked_vault(here, case):
    sent = SENT | {"booked_for": typed(1)}
    answer = browser_of(here.anna.person).post(here.page(case, "do/interpreter/"), sent)
    assert answer.status_code == 302
    assert Interpreter.objects.get().bookings.count() == 1


@pytest.mark.parametrize(
    ("changed", "status", "reason"),
    [
        ({"no_tie": ""}, 422, "This field is required."),
        ({"vetted_on": "2199-12-24"}, 409, "This date lies in the future."),
        ({"booked_for": "2024-11-29 10:00"}, 409, "This time has passed."),
        ({"booked_for": "2199-12-01 10:00", "no_tie": "no"}, 409, "Nobody is booked before it is confirmed"),
    ],
)
def test_interpreter_that_is_refused_says_why_and_keeps_what_was_typed(here, case, changed, status, reason):
    answer = browser_of(here.anna.person).post(here.page(case, "do/interpreter/"), SENT | changed)
    assert answer.status_code == status
    assert reason in text_of(answer)
    assert WORDS["name"] in text_of(answer)
    assert not Interpreter.objects.exists()


def test_interpreter_with_a_possible_tie_is_not_offered_for_booking(here, case):
    row = an_interpreter(case, by=here.anna.person, tie_excluded=False)
    page = text_of(browser_of(here.anna.person).get(here.page(case, "people/")))
    assert "Tie to the family not ruled out" in page
    assert f"interpreters/{row.pk}/book/" not in page


def test_check_is_saved_from_its_page(here, case, booking):
    row = booking.interpreter
    sent = {"vetted_on": "2024-11-29", "no_tie": "yes", "text": ""}
    browser_of(here.anna.person).post(here.page(case, f"interpreters/{row.pk}/check/"), sent)
    row.refresh_from_db()
    assert str(row.vetted_on) == "2024-11-29"


def test_correction_shows_what_is_written_in_its_fields(here, case, booking):
    page = text_of(
        unlocked_browser_of(here.ben).get(here.page(case, f"interpreters/{booking.interpreter_id}/correct/"))
    )
    assert all(f'value="{WORDS[name]}"' in page for name in ("name", "contact"))
    assert WORDS["reason"] in page


def test_correction_is_saved_from_its_page(here, case, booking):
    row, browser = booking.interpreter, unlocked_browser_of(here.ben)
    sent = {"seen": str(row.envelope_id), "name": "Irina Pop", "contact": "0888 3"}
    answer = browser.post(here.page(case, f"interpreters/{row.pk}/correct/"), sent)
    page = text_of(browser.get(here.page(case, "people/")))
    assert answer.status_code == 302
    assert "Irina Pop" in page
    assert WORDS["name"] not in page


def test_correction_with_a_locked_vault_asks_to_unlock_it(here, case, booking):
    path = here.page(case, f"interpreters/{booking.interpreter_id}/correct/")
    answer = browser_of(here.anna.person).get(path, follow=True)
    assert "Unlock your vault first." in text_of(answer)


def test_correction_over_what_was_not_seen_keeps_what_was_typed(here, case, booking):
    path = here.page(case, f"interpreters/{booking.interpreter_id}/correct/")
    answer = browser_of(here.anna.person).post(path, {"name": "Irina Pop"})
    assert answer.status_code == 409
    assert "Somebody else has corrected this." in text_of(answer)
    assert "Irina Pop" in text_of(answer)


def test_appointment_is_moved_from_its_page(here, case, booking):
    sent = {"due_at": typed(2), "text": "At school"}
    browser_of(here.anna.person).post(here.page(case, f"bookings/{booking.pk}/move/"), sent)
    assert list(InterpreterBooking.objects.order_by("pk").values_list("state", flat=True)) == ["moved", "booked"]


@pytest.mark.parametrize(("hours", "offered"), [(0, False), (2, True)])
def test_appointment_is_offered_as_held_once_it_has_begun(here, case, booking, at, hours, offered):
    at(timezone.now() + hours * HOUR)
    page = text_of(browser_of(here.anna.person).get(here.page(case, "people/")))
    assert (f"bookings/{booking.pk}/held/" in page) is offered


def test_appointment_held_before_its_time_says_so(here, case, booking):
    answer = browser_of(here.anna.person).post(here.page(case, f"bookings/{booking.pk}/held/"), {"text": "She spoke"})
    assert answer.status_code == 409
    assert "She spoke" in text_of(answer)


def test_appointment_that_is_cancelled_stays_in_the_history(here, case, booking):
    browser = browser_of(here.anna.person)
    browser.post(here.page(case, f"bookings/{booking.pk}/cancel/"), {"text": "Ill"})
    page = text_of(browser.get(here.page(case, "people/")))
    assert "Earlier appointments" in page
    assert "Cancelled" in page


@pytest.mark.parametrize("rest", ["interpreters/{row}/burn/", "bookings/{row}/burn/"])
def test_step_that_is_none_is_not_there(here, case, booking, rest):
    rows = {"interpreters": booking.interpreter_id, "bookings": booking.pk}
    path = here.page(case, rest.format(row=rows[rest.partition("/")[0]]))
    assert browser_of(here.anna.person).get(path).status_code == 404


def test_step_is_not_there_for_a_stranger(here, case, booking):
    path = here.page(case, f"bookings/{booking.pk}/cancel/")
    assert browser_of(stranger()).get(path).status_code == 404


def test_step_of_another_case_is_not_there(here, booking):
    path = here.page(here.case(), f"bookings/{booking.pk}/cancel/")
    assert browser_of(here.anna.person).get(path).status_code == 404


def test_step_of_a_closed_case_is_refused(here, case, booking):
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=case.opened_at)
    answer = browser_of(here.anna.person).post(here.page(case, f"bookings/{booking.pk}/cancel/"), {"text": "Ill"})
    assert answer.status_code == 302
    assert InterpreterBooking.objects.get().state == "booked"
