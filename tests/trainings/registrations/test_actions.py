"""Places in a seminar: never more than there are, and in the order in which people came."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.people import organisation, person, visitor
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.planning.actions import cancel_seminar
from trainings.planning.errors import SeminarOver
from trainings.registrations.actions import (
    accept_offer,
    admit_registration,
    decline_registration,
    give_up_registration,
    offer_out_of_order,
    register,
    register_group,
)
from trainings.registrations.errors import (
    AlreadyRegistered,
    GroupDoesNotFit,
    NoFreeSeat,
    NotAllFit,
    NotOpen,
    SeminarHasBegun,
)
from trainings.registrations.models import Need, Registration, RegistrationGroup
from trainings.registrations.public_registration import sign_up_group
from trainings.registrations.states import RegistrationMove, RegistrationState
from trainings.registrations.tokens import place_token
from trainings.registrations.waiting_list import offer_free_seats
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Quota, Seminar
from victor.access import Participant, Visitor
from victor.audit.models import Entry
from victor.mail.emails import content_of
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
VISITOR = Visitor()


@pytest.fixture
def trainer():
    return person("trainer", organisation("smile"))


def came(seminar, number: int = 1, **fields) -> list[Registration]:
    return [register(applicant(seminar, **fields), by=VISITOR) for _ in range(number)]


def states(seminar) -> list[str]:
    return list(seminar.registrations.order_by("pk").values_list("state", flat=True))


def test_register_gives_seats_then_places_in_line():
    seminar = make_seminar(seats=2)
    came(seminar, 3)
    assert states(seminar) == ["confirmed", "confirmed", "waiting"]
    subjects = list(Message.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects == ["You have a place in the seminar"] * 2 + ["You are on the waiting list"]


def test_leave_offers_the_seat_to_the_first_in_line(at):
    at(timezone.now())
    seminar = make_seminar(seats=1)
    first, second, _third = came(seminar, 3)
    give_up_registration(first, by=Participant(first))
    assert states(seminar) == ["left", "offered", "waiting"]
    second.refresh_from_db()
    assert second.offer_ends == timezone.now() + timedelta(hours=48)


def test_offer_that_lapses_goes_to_the_next(at):
    seminar = make_seminar(seats=1)
    first, _second, _third = came(seminar, 3)
    give_up_registration(first, by=Participant(first))
    at(timezone.now() + timedelta(hours=48))
    assert offer_free_seats(seminar) == 1
    assert states(seminar) == ["left", "lapsed", "offered"]


def test_accept_when_the_time_is_over_is_refused(at):
    seminar = make_seminar(seats=1)
    first, second = came(seminar, 2)
    give_up_registration(first, by=Participant(first))
    accept_until = timezone.now() + timedelta(hours=48)
    at(accept_until)
    with pytest.raises(AlreadySettled):
        accept_offer(second, by=Participant(second))


def test_accept_twice_is_refused_and_changes_nothing():
    seminar = make_seminar(seats=1)
    first, second = came(seminar, 2)
    give_up_registration(first, by=Participant(first))
    accept_offer(second, by=Participant(second))
    with pytest.raises(AlreadySettled):
        accept_offer(second, by=Participant(second))
    assert states(seminar) == ["left", "confirmed"]


def test_quota_that_is_full_lets_the_next_pass_and_not_be_passed():
    seminar = make_seminar(seats=3)
    Quota.objects.create(seminar=seminar, profession="police", seats=1)
    came(seminar, 2)
    came(seminar, 2, profession="teacher")
    assert states(seminar) == ["confirmed", "waiting", "confirmed", "confirmed"]


def test_seat_under_a_full_quota_is_offered_to_the_first_for_whom_there_is_room():
    seminar = make_seminar(seats=2)
    Quota.objects.create(seminar=seminar, profession="police", seats=1)
    came(seminar, 2)
    (teacher, _other) = came(seminar, 2, profession="teacher")
    give_up_registration(teacher, by=Participant(teacher))
    assert states(seminar) == ["confirmed", "waiting", "left", "offered"]


def test_register_again_with_the_same_address_is_refused():
    seminar = make_seminar()
    (first,) = came(seminar, email="Maria@example.org", name="Maria")
    with pytest.raises(AlreadyRegistered) as refused:
        came(seminar, email="maria@EXAMPLE.org", name="MARÍA")
    assert refused.value.registration == first


def test_register_outside_the_window_is_refused():
    seminar = make_seminar(opens=timezone.now() + timedelta(days=1))
    with pytest.raises(NotOpen):
        came(seminar)


def test_host_admits_declines_and_prefers(trainer):
    seminar = make_seminar(seats=1, needs_approval=True)
    first, second, third = came(seminar, 3)
    admit_registration(second, by=trainer)
    admit_registration(first, by=trainer)
    decline_registration(third, by=trainer)
    assert states(seminar) == ["waiting", "confirmed", "declined"]
    with pytest.raises(NoFreeSeat):
        offer_out_of_order(first, reason="She teaches the others", by=trainer)


def test_prefer_beyond_a_quota_keeps_the_reason(trainer):
    seminar = make_seminar(seats=2)
    Quota.objects.create(seminar=seminar, profession="police", seats=1)
    _first, second = came(seminar, 2)
    offer_out_of_order(second, reason="She teaches the others", by=trainer)
    step = second.steps.get()
    assert step.move == RegistrationMove.PREFER
    assert step.by == trainer
    assert step.reason == "She teaches the others"


@pytest.fixture
def begun(at):
    """A seminar that has begun, with one in line; its only place has just become free."""
    seminar = make_seminar(seats=1, days=2, closes=timezone.now() + timedelta(days=3))
    first, _second = came(seminar, 2)
    at(seminar.starts + timedelta(minutes=1))
    give_up_registration(first, by=Participant(first))
    return seminar


def test_register_once_it_has_begun_passes_nobody_in_line(begun, trainer):
    for by in (VISITOR, trainer):
        register(applicant(begun), by=by)
    assert states(begun) == ["left", "waiting", "waiting", "waiting"]


def test_admit_once_it_has_begun_passes_nobody_in_line(begun, trainer):
    Seminar.objects.update(needs_approval=True)
    (third,) = came(begun)
    admit_registration(third, by=trainer)
    assert states(begun) == ["left", "waiting", "waiting"]


def test_group_that_comes_together_once_it_has_begun_passes_nobody_in_line(begun):
    with pytest.raises(NotAllFit):
        register_group(together(begun), [applicant(begun)], by=VISITOR)


def test_prefer_once_it_has_begun_is_refused(begun, trainer):
    with pytest.raises(SeminarHasBegun, match="Anyone who comes can be checked in at the door"):
        offer_out_of_order(begun.registrations.last(), reason="She teaches the others", by=trainer)
    assert states(begun) == ["left", "waiting"]


def together(seminar) -> RegistrationGroup:
    """Colleagues who come together or not at all."""
    return RegistrationGroup(seminar=seminar, organisation="Police", contact="chief@example.org", together=True)


def test_admit_one_of_those_who_come_together_admits_all(trainer):
    seminar = make_seminar(seats=2, needs_approval=True)
    one, _other = register_group(together(seminar), [applicant(seminar), applicant(seminar)], by=VISITOR)
    admit_registration(one, by=trainer)
    assert states(seminar) == ["confirmed", "confirmed"]
    assert Message.objects.filter(subject="You have a place in the seminar").count() == 2


def test_admit_one_of_those_who_do_not_fit_together_is_refused(trainer):
    seminar = make_seminar(seats=1, needs_approval=True)
    one, other = register_group(together(seminar), [applicant(seminar), applicant(seminar)], by=VISITOR)
    with pytest.raises(GroupDoesNotFit):
        admit_registration(one, by=trainer)
    assert states(seminar) == ["applied", "applied"]
    decline_registration(other, by=trainer)
    admit_registration(one, by=trainer)
    assert states(seminar) == ["confirmed", "declined"]


def test_cancel_when_it_is_over_is_refused_and_tells_nobody(at, trainer):
    seminar = make_seminar(seats=1)
    came(seminar)
    at(seminar.ends)
    with pytest.raises(SeminarOver, match=r"This seminar has ended\."):
        cancel_seminar(seminar, by=trainer)
    assert states(seminar) == ["confirmed"]
    assert not Message.objects.filter(subject="The seminar has been cancelled").exists()


def test_cancel_tells_everybody_who_has_a_place_or_waits(trainer):
    seminar = make_seminar(seats=1)
    came(seminar, 2)
    assert cancel_seminar(seminar, by=trainer) == 2
    assert set(states(seminar)) == {RegistrationState.CANCELLED}
    assert Message.objects.filter(subject="The seminar has been cancelled").count() == 2


def test_place_page_says_the_position_and_takes_the_offer():
    seminar = make_seminar(seats=1)
    first, second = came(seminar, 2)
    address = f"/en/seminars/place/{place_token(second)}/"
    page = visitor().get(address)
    assert "number 1 on the waiting list" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    give_up_registration(first, by=Participant(first))
    answered = visitor().post(f"{address}accept/")
    assert answered.status_code == 200
    assert states(seminar) == ["left", "confirmed"]
    assert "Nothing was changed" in visitor().post(f"{address}accept/").content.decode()


def test_colleague_who_was_registered_says_and_unsays_what_is_needed_and_shown():
    seminar = make_seminar()
    chief = {"organisation": "Police", "contact": "chief@example.org", "together": False}
    sign_up_group(RegistrationGroup(seminar=seminar, **chief), [applicant(seminar)], by=VISITOR)
    one = seminar.registrations.get()
    assert "On the page of your place you can tell us what you need in order to take part" in (
        content_of(Message.objects.get()).text
    )
    address = f"/en/seminars/place/{place_token(one)}/"
    assert visitor().get(address).content.decode().count("Why we ask") == 2
    page = visitor().post(f"{address}needs/", {"need": "A <ramp>", "shows_name": "on"}).content.decode()
    assert "We have noted it" in page
    assert "A &lt;ramp&gt;</textarea>" in page
    assert needs_of(one) == ("A <ramp>", True)
    visitor().post(f"{address}needs/", {"need": " "})
    assert needs_of(one) == (None, False)
    assert not any("ramp" in str(each.details) for each in Entry.objects.all())


def needs_of(registration) -> tuple[str | None, bool]:
    """What is needed, and whether the name may be shown."""
    return Registration.objects.values_list("need__text", "shows_name").get(pk=registration.pk)


def test_needs_are_taken_until_the_beginning_from_who_comes(at):
    first, second = came(make_seminar(), 2)
    give_up_registration(first, by=Participant(first))
    at(first.seminar.starts)
    for registration in (first, second):
        address = f"/en/seminars/place/{place_token(registration)}/"
        assert "needs/" not in visitor().get(address).content.decode()
        assert "Nothing was changed" in visitor().post(f"{address}needs/", {"need": "A ramp"}).content.decode()
    assert not Need.objects.exists()


def test_need_that_is_too_long_is_refused_and_kept_in_the_form():
    (one,) = came(make_seminar())
    page = visitor().post(f"/en/seminars/place/{place_token(one)}/needs/", {"need": "ramp" * 126}).content.decode()
    assert "ramp" * 126 in page
    assert "at most 500 characters" in page
    assert not Need.objects.exists()


def test_address_that_is_not_ours_says_so():
    answer = visitor().get("/en/seminars/place/1:forged/")
    assert answer.status_code == 404
    assert "does not work" in answer.content.decode()


def test_address_that_went_to_a_stranger_leads_nowhere_once_it_is_corrected():
    (one,) = came(make_seminar())
    address = f"/en/seminars/place/{place_token(one)}/"
    Registration.objects.update(email="right@example.org")
    assert visitor().get(address).status_code == 404
