"""An opened report: it is read, noted upon, answered, translated and brought to its end, and nothing is mixed up."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from model_bakery import baker

from desks.inbox.models import CannedAnswer, Translation
from desks.inbox.presenters import ReportPage
from desks.reports.models import Message
from desks.reports.states import Channel, ReportMove, ReportState, Risk, Voice
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import PORTAL, STORY, Place, at_work, said, stranger
from tests.people import browser_of, person
from tests.vault.people import opened
from victor.audit.models import Entry
from victor.mail.models import Message as Mail
from victor.publishing.bundled_texts import publish_bundled
from victor.publishing.models import SearchDocument
from victor.vault.records import actions as records_actions

pytestmark = pytest.mark.django_db
NOTE = {"voice": "note", "text": "Γνωστή οικογένεια", "language": "el", "send": "note"}
ANSWER = {"voice": "answer", "text": "Σας ευχαριστούμε", "own": "Thank you", "language": "el", "send": "answer"}


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def report(place):
    return place.report(received_at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def browser(place):
    return at_work(place.anna)


def read(place: Place, message: Message) -> dict[str, str]:
    return records_actions.read_envelope(message.envelope, by=place.ben)


def do(browser, place, report, move: str, **data) -> int:
    status = browser.post(place.address(report, f"move/{move}/"), data).status_code
    report.refresh_from_db()
    return status


def test_first_reading_is_noted_once_and_shows_what_was_told(place, report, browser):
    shown = browser.get(place.address(report)).content.decode()
    assert all(text in shown for text in (STORY, "What they told us", "Someone who works with children"))
    report.refresh_from_db()
    first = report.read_at
    browser.get(place.address(report))
    report.refresh_from_db()
    assert (report.read_at, Entry.objects.filter(action="report.read").count()) == (first, 1)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (
            {"contact": "no", "speaks": "el"},
            [("How to reach them", "They will come back to this site"), ("Language", "Greek")],
        ),
        ({"contact": "yes", "how": "2100000000"}, [("How to reach them", "2100000000")]),
        ({"children": "3-5", "ages": ["0-5"]}, [("Number of children", "Three to five"), ("Ages", "5 or younger")]),
    ],
)
def test_opened_report_says_answers_in_words(place, told, shown):
    assert ReportPage(place.report(told), place.anna).answers == shown


def test_page_of_a_report_opens_its_key_once_and_notes_one_reading(place, report, browser):
    for text in ("again", "today"):
        said(report, text)
    said(report, "Known family", Voice.NOTE)
    browser.get(place.address(report))
    readings = Entry.objects.filter(action__startswith="vault.read")
    assert [entry.action for entry in readings] == ["vault.read_all"]
    assert len(json.loads(readings[0].details)["envelopes"].split()) == 4


def test_form_that_was_sent_again_with_other_answers_is_shown_in_words(place, report):
    envelope = records_actions.write_envelope(report.key, {"place": "Patras"}, purpose="report", by=PORTAL)
    Message.objects.create(report=report, envelope=envelope, voice=Voice.REPORTER, language="el")
    assert [text.text for text in ReportPage(report, place.anna).messages] == ["Location: Patras"]


@pytest.mark.parametrize(("who", "count"), [("anna", 0), ("chief", 1)])
def test_hold_is_offered_to_whoever_leads(place, report, who, count):
    shown = at_work(getattr(place, who)).get(place.address(report)).content.decode()
    assert shown.count("Legal hold") == count


def test_new_words_are_read_and_wait_no_longer(place, report, browser):
    message = said(report, "Έρχονται πάλι")
    type(report).objects.filter(pk=report.pk).update(unread_since=timezone.now())
    assert "Έρχονται πάλι" in browser.get(place.address(report)).content.decode()
    report.refresh_from_db()
    message.refresh_from_db()
    assert (report.unread_since, message.seen_at is None) == (None, False)


def test_locked_vault_leads_to_its_unlocking_and_back(place, report):
    answer = browser_of(place.anna.person).get(place.address(report))
    assert answer.url.startswith("/en/workspace/vault/unlock/?next=")


def test_colleague_without_the_key_is_told_and_nothing_counts_as_read(place, report):
    newcomer = opened(person(Role.WORKER, place.organisation))
    answer = at_work(newcomer).get(place.address(report))
    report.refresh_from_db()
    assert (answer.status_code, report.read_at) == (403, None)
    assert b"Your key does not open this" in answer.content


def test_note_is_for_colleagues_and_answers_nobody(place, report, browser):
    assert browser.post(place.address(report, "write/"), NOTE).status_code == 302
    message = Message.objects.get()
    report.refresh_from_db()
    assert (message.voice, read(place, message)["text"], report.answered_at) == (Voice.NOTE, NOTE["text"], None)


def test_answer_is_kept_in_both_languages_and_stops_the_clock(place, report, browser):
    assert browser.post(place.address(report, "write/"), ANSWER).status_code == 302
    message = Message.objects.get()
    report.refresh_from_db()
    content = {"text": ANSWER["text"], "own": "Thank you", "own_language": "en"}
    assert (message.voice, message.language, read(place, message)) == (Voice.ANSWER, "el", content)
    assert report.answered_at == message.written_at
    assert "Thank you" in browser.get(place.address(report)).content.decode()


@pytest.mark.parametrize("changed", [{"send": "note"}, {"voice": "note"}, {"send": ""}, {"voice": ""}, {"text": " "}])
def test_answer_by_mistake_is_refused_and_what_was_typed_is_kept(place, report, browser, changed):
    answer = browser.post(place.address(report, "write/"), ANSWER | changed)
    assert (answer.status_code, Message.objects.count()) == (422, 0)
    assert "Thank you" in answer.content.decode()


def test_composer_begins_with_the_note(place, report, browser):
    assert browser.get(place.address(report)).context["composer"]["voice"].initial == Voice.NOTE


def test_answer_typed_while_the_vault_locked_is_kept_and_sent_again(place, report):
    answer = browser_of(place.anna.person).post(place.address(report, "write/"), ANSWER)
    shown = answer.content.decode()
    assert (answer.status_code, Message.objects.count()) == (409, 0)
    assert all(text in shown for text in (ANSWER["text"], "Thank you", 'name="send" value="answer"'))


def test_reporter_who_wanted_to_know_gets_a_mail_that_says_nothing(place, report, browser):
    records_actions.write_envelope(
        report.key, {"email": "eleni@example.org", "language": "el"}, purpose="notice", by=PORTAL
    )
    browser.post(place.address(report, "write/"), ANSWER)
    mail = Mail.objects.get()
    assert (mail.recipient, mail.language, mail.discreet) == ("eleni@example.org", "el", True)
    assert not any(word in f"{mail.sender}{mail.subject}{mail.text}" for word in ("VICTOR <", "http", report.reference))


def test_canned_words_come_in_both_languages_by_a_round_trip(place, report, browser):
    canned = baker.make(CannedAnswer, slug="thanks")
    for language, text in {"el": "Ευχαριστούμε πολύ", "en": "Many thanks"}.items():
        publish_bundled(canned, language, {"title": text, "text": text}, by=PORTAL)
    asked = ANSWER | {"send": "canned", "canned": "thanks", "own": ""}
    form = browser.post(place.address(report, "write/"), asked).context["composer"]
    assert form["text"].value() == "Σας ευχαριστούμε\n\nΕυχαριστούμε πολύ"
    assert (form["own"].value(), Message.objects.count()) == ("Many thanks", 0)
    assert not SearchDocument.objects.filter(title="Many thanks").exists()


def test_canned_words_of_another_desk_are_not_offered(place, report, browser):
    other = Place("other")
    for desk in (None, place.desk, other.desk):
        publish_bundled(
            baker.make(CannedAnswer, slug=f"c{desk and desk.pk}", desk=desk),
            "el",
            {"title": "x", "text": "x"},
            by=PORTAL,
        )
    offered = browser.get(place.address(report)).context["canned"]
    assert set(offered) == {"cNone", f"c{place.desk.pk}"}


def test_translation_stands_beside_the_words(place, report, browser):
    message = said(report, "Έρχονται πάλι")
    url = place.address(report, f"translate/{message.envelope_id}/")
    assert browser.post(url, {"text": "They come again"}).status_code == 302
    made = Translation.objects.get()
    assert records_actions.read_envelope(made.envelope, by=place.ben) == {"text": "They come again"}
    assert "They come again" in browser.get(place.address(report)).content.decode()


def test_report_goes_from_triage_to_its_end_and_back(place, report, browser):
    assert do(browser, place, report, ReportMove.TRIAGE, risk="high", reason="Young") == 302
    assert (report.state, report.risk, report.triaged_at is None) == (ReportState.TRIAGED, Risk.HIGH, False)
    assert do(browser, place, report, ReportMove.REFER, reason="To the police") == 302
    assert (report.state, report.outcome) == (ReportState.REFERRED, ReportState.REFERRED)
    assert do(browser, place, report, ReportMove.CLOSE) == 302
    assert (report.state, report.closed_at is None) == (ReportState.CLOSED, False)
    assert do(browser, place, report, ReportMove.REOPEN) == 302
    assert (report.state, report.outcome, report.closed_at) == (ReportState.TRIAGED, "", None)
    assert [read(place, each)["text"] for each in report.messages.all()] == ["Young", "To the police"]


@pytest.mark.parametrize(
    "move", [ReportMove.REFER, ReportMove.INFORM, ReportMove.CLOSE_AS_UNFOUNDED, ReportMove.CLOSE, ReportMove.REOPEN]
)
def test_move_from_the_wrong_state_is_refused(place, report, browser, move):
    assert do(browser, place, report, move, reason="Why") == 409
    assert report.state == ReportState.ACKNOWLEDGED


def test_outcome_needs_an_answer_or_a_reason(place, report, browser):
    do(browser, place, report, ReportMove.TRIAGE, risk="low", reason="Old news")
    assert do(browser, place, report, ReportMove.INFORM) == 409
    browser.post(place.address(report, "write/"), ANSWER)
    assert do(browser, place, report, ReportMove.INFORM) == 302


def test_triage_without_a_reason_keeps_the_choice(place, report, browser):
    answer = browser.post(place.address(report, "move/triage/"), {"risk": "danger"})
    assert (answer.status_code, answer.context["triage"]["risk"].value()) == (422, "danger")


def test_duplicate_names_the_other_for_colleagues_and_is_taken_back(place, report, browser):
    other = place.report()
    assert do(browser, place, report, ReportMove.MERGE, into=other.reference.lower()) == 302
    assert (report.state, report.duplicate_of) == (ReportState.DUPLICATE, other)
    for one, named in ((report, other), (other, report)):
        assert f">{named.reference}</a>" in browser.get(place.address(one)).content.decode()
    assert do(browser, place, report, ReportMove.REOPEN) == 302
    assert report.duplicate_of is None


def test_report_is_no_duplicate_of_itself_of_a_duplicate_or_of_another_desks(place, report, browser):
    elsewhere, first = Place("other").report(), place.report()
    duplicate = place.report(duplicate_of=first)
    for into, status in ((report, 409), (duplicate, 409), (elsewhere, 422)):
        assert do(browser, place, report, ReportMove.MERGE, into=into.reference) == status
    assert do(browser, place, first, ReportMove.MERGE, into=report.reference) == 409


def test_report_is_taken_and_given_to_colleagues_of_the_desk_only(place, report, browser):
    url = place.address(report, "assign/")
    for data, status, expected in (
        ({"take": "1"}, 302, place.anna.person),
        ({"to": place.ben.person.pk}, 302, place.ben.person),
        ({"to": stranger().pk}, 422, place.ben.person),
        ({"to": ""}, 302, None),
    ):
        assert browser.post(url, data).status_code == status
        report.refresh_from_db()
        assert report.assignee == expected


def test_report_from_the_counter_has_no_clock_for_an_answer(place, browser):
    report = place.report(channel=Channel.VISIT)
    assert "Reply due in" not in browser.get(place.address(report)).content.decode()


def test_neither_log_nor_rows_hold_what_was_said(place, report, browser):
    browser.get(place.address(report))
    browser.post(place.address(report, "write/"), NOTE)
    do(browser, place, report, ReportMove.TRIAGE, risk="high", reason=NOTE["text"])
    kept = "".join(f"{each.action}{each.object}{each.details}" for each in Entry.objects.all())
    assert NOTE["text"] not in kept
    assert STORY not in kept
    assert report.reference not in kept
