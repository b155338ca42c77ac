"""An opened report: it is read, noted upon, answered, translated and brought to its end, and nothing is mixed up."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from model_bakery import baker

from desks.inbox.models import CannedAnswer, Translation
from desks.inbox.presenters import ReportPage
from desks.reports.models import Message, Report
from desks.reports.states import Channel, ReportMove, ReportState, Risk, Voice
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import PORTAL, STORY, InboxDesk, add_message, stranger, unlocked_browser_of
from tests.people import browser_of, person
from tests.vault.people import open_vault, own
from victor.audit.models import Entry
from victor.mail.models import Message as Mail
from victor.publishing.bundled_texts import publish_bundled
from victor.publishing.models import SearchDocument
from victor.vault.keys.keyring import save_stamped
from victor.vault.records import actions as records_actions

pytestmark = pytest.mark.django_db
NOTE = {"voice": "note", "text": "Γνωστή οικογένεια", "language": "el", "send": "note"}
ANSWER = {"voice": "answer", "text": "Σας ευχαριστούμε", "own": "Thank you", "language": "el", "send": "answer"}


@pytest.fixture
def report(inbox):
    return inbox.report(received_at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def browser(inbox):
    return unlocked_browser_of(inbox.anna)


def later_messages() -> QuerySet[Message]:
    """What was written after the first form."""
    return Message.objects.exclude(envelope__purpose="report")


def read(inbox: InboxDesk, message: Message) -> dict[str, str]:
    return records_actions.read_envelope(own(message.envelope), by=inbox.ben)


def do(browser, inbox, report, move: str, **data) -> int:
    status = browser.post(inbox.address(report, f"move/{move}/"), data).status_code
    report.refresh_from_db()
    return status


@pytest.mark.parametrize("step", ["", "assign/", "write/", "move/close/"])
def test_report_that_was_changed_in_the_database_is_refused(inbox, report, browser, step):
    """Finding 9: whatever a colleague does with it."""
    Report.objects.update(channel="visit")
    address = inbox.address(report, step)
    answer = browser.post(address, {"take": "1", **NOTE}) if step else browser.get(address)
    assert answer.status_code == 403


def test_first_reading_is_noted_once_and_shows_what_was_told(inbox, report, browser):
    shown = browser.get(inbox.address(report)).content.decode()
    assert all(text in shown for text in (STORY, "What they told us", "Someone who works with children"))
    report.refresh_from_db()
    first = report.read_at
    browser.get(inbox.address(report))
    report.refresh_from_db()
    assert report.read_at == first
    assert Entry.objects.filter(action="report.read").count() == 1


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
def test_opened_report_says_answers_in_words(inbox, told, shown):
    assert ReportPage(inbox.report(told), inbox.anna).answers == shown


def test_page_of_a_report_opens_its_key_once_and_notes_one_reading(inbox, report, browser):
    for text in ("again", "today"):
        add_message(report, text)
    add_message(report, "Known family", Voice.NOTE)
    browser.get(inbox.address(report))
    readings = Entry.objects.filter(action__startswith="vault.read")
    assert [entry.action for entry in readings] == ["vault.read_all"]
    assert len(json.loads(readings[0].details)["envelopes"].split()) == 4


def test_form_that_was_sent_again_with_other_answers_is_shown_in_words(inbox, report):
    envelope = records_actions.write_envelope(report.key, {"place": "Patras"}, purpose="report", by=PORTAL)
    save_stamped(Message(report=report, envelope=envelope, voice=Voice.REPORTER, language="el"))
    assert [text.text for text in ReportPage(report, inbox.anna).messages] == ["Location: Patras"]


@pytest.mark.parametrize(("who", "count"), [("anna", 0), ("chief", 1)])
def test_hold_is_offered_to_whoever_leads(inbox, report, who, count):
    shown = unlocked_browser_of(getattr(inbox, who)).get(inbox.address(report)).content.decode()
    assert shown.count("Legal hold") == count


def test_new_words_are_read_and_wait_no_longer(inbox, report, browser):
    message = add_message(report, "Έρχονται πάλι")
    type(report).objects.filter(pk=report.pk).update(unread_since=timezone.now())
    assert "Έρχονται πάλι" in browser.get(inbox.address(report)).content.decode()
    report.refresh_from_db()
    message.refresh_from_db()
    assert report.unread_since is None
    assert message.seen_at is not None


def test_locked_vault_leads_to_its_unlocking_and_back(inbox, report):
    answer = browser_of(inbox.anna.person).get(inbox.address(report))
    assert answer.url.startswith("/en/workspace/vault/unlock/?next=")


def test_colleague_without_the_key_is_told_and_nothing_counts_as_read(inbox, report):
    newcomer = open_vault(person(Role.WORKER, inbox.organisation))
    answer = unlocked_browser_of(newcomer).get(inbox.address(report))
    report.refresh_from_db()
    assert answer.status_code == 403
    assert report.read_at is None
    assert b"Your key does not open this" in answer.content


def test_note_is_for_colleagues_and_answers_nobody(inbox, report, browser):
    assert browser.post(inbox.address(report, "write/"), NOTE).status_code == 302
    message = later_messages().get()
    report.refresh_from_db()
    assert message.voice == Voice.NOTE
    assert read(inbox, message)["text"] == NOTE["text"]
    assert report.answered_at is None


def test_answer_is_kept_in_both_languages_and_stops_the_clock(inbox, report, browser):
    assert browser.post(inbox.address(report, "write/"), ANSWER).status_code == 302
    message = later_messages().get()
    report.refresh_from_db()
    content = {"text": ANSWER["text"], "own": "Thank you", "own_language": "en"}
    assert message.voice == Voice.ANSWER
    assert message.language == "el"
    assert read(inbox, message) == content
    assert report.answered_at == message.written_at
    assert "Thank you" in browser.get(inbox.address(report)).content.decode()


@pytest.mark.parametrize("changed", [{"send": "note"}, {"voice": "note"}, {"send": ""}, {"voice": ""}, {"text": " "}])
def test_answer_by_mistake_is_refused_and_what_was_typed_is_kept(inbox, report, browser, changed):
    answer = browser.post(inbox.address(report, "write/"), ANSWER | changed)
    assert answer.status_code == 422
    assert not later_messages().exists()
    assert "Thank you" in answer.content.decode()


def test_composer_begins_with_the_note(inbox, report, browser):
    assert browser.get(inbox.address(report)).context["composer"]["voice"].initial == Voice.NOTE


def test_answer_typed_while_the_vault_locked_is_kept_and_sent_again(inbox, report):
    answer = browser_of(inbox.anna.person).post(inbox.address(report, "write/"), ANSWER)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert not later_messages().exists()
    assert all(text in shown for text in (ANSWER["text"], "Thank you", 'name="send" value="answer"'))


def test_reporter_who_wanted_to_know_gets_a_mail_that_says_nothing(inbox, report, browser):
    records_actions.write_envelope(
        report.key, {"email": "eleni@example.org", "language": "el"}, purpose="notice", by=PORTAL
    )
    browser.post(inbox.address(report, "write/"), ANSWER)
    mail = Mail.objects.get()
    assert mail.address == "eleni@example.org"
    assert mail.language == "el"
    assert mail.discreet
    assert not any(word in f"{mail.sender}{mail.subject}{mail.text}" for word in ("VICTOR <", "http", report.reference))


def test_canned_words_come_in_both_languages_by_a_round_trip(inbox, report, browser):
    canned = baker.make(CannedAnswer, slug="thanks")
    for language, text in {"el": "Ευχαριστούμε πολύ", "en": "Many thanks"}.items():
        publish_bundled(canned, language, {"title": text, "text": text}, by=PORTAL)
    asked = ANSWER | {"send": "canned", "canned": "thanks", "own": ""}
    form = browser.post(inbox.address(report, "write/"), asked).context["composer"]
    assert form["text"].value() == "Σας ευχαριστούμε\n\nΕυχαριστούμε πολύ"
    assert form["own"].value() == "Many thanks"
    assert not later_messages().exists()
    assert not SearchDocument.objects.filter(title="Many thanks").exists()


def test_canned_words_of_another_desk_are_not_offered(inbox, report, browser):
    other = InboxDesk("other")
    for desk in (None, inbox.desk, other.desk):
        publish_bundled(
            baker.make(CannedAnswer, slug=f"c{desk and desk.pk}", desk=desk),
            "el",
            {"title": "x", "text": "x"},
            by=PORTAL,
        )
    offered = browser.get(inbox.address(report)).context["canned"]
    assert set(offered) == {"cNone", f"c{inbox.desk.pk}"}


def test_translation_stands_beside_the_words(inbox, report, browser):
    message = add_message(report, "Έρχονται πάλι")
    url = inbox.address(report, f"translate/{message.envelope_id}/")
    assert browser.post(url, {"text": "They come again"}).status_code == 302
    made = Translation.objects.get()
    assert records_actions.read_envelope(own(made.envelope), by=inbox.ben) == {"text": "They come again"}
    assert "They come again" in browser.get(inbox.address(report)).content.decode()


def test_report_goes_from_triage_to_its_end_and_back(inbox, report, browser):
    assert do(browser, inbox, report, ReportMove.TRIAGE, risk="high", reason="Young") == 302
    assert report.state == ReportState.TRIAGED
    assert report.risk == Risk.HIGH
    assert report.triaged_at is not None
    assert do(browser, inbox, report, ReportMove.REFER, reason="To the police") == 302
    assert report.state == ReportState.REFERRED
    assert report.outcome == ReportState.REFERRED
    assert do(browser, inbox, report, ReportMove.CLOSE) == 302
    assert report.state == ReportState.CLOSED
    assert report.closed_at is not None
    assert do(browser, inbox, report, ReportMove.REOPEN) == 302
    assert report.state == ReportState.TRIAGED
    assert report.outcome == ""
    assert report.closed_at is None
    assert [read(inbox, each)["text"] for each in later_messages()] == ["Young", "To the police"]


@pytest.mark.parametrize(
    "move", [ReportMove.REFER, ReportMove.INFORM, ReportMove.CLOSE_AS_UNFOUNDED, ReportMove.CLOSE, ReportMove.REOPEN]
)
def test_move_from_the_wrong_state_is_refused(inbox, report, browser, move):
    assert do(browser, inbox, report, move, reason="Why") == 409
    assert report.state == ReportState.ACKNOWLEDGED


def test_outcome_needs_a_reason_also_where_the_reporter_was_answered(inbox, report, browser):
    do(browser, inbox, report, ReportMove.TRIAGE, risk="low", reason="Old news")
    browser.post(inbox.address(report, "write/"), ANSWER)
    assert do(browser, inbox, report, ReportMove.INFORM) == 422
    assert do(browser, inbox, report, ReportMove.INFORM, reason="The number of the police") == 302


def test_outcome_is_one_choice_with_one_button(inbox, report, browser):
    do(browser, inbox, report, ReportMove.TRIAGE, risk="low", reason="Old news")
    assert do(browser, inbox, report, "conclude", reason="To the police") == 422
    assert do(browser, inbox, report, "conclude", reason="To the police", outcome="refer") == 302
    assert report.outcome == ReportState.REFERRED


def test_triage_without_a_reason_keeps_the_choice(inbox, report, browser):
    answer = browser.post(inbox.address(report, "move/triage/"), {"risk": "danger"})
    assert answer.status_code == 422
    assert answer.context["triage"]["risk"].value() == "danger"


def test_duplicate_names_the_other_for_colleagues_and_is_taken_back(inbox, report, browser):
    other = inbox.report()
    assert do(browser, inbox, report, ReportMove.MERGE, into=other.reference.lower()) == 302
    assert report.state == ReportState.DUPLICATE
    assert report.duplicate_of == other
    for one, named in ((report, other), (other, report)):
        assert f">{named.reference}</a>" in browser.get(inbox.address(one)).content.decode()
    assert do(browser, inbox, report, ReportMove.REOPEN) == 302
    assert report.duplicate_of is None


def test_report_is_no_duplicate_of_itself_of_a_duplicate_or_of_another_desks(inbox, report, browser):
    elsewhere, first = InboxDesk("other").report(), inbox.report()
    duplicate = inbox.report(duplicate_of=first)
    for into, status in ((report, 409), (duplicate, 409), (elsewhere, 422)):
        assert do(browser, inbox, report, ReportMove.MERGE, into=into.reference) == status
    assert do(browser, inbox, first, ReportMove.MERGE, into=report.reference) == 409


def test_report_is_taken_and_given_to_colleagues_of_the_desk_only(inbox, report, browser):
    url = inbox.address(report, "assign/")
    for data, status, expected in (
        ({"take": "1"}, 302, inbox.anna.person),
        ({"to": inbox.ben.person.pk}, 302, inbox.ben.person),
        ({"to": stranger().pk}, 422, inbox.ben.person),
        ({"to": ""}, 302, None),
    ):
        assert browser.post(url, data).status_code == status
        report.refresh_from_db()
        assert report.assignee == expected


def test_report_from_the_counter_has_no_clock_for_an_answer(inbox, browser):
    report = inbox.report(channel=Channel.VISIT)
    assert "Reply due in" not in browser.get(inbox.address(report)).content.decode()


def test_neither_log_nor_rows_hold_what_was_said(inbox, report, browser):
    browser.get(inbox.address(report))
    browser.post(inbox.address(report, "write/"), NOTE)
    do(browser, inbox, report, ReportMove.TRIAGE, risk="high", reason=NOTE["text"])
    log = "".join(f"{each.action}{each.object}{each.details}" for each in Entry.objects.all())
    assert NOTE["text"] not in log
    assert STORY not in log
    assert report.reference not in log
