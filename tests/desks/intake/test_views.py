"""The form: three screens in any browser, nothing kept before it is sent, nothing lost and nothing refused."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from redis.exceptions import ConnectionError as CacheUnreachable

from desks.desk.models import Desk
from desks.intake import proof_of_work, receipts
from desks.reports.models import Attachment, Message, Report
from partners.directory.models import Country
from tests.desks.staffed_desks import StaffedDesk, make_emergency_line, staffed_desk
from tests.files.metadata import samples
from tests.people import visitor
from tests.vault.people import own
from victor.files.antivirus import is_infected
from victor.languages import CODES
from victor.vault.records import actions as records_actions
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
URL = "/en/report/gr/"
ANSWERS = {"danger": "no", "reporter": "other", "story": "She begs\nat the station", "ages": ["6-11", "12-14"]}
LAST = ANSWERS | {"contact": "no", "at": "2", "go": "send"}


@pytest.fixture
def intake() -> StaffedDesk:
    desk = staffed_desk()
    make_emergency_line(desk)
    return desk


@pytest.fixture
def browser() -> Client:
    return visitor()


def hidden(html: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html):
        fields.setdefault(name, []).append(value)
    return fields


def send(browser: Client, **changes: Any) -> Any:
    return browser.post(URL, {"ticket": proof_of_work.new_ticket(), **LAST, **changes})


def test_three_screens_carry_what_was_answered_in_the_page(intake, browser):
    first = browser.get(URL)
    assert "Is someone in danger now?" in first.text
    second = browser.post(URL, {"at": "0", "go": "next", "danger": "no", "reporter": "parent"}).text
    hidden_answers = hidden(second)
    assert hidden_answers["danger"] == ["no"]
    assert hidden_answers["reporter"] == ["parent"]
    assert hidden_answers["at"] == ["1"]
    third = browser.post(URL, {**hidden_answers, "go": "next", "story": "<b>She\nbegs", "ages": ["6-11", "12-14"]}).text
    hidden_answers = hidden(third)
    assert hidden_answers["story"] == ["&lt;b&gt;She\nbegs"]
    assert hidden_answers["ages"] == ["6-11", "12-14"]
    assert Report.objects.count() == Envelope.objects.count() == 0
    sent = browser.post(URL, {**hidden_answers, "story": "<b>She\nbegs", "go": "send", "contact": "no"})
    assert "Your report has arrived." in sent.text
    answers = records_actions.read_envelope(own(Message.objects.get().envelope), by=intake.worker)
    assert answers == {
        "danger": False,
        "reporter": "parent",
        "story": "<b>She\nbegs",
        "ages": ["6-11", "12-14"],
        "contact": "no",
    }


def test_back_keeps_what_stands_in_the_field_even_if_it_is_wrong(intake, browser):
    answers = {"danger": "yes", "story": "", "place": "Station", "at": "1", "go": "back"}
    page = browser.post(URL, answers).text
    assert re.search(r'value="yes"[^>]*checked', page)
    assert hidden(page)["place"] == ["Station"]


@pytest.mark.parametrize(
    ("changes", "at", "reason"),
    [
        ({"danger": ""}, "0", "Please choose yes or no."),
        ({"story": " "}, "1", "Please write something, even if it is only a few words"),
        ({"story": "x" * 10_001}, "1", "at most 10000 characters"),
        ({"contact": ""}, "2", "Please choose one"),
        ({"contact": "yes", "how": ""}, "2", "Please tell us how we can reach you, or choose “No” above"),
        ({"notice": "nobody"}, "2", "Enter a valid email address."),
        ({"notice": "me@ma\u200bil.example"}, "2", "The email address contains an invisible character."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(intake, browser, changes, at, reason):
    answer = send(browser, place="Under the bridge", name="Ann", **changes)
    assert answer.status_code == 200
    assert hidden(answer.text)["at"][-1] == at
    assert answer.text.count(reason) == 2
    assert all(words in answer.text for words in ("Under the bridge", "Ann"))
    assert Report.objects.count() == 0


def test_danger_shows_the_number_first(intake, browser):
    page = browser.post(URL, {"danger": "yes", "at": "0", "go": "next"}).text
    assert page.index("Please call now") < page.index('href="tel:112"', page.index("<main")) < page.index("<form")


def test_error_leads_to_the_first_radio_and_stands_first_on_the_page(intake, browser):
    page = browser.post(URL, {"at": "0", "go": "next"}).text
    assert "<title>Error: Write to us</title>" in page
    assert page.index("data-error-summary") < page.index('class="wrap report"')
    assert '<a href="#id_danger_0">Is someone in danger now?</a>' in page
    assert 'id="id_danger_0"' in page


@pytest.mark.parametrize("at", ["0", "1", "2"])
def test_every_screen_leads_back_with_a_code(intake, browser, at):
    page = browser.post(URL, {"danger": "no", "story": "x", "at": at, "go": "language"}).text
    assert 'href="/en/report/return/"' in page[page.index("<main") : page.index("</main>")]


def test_reporter_reads_why_a_desk_of_another_country_reads_it(intake, browser):
    reason = "In the country you have chosen, no desk can receive reports here yet"
    Country.objects.create(code="BG", name_en="Bulgaria", in_partnership=True, time_zone="Europe/Sofia")
    Desk.objects.update(is_fallback=True)
    assert reason in browser.get("/en/report/bg/").text
    assert reason not in browser.get(URL).text


def test_double_press_sends_one_report_and_shows_the_same_receipt(intake, browser):
    ticket = proof_of_work.new_ticket()
    first, second = send(browser, ticket=ticket).text, send(browser, ticket=ticket).text
    assert "It has been recorded once" in second
    words = re.findall(r"<li>(\w+)</li>", first)
    assert (
        words == re.findall(r"<li>(\w+)</li>", second) == receipts.receipt_words(proof_of_work.receipt_of(ticket), "en")
    )
    assert Report.objects.count() == 1


@pytest.mark.parametrize("language", CODES)
def test_first_screen_names_tor_browser_once(intake, browser, language):
    page = browser.get(f"/{language}/report/gr/").text
    assert page.count("Tor Browser") == 1


def test_desk_whose_keys_were_exchanged_takes_no_report_and_names_the_numbers(intake, browser):
    """Findings 9 and 26: nobody at the desk could read it; what was typed stays in the page."""
    Desk.objects.update(group_stamp="x" * 64)
    page = send(browser).text
    assert "Please call" in page
    assert 'href="tel:112"' in page
    assert hidden(page)["story"] == ["She begs\nat the station"]
    assert not Report.objects.exists()


@pytest.mark.parametrize("ticket", ["", "nonsense", "ffff:1:x"])
def test_report_without_a_ticket_of_ours_arrives_all_the_same(intake, browser, ticket):
    assert "Your report has arrived." in send(browser, ticket=ticket).text


@pytest.mark.parametrize("changes", [{}, {"decoy": "buy"}])
def test_what_may_be_junk_arrives_and_is_marked(intake, browser, changes):
    send(browser, **changes)
    assert Report.objects.get().suspected_spam is bool(changes)


def test_files_arrive_with_the_words_and_one_that_does_not_is_named(intake, browser, monkeypatch):
    monkeypatch.setattr("victor.files.upload_handlers.MAX_FILE_BYTES", 1000)
    files = [SimpleUploadedFile(name, bytes(size)) for name, size in {"a.bin": 10, "b.bin": 2000}.items()]
    page = send(browser, files=files).text
    assert "but not these files" in page
    assert "a.bin" not in page
    assert "b.bin" in page
    assert Report.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_empty_file_is_named_among_those_that_did_not_arrive(intake, browser):
    files = [SimpleUploadedFile("a.bin", b"x"), SimpleUploadedFile("nothing.jpg", b"")]
    page = send(browser, files=files).text
    assert "a.bin" not in page
    assert "nothing.jpg" in page
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("name", ["locked.pdf", "broken.docx", "program.exe"])
def test_file_that_cannot_be_read_costs_its_copy_only(intake, browser, name):
    contents = {"locked.pdf": locked_pdf(), "broken.docx": samples.docx()[:900], "program.exe": b"MZ\x90\0"}
    files = [SimpleUploadedFile(name, contents[name]), SimpleUploadedFile("a.jpg", samples.jpeg())]
    page = send(browser, files=files).text
    assert "Your report has arrived." in page
    assert name not in page
    assert [attachment.clean is None for attachment in Attachment.objects.order_by("pk")] == [True, False]


def test_send_while_the_scanner_cannot_be_asked_costs_nothing(intake, browser, settings):
    settings.CLAMAV_SOCKET = 7  # which is no address
    with pytest.raises(TypeError):
        is_infected(b"x")
    page = send(browser, files=[SimpleUploadedFile("a.jpg", samples.jpeg())]).text
    assert "Your report has arrived." in page
    assert Attachment.objects.get().clean is not None


def test_send_while_no_cleaner_can_start_costs_the_copy_only(intake, browser, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    page = send(browser, files=[SimpleUploadedFile("a.jpg", samples.jpeg())]).text
    assert "Your report has arrived." in page
    assert Attachment.objects.get().clean is None


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    with pikepdf.open(BytesIO(samples.pdf())) as paper:
        written = BytesIO()
        paper.save(written, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return written.getvalue()


def test_desk_that_takes_no_files_does_not_ask_for_any(browser):
    staffed_desk(takes_files=False)
    page = browser.post(URL, {**ANSWERS, "at": "1", "go": "next"}).text
    assert 'type="file"' not in page
    assert "a.bin" in send(browser, files=[SimpleUploadedFile("a.bin", b"x")]).text
    assert Attachment.objects.count() == 0


def test_report_goes_to_the_desk_that_speaks_the_language_else_the_fallback(intake, browser):
    staffed_desk("greek", languages=["el"])
    rest = staffed_desk(
        "rest", languages=["en"], country=staffed_desk("no").desk.country, takes_reports=False, is_fallback=True
    )
    send(browser)
    assert Report.objects.get().desk == intake.desk
    type(intake.desk).objects.exclude(pk=rest.desk.pk).update(takes_reports=False)
    type(rest.desk).objects.filter(pk=rest.desk.pk).update(takes_reports=True)
    send(browser)
    assert Report.objects.latest("received_at").desk == rest.desk


def test_country_without_any_desk_shows_numbers_instead_of_a_form(browser):
    make_emergency_line(staffed_desk(takes_reports=False))
    page = browser.get(URL).text
    assert "There is no desk that can receive your report at the moment" in page
    assert 'href="tel:112"' in page
    assert "data-report" not in page


@pytest.mark.parametrize("path", ["", "gr/", "return/"])
def test_pages_are_kept_by_nobody_and_set_no_cookie(intake, browser, path):
    answer = browser.get(f"/en/report/{path}")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    title = re.search(r"<title>(.*?)</title>", answer.text)[1]
    assert title in {"Write to us", "Your note"}
    assert browser.cookies == {}


def test_first_screen_holds_no_ticket_since_it_may_be_kept_as_a_page(intake, browser):
    assert hidden(browser.get(URL).text)["ticket"] == [""]


def test_send_while_the_cache_is_down_arrives(intake, browser, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/1"}}
    with pytest.raises(CacheUnreachable):
        cache.get("anything")
    assert "Your report has arrived." in send(browser).text


@pytest.mark.parametrize("code", ["xx", "grx"])
def test_country_that_is_not_there_is_not_found(intake, browser, code):
    assert browser.get(f"/en/report/{code}/").status_code == 404


def test_country_in_capitals_leads_to_its_form(intake, browser):
    assert browser.get("/en/report/GR/")["Location"] == "/en/report/gr/"


def test_child_is_spoken_to_as_a_child(intake, browser):
    page = browser.post(URL, {"danger": "no", "reporter": "child", "at": "0", "go": "next"}).text
    assert "What is happening?" in page
    assert "it is not your fault" in page


def change(browser: Client, language: str, **given: Any) -> str:
    return browser.post(f"/{language}/report/gr/", given | {"go": "language"}).text


def test_first_screen_offers_the_languages_as_buttons_of_its_form_and_no_other_way(intake, browser):
    header = browser.get(URL).text.split("<main")[0]
    offered = re.findall(r'form="report" formaction="(/[\w-]+/report/gr/)"', header)
    assert offered == [f"/{code}/report/gr/" for code, _name in settings.LANGUAGES]
    assert re.findall(r'<a href="/el/report/gr/"', header) == []
    assert header.index('tabindex="-1" aria-hidden="true"></button>') < header.index("formaction")


@pytest.mark.parametrize("at", ["0", "1", "2"])
def test_other_language_keeps_what_was_typed_on_each_screen_and_finds_no_fault(intake, browser, at):
    given = {**ANSWERS, "how": "Call <Ann>", "notice": "nobody", "danger": "", "proof": "7"}
    given["ticket"] = proof_of_work.new_ticket()
    page = change(browser, "el", at=at, **given)
    hidden_answers = hidden(page[page.index("data-report\n") :])
    expected = [[at], [given["ticket"]], ["7"], ["el"]]
    assert [hidden_answers[name] for name in ("at", "ticket", "proof", "shown_in")] == expected
    assert [words in page for words in ("She begs\nat the station", "Call &lt;Ann&gt;", "nobody")] == [True] * 3
    assert '<html lang="el"' in page
    assert "field__error" not in page
    assert Report.objects.count() == 0


def test_receipt_is_the_same_in_the_words_of_the_new_language(intake, browser):
    ticket = proof_of_work.new_ticket()
    change(browser, "el", ticket=ticket, **ANSWERS, at="2")
    page = browser.post("/el/report/gr/", {"ticket": ticket, **LAST}).text
    assert re.findall(r"<li>(\w+)</li>", page) == receipts.receipt_words(proof_of_work.receipt_of(ticket), "el")
    assert Report.objects.get().language == "el"


@pytest.mark.parametrize(("speaks", "asked"), [("en", "el"), ("bg", "bg")])
def test_answer_follows_to_the_new_language_unless_another_was_chosen(intake, browser, speaks, asked):
    page = change(browser, "el", at="2", shown_in="en", speaks=speaks)
    assert re.findall(r'<option value="(\w\w)" selected', page) == [asked]


def test_chosen_files_are_asked_for_again_in_the_other_language(intake, browser):
    assert "Please choose your files again." in change(browser, "en", at="2", files="a.jpg", **ANSWERS)
    assert "Please choose your files again." not in change(browser, "en", at="2", files="", **ANSWERS)


def test_language_in_which_nobody_can_take_it_gives_it_back_in_the_next(browser):
    make_emergency_line(staffed_desk(takes_reports=False))
    page = change(browser, "el", at="1", **ANSWERS)
    assert hidden(page)["story"] == [ANSWERS["story"]]
    assert hidden(page)["at"] == ["1"]
    assert 'form="report" formaction="/en/report/gr/"' in page
