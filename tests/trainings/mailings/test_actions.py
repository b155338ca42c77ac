"""Mails to many: looked at before they go, told to each in their own language, stopped when somebody says so."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from partners.directory.models import Country
from partners.memberships.states import Role
from tests.confirming import CONFIRMED
from tests.connections import another_connection, somebody_waits
from tests.people import browser_of, organisation, person
from tests.trainings.sample_seminars import applicant, make_seminar
from tests.waiting import wait_until
from trainings.attendance.models import Attendance
from trainings.evaluation.models import QuestionnaireSubmission
from trainings.mailings.actions import release_mailing, retry_mailing, stop_mailing, write_mailing
from trainings.mailings.errors import LanguageMissing, NoRecipients
from trainings.mailings.message_templates import MESSAGE_TEMPLATES, MessageTemplate, message_template_of
from trainings.mailings.models import Mailing
from trainings.mailings.periodic import note_failures, remind, send_mailings
from trainings.mailings.states import MailKind
from trainings.registrations.actions import give_up_registration, register
from trainings.registrations.models import Registration
from trainings.registrations.states import Audience
from trainings.seminars.errors import AlreadySettled
from victor.access import Participant, Visitor
from victor.languages import CODES
from victor.mail.models import Message
from victor.mail.states import MessageState as Sent

pytestmark = pytest.mark.django_db
OWN = MessageTemplate("About {seminar}", "Dear {name}, see {link}")


@pytest.fixture
def trainer():
    return person(Role.TRAINER, organisation("smile"))


@pytest.fixture
def seminar():
    return make_seminar()


def came(seminar, *languages: str, **fields) -> list[Registration]:
    """Somebody with a place for each language; nothing waits in the outbox."""
    made = [register(applicant(seminar, language=each, **fields), by=Visitor()) for each in languages]
    Message.objects.all().delete()
    return made


def prepared(seminar, trainer, kind: str = MailKind.REMINDER, **words: MessageTemplate) -> Mailing:
    return write_mailing(Mailing(seminar=seminar, kind=kind), words, by=trainer)


def test_mailing_goes_out_once_it_is_released_to_each_in_their_language(seminar, trainer):
    came(seminar, "en", "el")
    mailing = prepared(seminar, trainer)
    assert send_mailings() == 0
    assert release_mailing(mailing, by=trainer) == 2
    assert send_mailings() == 2
    assert send_mailings() == 0
    assert sorted(Message.objects.values_list("language", flat=True)) == ["el", "en"]
    text = Message.objects.get(language="en").text
    assert all(each in text for each in ("The seminar begins soon", "/en/seminars/place/", "European Union"))


def test_mailing_is_sent_in_waves(seminar, trainer, monkeypatch):
    monkeypatch.setattr("trainings.mailings.actions.WAVE_SIZE", 2)
    came(seminar, *["en"] * 5)
    release_mailing(prepared(seminar, trainer), by=trainer)
    assert [send_mailings() for _ in range(4)] == [2, 2, 1, 0]


def test_who_has_left_meanwhile_gets_nothing(seminar, trainer):
    first, _second = came(seminar, "en", "en")
    mailing = prepared(seminar, trainer)
    release_mailing(mailing, by=trainer)
    give_up_registration(first, by=Participant(first))
    Message.objects.all().delete()
    assert send_mailings() == 1
    assert mailing.recipients.count() == 1


def test_stopped_mailing_spares_the_rest(seminar, trainer, monkeypatch):
    monkeypatch.setattr("trainings.mailings.actions.WAVE_SIZE", 2)
    came(seminar, *["en"] * 5)
    mailing = prepared(seminar, trainer)
    with pytest.raises(AlreadySettled):
        stop_mailing(mailing, by=trainer)
    release_mailing(mailing, by=trainer)
    send_mailings()
    assert stop_mailing(mailing, by=trainer) == 3
    assert send_mailings() == 0
    assert Message.objects.count() == 2


def test_release_twice_or_to_nobody_is_refused(seminar, trainer):
    mailing = prepared(seminar, trainer)
    with pytest.raises(NoRecipients):
        release_mailing(mailing, by=trainer)
    came(seminar, "en")
    release_mailing(mailing, by=trainer)
    with pytest.raises(AlreadySettled):
        release_mailing(mailing, by=trainer)


def test_own_words_are_refused_while_somebody_reads_another_language(seminar, trainer):
    came(seminar, "en", "uk")
    mailing = prepared(seminar, trainer, MailKind.WORDS, en=OWN)
    with pytest.raises(LanguageMissing):
        release_mailing(mailing, by=trainer)


def test_names_are_text_whatever_they_look_like(seminar, trainer):
    (somebody_,) = came(seminar, "en", name="<b>{link}</b> Ana")
    release_mailing(prepared(seminar, trainer, MailKind.WORDS, en=OWN), by=trainer)
    send_mailings()
    message = Message.objects.get()
    assert message.recipient == somebody_.email
    assert message.subject == "About Seminar athens"
    assert "Dear <b>{link}</b> Ana, see http://testserver/en/" in message.text
    assert "Dear &lt;b&gt;{link}&lt;/b&gt; Ana" in message.html


def test_subject_tells_nothing_that_is_somebodys_own(seminar, trainer):
    came(seminar, "en", name="Ana")
    words = MessageTemplate("{name} {seminar} {link}", "Hi")
    release_mailing(prepared(seminar, trainer, MailKind.WORDS, en=words), by=trainer)
    send_mailings()
    assert Message.objects.get().subject == "name Seminar athens link"


def test_failed_mails_are_shown_and_tried_again(seminar, trainer):
    came(seminar, "en")
    mailing = prepared(seminar, trainer)
    release_mailing(mailing, by=trainer)
    send_mailings()
    Message.objects.update(state=Sent.FAILED, failure="SMTPRecipientsRefused 550")
    page = browser_of(trainer).get(f"/en/workspace/seminars/athens/mailings/{mailing.pk}/").content.decode()
    assert "SMTPRecipientsRefused 550" in page
    assert retry_mailing(mailing, by=trainer) == 1
    assert Message.objects.get().state == Sent.QUEUED


def progress() -> list[tuple[int, int, int]]:
    """Of each mailing, the oldest first, how many wait, are out, and were not reached."""
    return [(each.waiting, each.sent, each.failed) for each in Mailing.objects.with_progress().order_by("pk")]


def test_mailing_that_cannot_be_written_stops_no_other_and_is_shown(seminar, trainer):
    broken = Country.objects.create(code="XX", name_en="Nowhere", time_zone="Nowhere/Nowhere")
    for place in (make_seminar("nowhere", country=broken), seminar):
        Registration.objects.bulk_create([applicant(place, state="confirmed")])
        release_mailing(prepared(place, trainer), by=trainer)
    send_mailings()
    assert progress() == [(0, 0, 1), (1, 0, 0)]
    Country.objects.filter(code="XX").update(time_zone="Europe/Athens")
    mailing = Mailing.objects.get(seminar__slug="nowhere")
    page = browser_of(trainer).get(f"/en/workspace/seminars/nowhere/mailings/{mailing.pk}/").content.decode()
    assert "ZoneInfoNotFoundError" in page
    assert retry_mailing(mailing, by=trainer) == 1
    assert send_mailings() == 1
    assert progress() == [(1, 0, 0), (1, 0, 0)]


def test_mail_that_failed_counts_as_failed_when_the_outbox_has_forgotten_it(seminar, trainer):
    came(seminar, "en", "en")
    mailing = prepared(seminar, trainer)
    release_mailing(mailing, by=trainer)
    send_mailings()
    failed, sent = Message.objects.all()
    Message.objects.filter(pk=failed.pk).update(state=Sent.FAILED, failure="SMTPRecipientsRefused 550")
    Message.objects.filter(pk=sent.pk).update(state=Sent.SENT)
    assert note_failures() == 1
    assert note_failures() == 0
    Message.objects.all().delete()
    assert progress() == [(0, 1, 1)]
    assert mailing.recipients.failed().get().failure == "SMTPRecipientsRefused 550"
    assert retry_mailing(mailing, by=trainer) == 1
    assert send_mailings() == 1
    assert progress() == [(1, 1, 0)]


def test_failure_that_was_noted_is_forgotten_once_the_mail_is_out(seminar, trainer):
    came(seminar, "en")
    release_mailing(prepared(seminar, trainer), by=trainer)
    send_mailings()
    Message.objects.update(state=Sent.FAILED, failure="SMTPDataError 550")
    note_failures()
    Message.objects.update(state=Sent.SENT)
    note_failures()
    Message.objects.all().delete()
    assert progress() == [(0, 1, 0)]


@pytest.mark.django_db(transaction=True)
def test_second_press_of_try_again_is_told_that_it_was_settled(seminar, trainer):
    came(seminar, "en")
    mailing, browser = prepared(seminar, trainer), browser_of(trainer)
    release_mailing(mailing, by=trainer)
    send_mailings()
    Message.objects.update(state=Sent.FAILED, failure="SMTPRecipientsRefused 550")
    address = f"/en/workspace/seminars/athens/mailings/{mailing.pk}/retry/"

    with another_connection() as submit:
        with transaction.atomic():
            retry_mailing(mailing, by=trainer)
            second = submit(browser.post, address, follow=True)
            wait_until(somebody_waits)
        assert "This has already been decided. Nothing was changed." in second.result().content.decode()


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.CONFIRMED, ["came", "answered", "absent"]),
        (Audience.WAITING, ["waits"]),
        (Audience.CAME, ["came", "answered"]),
        (Audience.AFTER_MISSING, ["came"]),
        (Audience.FOLLOW_UP_MISSING, ["came", "answered"]),
        (Audience.CERTIFIED, []),
    ],
)
def test_audience_is_whom_it_says(audience, expected):
    seminar = make_seminar(seats=3)
    people = [
        *came(seminar, "en", name="came"),
        *came(seminar, "en", name="answered"),
        *came(seminar, "en", name="absent"),
    ]
    came(seminar, "en", name="waits")
    for participant in people[:2]:
        Attendance.objects.create(registration=participant, session=seminar.sessions.first(), method="list")
    QuestionnaireSubmission.objects.create(registration=people[1], stage="after")
    assert list(seminar.registrations.for_audience(audience).values_list("name", flat=True)) == expected


def test_reminders_go_out_by_themselves_a_week_and_a_day_before_once_each(seminar, at):
    came(seminar, "en")
    starts = seminar.starts
    sent = []
    for before in (8, 6.9, 6.5, 3, 0.9, 0.5, -1):
        at(starts - timedelta(days=before))
        sent.append((remind(), send_mailings()))
    assert sent == [(0, 0), (1, 1), (0, 0), (0, 0), (1, 1), (0, 0), (0, 0)]


@pytest.mark.parametrize("kind", MESSAGE_TEMPLATES)
def test_fixed_words_have_the_same_placeholders_in_every_language(kind):
    placeholders = {code: message_template_of(Mailing(kind=kind), code).placeholders for code in CODES}
    assert placeholders == {code: {"name", "seminar", "when", "place", "link"} for code in CODES}
    assert not any(message_template_of(Mailing(kind=kind), code).has_stray_brace for code in CODES)


def write(trainer, **fields):
    data = {"audience": "confirmed"} | fields
    return browser_of(trainer).post("/en/workspace/seminars/athens/mailings/words/", data)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"subject_en": "Hi", "text_en": "Hi {nmae}"}, "There is no such placeholder: {nmae}"),
        ({"subject_en": "Hi", "text_en": "Hi {name"}, "There is a single { or } in the text."),
        ({"subject_en": "{link} {when} {name}", "text_en": "Hi"}, "Not allowed in a subject line: {link}, {name}"),
        ({"subject_en": "Hi"}, "An email needs a subject and a text."),
        ({"subject_el": "Hi", "text_el": "Hi"}, "Some recipients read this language."),
        (
            {"subject_en": "Hi", "text_en": "Hi {name}", "subject_el": "Hi", "text_el": "Hi"},
            "Missing here, but present in other languages: {name}",
        ),
    ],
)
def test_words_that_would_not_fit_are_named_and_kept(seminar, trainer, fields, said):
    came(seminar, "en")
    answer = write(trainer, **fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert Mailing.objects.count() == 0
    assert f'value="{fields.get("subject_en", "")}"' in page or "subject_en" not in fields


def test_words_are_looked_at_changed_released(seminar, trainer):
    came(seminar, "en", name="Ana <i>")
    browser = browser_of(trainer)
    address = write(trainer, subject_en="{seminar}", text_en="Hi {name}, see {link}").url
    page = browser.get(address).content.decode()
    assert "Hi <mark>Ana &lt;i&gt;</mark>" in page
    assert "/seminars/place/" not in page
    changed = {"audience": "confirmed", "subject_en": "Hello from {seminar}", "text_en": "Hi {name}, see {link}"}
    assert browser.post(f"{address}words/", changed).url == address
    read = re.search(r'name="digest" value="(\w+)"', browser.get(address).content.decode())[1]
    assert browser.post(f"{address}release/", CONFIRMED | {"digest": read}).url == address
    assert send_mailings() == 1
    assert Message.objects.get().subject == "Hello from Seminar athens"
    assert browser.get(f"{address}words/").status_code == 404


def test_prepared_mailing_is_thrown_away(seminar, trainer):
    came(seminar, "en")
    browser = browser_of(trainer)
    address = browser.post("/en/workspace/seminars/athens/mailings/", {"kind": "materials"}).url
    assert browser.get(address).status_code == 200
    assert browser.post(f"{address}discard/", CONFIRMED).url == "/en/workspace/seminars/athens/mailings/"
    assert Mailing.objects.count() == 0


def test_pages_take_as_many_queries_for_many_as_for_one_and_the_list_ten(seminar, trainer, figure):
    came(seminar, *CODES)
    release_mailing(prepared(seminar, trainer), by=trainer)
    browser, number = browser_of(trainer), Mailing.objects.get().pk
    queries(browser, number)  # the first request notes when the session began
    few = queries(browser, number)
    came(seminar, *CODES)
    for _ in range(12):
        release_mailing(prepared(seminar, trainer), by=trainer)
    assert queries(browser, number) == few
    assert few[0] <= 10
    figure("mailings: queries of the list, of one, of own words", few)


def queries(browser, number: int) -> list[int]:
    """How many each page takes."""
    counts = []
    for path in ("", f"{number}/", "words/"):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/en/workspace/seminars/athens/mailings/{path}").status_code == 200
        counts.append(len(asked))
    return counts


def test_helper_and_stranger_see_no_mailing(seminar):
    helper, stranger = person(Role.TRAINER, organisation("other")), person(Role.TRAINER, organisation("third"))
    seminar.helpers.add(helper)
    address = "/en/workspace/seminars/athens/mailings/"
    assert [browser_of(each).get(address).status_code for each in (helper, stranger)] == [403, 404]
