"""What goes with a confirmation, and who hears nothing: calendar files, time zones, refusals, and no more mails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from partners.memberships.states import Role
from tests.bundled import with_courses
from tests.people import browser_of, organisation, person, visitor
from tests.trainings.evaluation.sample_answers import seminar_with_questions
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.evaluation.actions import invite_to_questionnaire
from trainings.mailings.actions import release_mailing, send_reminder, send_wave, write_mailing
from trainings.mailings.models import Mailing
from trainings.mailings.states import MailKind
from trainings.participants.actions import set_mail_wish
from trainings.registrations.actions import register
from trainings.registrations.states import Stage
from trainings.registrations.tokens import place_token
from trainings.seminars.models import Seminar, Session
from victor.access import Participant, System, Visitor
from victor.mail.emails import calendar_of, content_of
from victor.mail.models import Message
from victor.mail.states import MessageState
from victor.mail.tasks import send_due

pytestmark = pytest.mark.django_db
ONLINE = "https://meet.example/athens"
SUMMER_ENDS = datetime(2026, 10, 24, 7, tzinfo=UTC)  # in the night after, clocks go back


def own_page(registration, part: str = "") -> str:
    return f"/en/seminars/place/{place_token(registration)}/{part}"


def events(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).events


@pytest.fixture
def seminar() -> Seminar:
    return make_seminar(online=ONLINE)


@pytest.fixture
def participant(seminar):
    return register(applicant(seminar), by=Visitor())


@pytest.fixture
def across(at) -> Seminar:
    """A seminar of two days, of which the second is in winter time."""
    at(SUMMER_ENDS - timedelta(days=30))
    seminar = make_seminar(days=30)
    for session, day in zip(seminar.sessions.order_by("starts"), (0, 1), strict=True):
        starts = SUMMER_ENDS + timedelta(days=day, hours=day)
        Session.objects.filter(pk=session.pk).update(starts=starts, ends=starts + timedelta(hours=3))
    seminar.sessions.first().save()
    return Seminar.objects.get(pk=seminar.pk)


def test_confirmation_carries_the_sessions_with_the_address_online(participant, sink):
    assert send_due() == 1
    [(_recipient, mail)] = sink.taken
    [file] = list(mail.iter_attachments())
    assert file.get_filename() == "victor.ics"
    assert file.get_content_type() == "text/calendar"
    entries = events(file.get_payload(decode=True))
    assert len(entries) == 2
    assert all(ONLINE in str(entry["DESCRIPTION"]) for entry in entries)


def test_waiting_list_notice_carries_no_file(seminar):
    Seminar.objects.update(seats=1)
    register(applicant(seminar), by=Visitor())
    register(applicant(seminar), by=Visitor())
    assert [calendar_of(message) is None for message in Message.objects.order_by("pk")] == [False, True]


def test_confirmation_of_a_seminar_without_sessions_carries_no_file():
    register(applicant(make_seminar(lengths=())), by=Visitor())
    assert calendar_of(Message.objects.get()) is None


def test_confirmation_and_public_file_name_each_session_alike(participant):
    public = visitor().get("/en/seminars/athens.ics")
    ours = calendar_of(Message.objects.get())
    assert ours is not None
    assert [entry["UID"] for entry in events(ours.content)] == [entry["UID"] for entry in events(public.content)]
    assert ONLINE not in public.text


def test_calendar_of_the_own_page_has_the_address_online(participant):
    answer = visitor().get(own_page(participant, "calendar.ics"))
    assert ONLINE in answer.text.replace("\r\n ", "")
    assert answer["Cache-Control"] == "no-store"
    assert "calendar.ics" in visitor().get(own_page(participant)).text


def test_calendar_of_somebody_who_waits_is_not_found(seminar):
    Seminar.objects.update(seats=1)
    register(applicant(seminar), by=Visitor())
    waiting = register(applicant(seminar), by=Visitor())
    assert visitor().get(own_page(waiting, "calendar.ics")).status_code == 404


def test_seminar_across_a_change_of_clocks_names_both_zones(across):
    assert across.zone_name == "Athens, UTC+3, at the end UTC+2"


def test_mail_across_a_change_of_clocks_names_the_zone_of_each_session(across):
    register(applicant(across), by=Visitor())
    text = content_of(Message.objects.get()).text
    assert "10:00–13:00 (Athens, UTC+3)" in text
    assert "10:00–13:00 (Athens, UTC+2)" in text


def test_pages_across_a_change_of_clocks_name_the_zone_of_each_session(across):
    page = visitor().get("/en/seminars/athens/").text
    own = visitor().get(own_page(register(applicant(across), by=Visitor()))).text
    assert all(zone in text for zone in ("Athens, UTC+3<", "Athens, UTC+2<") for text in [page])
    assert all(zone in own for zone in ("(Athens, UTC+3)", "(Athens, UTC+2)"))


def test_seminar_within_summer_time_has_one_zone(at):
    at(SUMMER_ENDS - timedelta(days=60))
    assert make_seminar(days=10).zone_name == "Athens, UTC+3"


@pytest.fixture
def trainer():
    return browser_of(person(Role.TRAINER, organisation("smile")))


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.QUEUED])
def test_trainer_sees_who_was_not_reached(participant, trainer, state):
    other = register(applicant(participant.seminar, name="Reached"), by=Visitor())
    Message.objects.filter(recipient=participant.email).update(state=state, failure="SMTPRecipientsRefused 550")
    rows = trainer.get("/en/workspace/seminars/athens/participants/").context["rows"]
    assert {row[0].pk: row[3] for row in rows} == {participant.pk: True, other.pk: False}
    page = trainer.get(f"/en/workspace/seminars/athens/participants/{participant.pk}/")
    assert "could not be delivered" in page.text


def test_trainer_is_not_told_of_mails_of_another_kind(participant, trainer):
    message = Message.objects.get()
    message.pk, message.message_id, message.template, message.facts = None, "<x@y>", "", {}
    message.state, message.failure = MessageState.FAILED, "SMTPRecipientsRefused 550"
    message.save()
    rows = trainer.get("/en/workspace/seminars/athens/participants/").context["rows"]
    assert [row[3] for row in rows] == [False]


def test_address_that_was_corrected_is_not_said_to_be_wrong_any_more(participant, trainer):
    Message.objects.update(state=MessageState.FAILED, failure="SMTPRecipientsRefused 550")
    fields = {"name": participant.name, "email": "right@example.org"}
    trainer.post(f"/en/workspace/seminars/athens/participants/{participant.pk}/correct/", fields)
    assert (
        "could not be delivered"
        not in trainer.get(f"/en/workspace/seminars/athens/participants/{participant.pk}/").text
    )


def press(registration, wants: str):
    return visitor().post(own_page(registration, "emails/"), {"wants": wants})


def test_participant_stops_the_later_mails_and_asks_for_them_again(participant):
    assert "Send me these emails again" in press(participant, "no").text
    participant.refresh_from_db()
    assert participant.wants_mail is False
    press(participant, "yes")
    participant.refresh_from_db()
    assert participant.wants_mail is True


def test_participant_with_a_link_that_is_not_ours_stops_nothing(participant):
    assert visitor().post("/en/seminars/place/1:forged/emails/", {"wants": "no"}).status_code == 404


def stopped(seminar):
    registration = register(applicant(seminar), by=Visitor())
    Message.objects.all().delete()
    return set_mail_wish(registration, wants_mail=False, by=Participant(registration))


def mailed() -> set[str]:
    return set(Message.objects.values_list("recipient", flat=True))


def test_reminder_spares_who_has_stopped_the_mails(seminar, participant):
    spared = stopped(seminar)
    send_reminder(seminar, 7)
    send_wave(Mailing.objects.get())
    assert mailed() == {participant.email}
    assert spared.email not in mailed()


def test_mailing_spares_who_stops_the_mails_after_its_release(seminar, participant):
    Message.objects.all().delete()
    other = register(applicant(seminar), by=Visitor())
    mailing = write_mailing(Mailing(seminar=seminar, kind=MailKind.MATERIALS), {}, by=System("test"))
    release_mailing(mailing, by=System("test"))
    set_mail_wish(other, wants_mail=False, by=Participant(other))
    Message.objects.all().delete()
    send_wave(mailing)
    assert other.email not in mailed()


def test_change_of_the_schedule_reaches_who_has_stopped_the_mails(seminar):
    spared = stopped(seminar)
    mailing = write_mailing(Mailing(seminar=seminar, kind=MailKind.CHANGE), {}, by=System("test"))
    release_mailing(mailing, by=System("test"))
    send_wave(mailing)
    assert mailed() == {spared.email}


@pytest.mark.parametrize("kind", [MailKind.REMINDER, MailKind.MATERIALS, MailKind.FOLLOW_UP])
def test_later_mail_says_how_to_stop_it(seminar, participant, kind):
    Message.objects.all().delete()
    mailing = Mailing(seminar=seminar, kind=kind, audience="confirmed")
    mailing.save()
    mailing.recipients.create(registration=participant)
    Mailing.objects.filter(pk=mailing.pk).update(audience="registered")
    send_wave(Mailing.objects.get())
    text = Message.objects.get().text
    assert "you can stop them here: http" in " ".join(text.split())


@with_courses
def test_questions_spare_who_has_stopped_the_mails():
    seminar, people = seminar_with_questions(people=2)
    set_mail_wish(people[0], wants_mail=False, by=Participant(people[0]))
    Message.objects.all().delete()
    invite_to_questionnaire(seminar, Stage.AFTER)
    assert people[0].email not in mailed()
    assert "you can stop them here" in " ".join(Message.objects.first().text.split())
