"""What search finds, in which spelling, and what it never finds."""

from __future__ import annotations

import pytest
from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.campaigns.models import Campaign, Message
from partners.directory.models import Country, Organisation
from partners.help_lines.models import HelpLine
from tests.bundled import with_partnership
from tests.processes import run_at_once
from victor.access import System
from victor.folding import fold
from victor.languages import CODES
from victor.pages.models import Page
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts
from victor.publishing.models import LanguageVersion, SearchDocument, SearchWord
from victor.publishing.search_index import rebuild_index, refresh_index, search_texts

pytestmark = pytest.mark.django_db
US = System("test")
# A sentence of a page in each language, and words with which somebody looks for it.
TITLES = {
    "en": ("Signs of children who are exploited", ["child exploited", "exploitation sign", "CHILDREN"]),
    "el": ("Σημάδια για παιδιά που τα εκμεταλλεύονται", ["παιδια", "παιδί", "ΣΗΜΑΔΙΑ", "σημάδι"]),
    "bg": ("Признаци за трафик на деца", ["признак", "трафика", "ДЕЦА"]),
    "ro": (
        "Semne că un copil este exploatat; victimele sunt copiii",
        ["copil", "copii", "victima", "copiilor", "victimă"],
    ),
    "sl": ("Znaki, da otroka izkoriščajo žrtve", ["znak", "izkoriscajo", "zrtve", "otroku"]),
    "sr": ("Знаци да је дете жртва, заштита деце", ["žrtva", "zrtva", "жртве", "zaštita", "zastita", "ЗАШТИТА"]),
    "hu": ("Jelek, hogy a gyermekek áldozatok", ["gyermek", "aldozat", "gyermekeket", "ÁLDOZAT"]),
    "uk": ("Ознаки торгівлі дітьми та їхня пам'ять", ["торгівля", "ознака", "памʼять", "дітьми"]),
}


def page(language: str, title: str, slug: str = "page") -> Page:
    made, _ = Page.objects.get_or_create(slug=slug)
    bundled_texts.publish_bundled(
        made, language, {"title": title, "summary": title, "body": f"<p>{title} &amp; more</p>"}, by=US
    )
    return made


def titles(question: str, language: str) -> list[str]:
    return [document.title for document in search_texts(question, language).documents]


@pytest.mark.parametrize(("language", "word"), [(code, word) for code, (_, words) in TITLES.items() for word in words])
def test_finds_inflected_accent_free_and_other_script_words(language, word):
    title, _words = TITLES[language]
    page(language, title)
    assert titles(word, language) == [title]


@pytest.mark.parametrize("question", ["", " ", "&|!:*()'\"", "\\", "the' OR 1=1 --", "x" * 300, "а б в г д е ж з и"])
def test_answers_any_question_without_an_error(question):
    page("en", "Signs of trafficking")
    assert titles(question, "en") == []


FILL = """
INSERT INTO publishing_searchdocument (content_type_id, object_id, language, path, title, text, vector)
SELECT content_type_id, 'copy-' || n, other.language, path, title, text, vector
FROM publishing_searchdocument, generate_series(1, 2000) AS n, unnest(%s) AS other(language);
ANALYZE publishing_searchdocument;
"""


def test_search_for_what_nothing_says_reads_by_the_indexes_of_words():
    """It would otherwise be looked for in every document, and in seven languages more."""
    page("el", TITLES["el"][0])
    with connection.cursor() as cursor:
        cursor.execute(FILL, [list(CODES)])
    with CaptureQueriesContext(connection) as asked:
        search_texts("xyzzy", "el")
    matching = [query["sql"] for query in asked if "@@" in query["sql"]]
    assert len(matching) == len(CODES)
    with connection.cursor() as cursor:
        for sql in matching:
            cursor.execute(f"EXPLAIN {sql}")
            assert "Bitmap Index Scan on publishing_search_" in str(cursor.fetchall())


def test_finds_nothing_in_another_language():
    page("el", "Σημάδια")
    assert titles("σημάδια", "en") == []


def test_finds_no_draft():
    publishing_actions.save_draft(page("en", "Public"), "en", {"title": "Secret"}, by=US)
    assert titles("secret", "en") == []


def test_finds_no_longer_what_was_taken_back():
    made = page("en", "Signs")
    publishing_actions.unpublish(LanguageVersion.objects.of(made).get(language="en"), by=US)
    assert titles("signs", "en") == []


def test_finds_under_new_address_what_was_renamed():
    publishing_actions.change_slug(page("en", "Signs"), "new-address", by=US)
    (document,) = search_texts("signs", "en").documents
    assert document.path == "/en/new-address/"


def test_finds_title_before_text():
    page("en", "Another topic about trafficking")
    made, _ = Page.objects.get_or_create(slug="other")
    bundled_texts.publish_bundled(made, "en", {"title": "Another", "summary": "x", "body": "<p>trafficking</p>"}, by=US)
    assert titles("trafficking", "en") == ["Another topic about trafficking", "Another"]


@pytest.mark.parametrize(("language", "wrong"), [("en", "trafiking"), ("uk", "торговля"), ("el", "εκμετάλευση")])
def test_offers_what_may_have_been_meant(language, wrong):
    known = {"en": "trafficking", "uk": "торгівля", "el": "εκμετάλλευση"}[language]
    page(language, known)
    assert search_texts(wrong, language).meant == known


def test_forgets_words_that_nothing_says_any_more():
    made = page("en", "Trafficking")
    made.delete()
    rebuild_index()
    assert not SearchDocument.objects.exists()
    assert not SearchWord.objects.exists()


PUBLISHING_AND_REBUILDING = """
import os
from victor.access import System
from victor.pages.models import Page
from victor.publishing.bundled_texts import publish_bundled
from victor.publishing.search_index import rebuild_index
page = Page.objects.get()
for number in range(10):
    word = f"{os.getpid()} {number}"
    publish_bundled(page, "en", {"title": word, "summary": word, "body": word}, by=System("test"))
    rebuild_index()
"""


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_finds_what_is_public_after_publishing_while_all_is_indexed_anew():
    made = page("en", "Signs")
    run_at_once(PUBLISHING_AND_REBUILDING, times=3)
    made.refresh_from_db()
    assert [document.title for document in SearchDocument.objects.all()] == [made.title_en]


def test_finds_no_country_without_a_page_of_its_own():
    Country.objects.create(code="GR", name_en="Greece", in_partnership=True)
    Country.objects.create(code="IT", name_en="Italy", in_partnership=False)
    refresh_index()
    assert [document.title for document in SearchDocument.objects.all()] == ["Greece"]


def test_finds_partner_by_what_it_does():
    greece = Country.objects.create(code="GR", name_en="Greece")
    Organisation.objects.create(
        slug="smile", name_en="The Smile", city_en="Athens", description_en="Runs a hotline", country=greece
    )
    refresh_index()
    assert titles("hotline", "en") == ["The Smile"]
    assert titles("hotline", "el") == []


def test_folds_serbian_of_both_scripts_alike():
    assert fold("Ђурђевдан, Љубав, Њива, Џеп", "sr") == fold("Đurđevdan, Ljubav, Njiva, Džep", "sr")


def test_visitor_searches_without_a_trace(client):
    page("en", "Signs of trafficking")
    answer = client.post("/en/search/", {"q": "trafficking"})
    assert "/en/page/" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert len(answer.cookies) == 0


def test_visitor_finds_help_where_nothing_is_found(client):
    page("en", "Signs of trafficking")
    text = client.post("/en/search/", {"q": "trafiking"}).content.decode()
    assert "Search for “trafficking” instead" in text
    assert 'value="trafiking"' in text


def test_search_in_the_address_is_not_answered(client):
    page("en", "Signs of trafficking")
    assert "/en/page/" not in client.get("/en/search/?q=trafficking").content.decode()


def test_names_a_page_once_where_its_best_text_stands():
    campaign = Campaign.objects.create(slug="victor", code="victor")
    bundled_texts.publish_bundled(
        campaign, "en", {"title": "Trafficking, trafficking", "summary": "x", "body": "y"}, by=US
    )
    message = Message.objects.create(campaign=campaign, audience="public", slug="message")
    bundled_texts.publish_bundled(message, "en", {"title": "Message", "text": "Of trafficking"}, by=US)
    page("en", "On trafficking")
    assert titles("trafficking", "en") == ["Trafficking, trafficking", "On trafficking"]


LATIN_WORDS = {
    "el": (
        "Βοήθεια για παιδιά της Ευρώπης και υποψία",
        ["voitheia", "boi8eia", "paidia", "pedia", "ypopsia"],
    ),
    "bg": (
        "Помощ за човек в опасност, жертва",
        ["pomosht", "pomo6t", "chovek", "4ovek", "opasnost", "jertva"],
    ),
    "uk": ("Допомога, захист і обов'язок", ["dopomoha", "dopomoga", "zakhyst", "zahist", "obovyazok", "obovjazok"]),
    "sr": ("Помоћ за жртве у кући", ["pomoc", "pomoć", "zrtve", "kuci"]),
}


@pytest.mark.parametrize(
    ("language", "word"), [(code, word) for code, (_, words) in LATIN_WORDS.items() for word in words]
)
def test_finds_words_that_are_written_in_latin_letters(language, word):
    title, _words = LATIN_WORDS[language]
    page(language, title)
    assert titles(word, language) == [title]


@pytest.mark.parametrize("apostrophe", "'’‘ʼ`´′＇ʹ")
def test_finds_words_with_every_apostrophe(apostrophe):
    page("uk", "Мій обовʼязок")
    assert titles(f"обов{apostrophe}язок", "uk") == ["Мій обовʼязок"]


NUMBERS = {
    "116 111": ["116111", "116 111", "116-111", "1161 11", "116\u00a0111", "116.111"],
    "+30 210 330-6140": ["+30 210", "00302103306140", "2103306140", "210 33 06 140", "210/330 61 40", "+302103306140"],
    "0800 20 100": ["080020100", "0800 20 100", "0800-20-100", "80020100"],
    "112": ["112", " 112 "],
}


@pytest.mark.parametrize(("number", "typed"), [(number, typed) for number in NUMBERS for typed in NUMBERS[number]])
@pytest.mark.parametrize("language", ["en", "el", "uk"])
def test_finds_numbers_with_whatever_stands_between_their_digits(language, number, typed):
    page(language, f"Call {number} now")
    page(language, "Call 999 888 777", slug="other")
    assert titles(typed, language) == [f"Call {number} now"]
    assert titles(f"call {typed}", language) == [f"Call {number} now"]


@with_partnership
@pytest.mark.parametrize("language", ["en", "el", "bg", "ro", "sl", "sr", "hu", "uk"])
def test_finds_help_lines_by_their_numbers_in_every_language(language):
    HelpLine.objects.filter(country="GR", number="116 000").update(last_checked=timezone.localdate(), publish=True)
    refresh_index()
    paths = [document.path for document in search_texts("116000", language).documents]
    assert f"/{language}/help/gr/" in paths


def test_names_the_languages_in_which_something_is_found():
    page("el", "Σημάδια")
    page("bg", "Признаци")
    assert search_texts("simadia", "en").languages == ["el"]
    assert search_texts("nothing", "en").languages == []


def test_rebuilding_writes_documents_as_the_rules_of_today_have_it():
    page("en", "Signs")
    SearchDocument.objects.update(vector=SearchVector(Value("other")))
    rebuild_index()
    assert titles("signs", "en") == ["Signs"]
