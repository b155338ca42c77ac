"""Serbian in Latin letters, from one source: on pages, in mails, on paper, and in what is searched and typed."""

from __future__ import annotations

import re
from io import BytesIO

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client

from desks.inbox.actions import answer_reporter
from desks.intake import answer_notices, receipts
from desks.reports.models import Report
from partners.directory.models import Organisation
from partners.memberships.states import Role
from tests.bundled import with_campaign, with_partnership
from tests.desks.staffed_desks import staffed_desk
from tests.people import browser_of, organisation, person, visitor
from tests.reading import Page
from tests.trainings.certificates.attendees import ended_seminar
from tests.trainings.sample_seminars import applicant, make_seminar
from tests.vault.people import own
from trainings.certificates.models import Certificate
from trainings.certificates.pdf import SeminarCertificates
from trainings.mailings.actions import release_mailing, write_mailing
from trainings.mailings.message_templates import MessageTemplate
from trainings.mailings.models import Mailing
from trainings.mailings.periodic import send_mailings
from trainings.participants.column_words import ColumnWords
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from victor.access import ReceiptHolder, System, Visitor
from victor.mail.emails import content_of
from victor.mail.models import Message
from victor.pages.models import Page as TextPage
from victor.publishing.bundled_texts import publish_bundled
from victor.serbian import to_latin
from victor.vault.records.actions import read_envelope
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
US = System("test")
CYRILLIC = re.compile("[\u0400-\u052f]")
NAME = "Ђорђе Љубичић"
REPORT = {"danger": "no", "reporter": "other", "story": "Прича", "contact": "no", "at": "2", "go": "send"}
WORKSPACE = ["", "texts/", "texts/exchange/", "seminars/", "help-lines/", "reach/", "contacts/", "invitations/new/"]
MAIN = re.compile("<main.*</main>", re.DOTALL)


def text_page(slug: str = "pomoc") -> TextPage:
    """A page of text that is public in Serbian."""
    page = TextPage.objects.create(slug=slug)
    body = '<p>Љубав и заштита деце, <a href="https://пример.срб/дете">Київ</a></p>'
    publish_bundled(page, "sr", {"title": "Помоћ деци", "summary": "Где је помоћ", "body": body}, by=US)
    return page


@pytest.fixture
def seminar():
    made = make_seminar()
    publish_bundled(made, "sr", {"title": "Семинар о деци", "summary": "Штити", "place": "Чачак"}, by=US)
    return made


def main_of(address: str) -> str:
    return MAIN.search(visitor().get(address).text)[0]


def test_page_of_text_is_in_latin_letters_with_protected_spans():
    text_page()
    main = main_of("/sr-latn/pomoc/")
    assert "<p>Ljubav i zaštita dece, " in main
    assert ">Київ</a>" in main
    assert "Помоћ" not in main


def test_page_of_text_stays_in_cyrillic_letters_at_its_address():
    text_page()
    assert "<p>Љубав и заштита деце, " in main_of("/sr/pomoc/")


def test_page_names_both_scripts_to_search_engines():
    text_page()
    page = Page(visitor().get("/sr-latn/pomoc/").text)
    home = settings.SITE_URL
    assert page.language == "sr-Latn"
    assert page.canonical == f"{home}/sr-latn/pomoc/"
    assert page.robots == ""
    assert page.alternates == {
        "sr": f"{home}/sr/pomoc/",
        "sr-Cyrl": f"{home}/sr/pomoc/",
        "sr-Latn": f"{home}/sr-latn/pomoc/",
        "x-default": f"{home}/sr/pomoc/",
    }


def test_sitemap_names_both_scripts(client):
    text_page()
    sitemap = client.get("/sitemap.xml").text
    links = set(re.findall(r'hreflang="([\w-]+)" href="[^"]*(/sr[\w-]*/pomoc/)"', sitemap))
    assert set(re.findall(r"<loc>[^<]*(/[\w-]+/pomoc/)</loc>", sitemap)) == {"/sr/pomoc/", "/sr-latn/pomoc/"}
    assert links == {
        ("sr", "/sr/pomoc/"),
        ("sr-Cyrl", "/sr/pomoc/"),
        ("sr-Latn", "/sr-latn/pomoc/"),
        ("x-default", "/sr/pomoc/"),
    }


def test_page_that_lacks_serbian_falls_back_and_says_so():
    page = TextPage.objects.create(slug="only-bulgarian")
    publish_bundled(page, "bg", {"title": "Помощ", "summary": "Дете", "body": "<p>Дете</p>"}, by=US)
    answer = Page(visitor().get("/sr-latn/only-bulgarian/").text)
    assert ("bg", "Дете") in answer.texts
    assert answer.canonical == f"{settings.SITE_URL}/bg/only-bulgarian/"


@pytest.mark.parametrize("question", ["Pomoć", "pomoc", "помоћ", "ЗАШТИТА", "zaštita", "ljubav", "Љубав"])
@pytest.mark.parametrize(("script", "title"), [("sr", "Помоћ деци"), ("sr-latn", "Pomoć deci")])
def test_search_finds_in_either_script_and_links_within_the_one_of_the_page(question, script, title):
    text_page()
    page = visitor().post(f"/{script}/search/", {"q": question}).text
    assert re.findall(f'<li><a href="/{script}/pomoc/">([^<]*)</a>', page) == [title]


def test_search_suggests_in_the_letters_of_the_page():
    text_page()
    assert 'name="q" value="zaštita"' in visitor().post("/sr-latn/search/", {"q": "xastita"}).text


def test_registration_at_a_latin_page_is_answered_in_latin_letters_but_for_the_name(seminar):
    url = "/sr-latn/seminars/athens/register/"
    form = {"name": NAME, "email": "djordje@example.org", "profession": "teacher", "organisation": "ОШ „Његош“"}
    form |= {"organisation_type": "school", "country": "GR", "language": "sr-latn", "sex": ""}
    assert '<option value="sr-latn" selected lang="sr-Latn">' in visitor().get(url).text
    assert visitor().post(url, form).status_code == 200
    message = Message.objects.get()
    text, html = content_of(message)
    registration = Registration.objects.get()
    assert registration.name == NAME
    assert registration.organisation == "ОШ „Његош“"
    assert CYRILLIC.findall(message.subject + text.replace(NAME, "")) == []
    assert CYRILLIC.findall(html.replace(NAME, "")) == []
    assert NAME in text
    assert "Seminar o deci" in text
    assert '<html lang="sr-Latn">' in html
    assert f"{settings.SITE_URL}/sr-latn/seminars/place/" in text


def test_mailing_in_own_words_reaches_each_reader_in_their_script(seminar):
    trainer = person(Role.TRAINER, organisation("smile"))
    for language in ("sr", "sr-latn"):
        register(applicant(seminar, language=language, name=NAME), by=Visitor())
    Message.objects.all().delete()
    words = {"sr": MessageTemplate("Питање: {seminar}", "{name}, дођите: {place}, {link}")}
    mailing = write_mailing(Mailing(seminar=seminar, kind="words"), words, by=trainer)
    assert release_mailing(mailing, by=trainer) == 2
    send_mailings()
    cyrillic, latin = (Message.objects.get(language=language) for language in ("sr", "sr-latn"))
    assert cyrillic.subject == "Питање: Семинар о деци"
    assert latin.subject == "Pitanje: Seminar o deci"
    assert f"{NAME}, dođite: Čačak, " in latin.text


def test_certificate_is_in_latin_letters_but_for_the_name():
    seminar = ended_seminar()
    publish_bundled(seminar, "sr", {"title": "Семинар о Њој", "summary": "Штити", "place": "Чачак"}, by=US)
    given = {"name": NAME, "minutes": 360, "total": 360, "serial": "VICTOR-2026-000001", "code": "A" * 20}
    papers = SeminarCertificates(seminar)
    text = {
        language: pdf_text(papers.pdf(Certificate(seminar=seminar, language=language, **given)))
        for language in ("sr", "sr-latn")
    }
    assert "Семинар о Њој" in text["sr"]
    assert "Seminar o Njoj" in text["sr-latn"]
    assert NAME in text["sr-latn"]
    assert CYRILLIC.findall(text["sr-latn"].replace(NAME, "")) == []


def pdf_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(content)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@with_campaign
def test_poster_is_in_latin_letters():
    answer = Client().get("/sr-latn/campaigns/victor/poster/rs-a4.pdf")
    text = pdf_text(answer.content)
    assert "Srbija" in text
    assert CYRILLIC.findall(text) == []
    assert "victor-sr-latn-rs-a4.pdf" in answer["Content-Disposition"]


@pytest.mark.parametrize(("script", "other"), [("sr", "sr-latn"), ("sr-latn", "sr")])
def test_receipt_is_shown_in_the_script_of_the_page_and_read_in_either(script, other):
    digits, words = "".join(receipts.receipt_digits(7)), receipts.receipt_words(7, script)
    address = f"/{script}/report/receipt/"
    shown = visitor().post(address, {"shown": digits, "typed": "", "go": "language"}).text
    assert re.findall("<li>([^<]+)</li>", shown)[:9] == words
    for typed in (words, receipts.receipt_words(7, other)):
        assert "error-summary" not in visitor().post(address, {"shown": digits, "typed": " ".join(typed)}).text
    assert bool(CYRILLIC.search(" ".join(words))) == (script == "sr")


def test_report_is_serbian_whatever_its_script_and_its_mails_are_in_that_script():
    desk = staffed_desk(languages=["sr"])
    answers = REPORT | {"contact": "yes", "how": "me", "notice": "me@mail.example"}
    page = visitor().post("/sr-latn/report/gr/", answers).text
    report = Report.objects.get()
    notice = read_envelope(own(Envelope.objects.get(purpose="notice")), by=desk.worker)
    assert report.language == "sr"
    assert notice == {"email": "me@mail.example", "language": "sr-latn"}
    assert CYRILLIC.findall(" ".join(re.findall("<li>([^<]+)</li>", page)[:9])) == []


def test_receipt_opens_a_report_from_a_page_in_the_other_script():
    staffed_desk(languages=["sr"])
    shown = visitor().post("/sr-latn/report/gr/", REPORT).text
    words = re.findall("<li>([^<]+)</li>", shown)[:9]
    cyrillic = receipts.receipt_words(receipts.parse_receipt(" ".join(words), "sr"), "sr")
    page = visitor().post("/sr/report/return/", {"receipt": " ".join(cyrillic)}).text
    assert 'name="do" value="write"' in page


def test_language_that_was_offered_first_changes_with_the_script():
    staffed_desk(languages=["sr"])
    page = visitor().get("/sr-latn/report/gr/").text
    assert '<input type="hidden" name="shown_in" value="sr">' in page


def test_notice_to_a_reporter_is_in_their_script():
    desk = staffed_desk(languages=["sr"])
    visitor().post(
        "/sr/report/gr/", {"danger": "no", "reporter": "other", "story": "…", "at": "2", "go": "send", "contact": "no"}
    )
    report = Report.objects.get()
    answer_notices.set_notice(report, "me@mail.example", language="sr-latn", by=ReceiptHolder(report))
    answer_reporter(report, "Одговор", language="sr", by=desk.worker)
    message = Message.objects.latest("pk")
    assert message.language == "sr-latn"
    assert CYRILLIC.findall(message.subject + content_of(message).text) == []


def test_colleague_who_reads_latin_letters_works_in_them_and_names_stay():
    partner = organisation("smile")
    Organisation.objects.filter(pk=partner.pk).update(name_sr="Осмех детета", city_sr="Ниш")
    colleague = person(Role.COORDINATOR, partner, name=NAME, language="sr-latn")
    browser = browser_of(colleague)
    for path in WORKSPACE:
        answer = browser.get(f"/sr-latn/workspace/{path}")
        texts = [text for language, text in Page(answer.text).texts if language == "sr-Latn"]
        assert [text for text in texts if CYRILLIC.search(text)] == [], path
        assert NAME in answer.text
    assert "Osmeh deteta" in browser.get("/sr-latn/workspace/").text


def test_calendar_and_feed_are_in_latin_letters(seminar):
    calendar, feed = (visitor().get(f"/sr-latn/seminars{ending}").text for ending in (".ics", ".atom"))
    assert CYRILLIC.findall(calendar + feed) == []
    assert "SUMMARY;LANGUAGE=sr-Latn:Seminar o deci" in calendar
    assert 'xml:lang="sr-Latn"' in feed


def test_error_page_says_the_same_in_both_scripts(client):
    for name in ("400.html", "500.html"):
        page = (settings.BASE_DIR / "templates" / name).read_text()
        [cyrillic, latin] = re.findall(r'<p lang="sr(?:-Latn)?">(.*)</p>', page)
        assert to_latin(cyrillic).replace("/sr/", "/sr-latn/") == latin


@with_partnership
def test_participants_are_read_from_lists_in_latin_letters():
    words = ColumnWords()
    typed = {"country": "Srbija", "language": "Srpski (latinica)", "profession": "nastavnik"}
    known = {kind: words.code(kind, word) for kind, word in typed.items()}
    assert known == {"country": "RS", "language": "sr-latn", "profession": "teacher"}


def test_robots_keep_out_of_what_is_not_public(client):
    assert "Disallow: /sr-latn/workspace/" in client.get("/robots.txt").text
