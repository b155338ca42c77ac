"""Words: one for one thing, whole sentences, names for labels, and a child is spoken to as a child.

docs/glossary.md has the words, `tests/terms.tsv` what a machine needs to find them in sentences.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import formats
from django.utils.translation import override

from desks.intake import proof_of_work, receipts
from desks.referrals.models import Referral
from desks.referrals.states import ReferralKind, ReferralState
from desks.reports.models import Report
from tests.desks.staffed_desks import make_emergency_line, staffed_desk
from tests.people import visitor
from tests.sampling import sampled
from tests.test_architecture import OURS, ROOT, relative
from tests.test_translations import LANGUAGES, entries, forms
from victor.schedules.times import describe_day
from victor.vault.keys.keyring import save_stamped

TERMS = Path(__file__).with_name("terms.tsv")
NBSP = "\u00a0"
NUMBER = r"(?:\d|%\(\w+\)[ds])"
UNITS = (
    "MB|kB|GB|%%|%(?!\\()|h|min|px|million|МБ|ч|мин|хв|год|ч\\.|мин\\.|perc|λεπτά|λ|εκατ\\.|εκατομμύρια|милиона|"
    "milioane|milijonov|millió|мільйонів|points"
)
ARTICLES = "Art\\.|Άρθρο|άρθρ\\.|чл\\.|член|čl\\.|člen|ст\\.|стаття|cikk|№|no\\."
BREAKABLE = re.compile(
    rf"{NUMBER} (?=(?:{UNITS})(?![\w%]))"  # a number and its unit
    rf"|(?<!\w)(?:{ARTICLES}) (?=\d)"  # the sign of an article and its number
    r"|(?<!\d)\d{1,3} (?=\d{3}(?!\d))",  # a long number
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|<[^>]+>")
LINKS = "of|since|until|and|or|in|at|by|the|from|to|than|with|for|on|are|is|has|have"
PIECE = re.compile(
    rf"^(?:{LINKS})\b.*%\(\w+\)d|^(?:{LINKS})\b.*%\((?:seats|all|number|count|total)\)s|\b(?:the|a|an|and|or|than) *$"
)
# Without a noun on purpose: a unit, and what its context names.
NO_NOUN = {
    (None, f"%(number)d{NBSP}h"),
    (None, f"%(number)d{NBSP}%%"),
    (None, "%(part)s: %(number)d"),
    ("hours of a seminar", "%(attended)s of %(total)s"),
}
# Spoken to nobody in particular: whether a child reads it is not known yet.
NEUTRAL_QUESTION = "Tell us what you are worried about"
QUESTION_WORDS = re.compile(r"(?:(?:to|by|for) )?(?:what|who|whom|when|where|why|how|which)\W*", re.IGNORECASE)


def messages() -> Iterator[tuple[str | None, str]]:
    """Every English message with its context, and every plural."""
    for entry in entries("el"):
        yield entry.msgctxt, entry.msgid
        if entry.msgid_plural:
            yield entry.msgctxt, entry.msgid_plural


def terms() -> list[dict[str, str]]:
    with TERMS.open(newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@cache
def messages_that_say(english: str) -> set[tuple[str | None, str]]:
    """The English messages with a word of the glossary."""
    pattern = re.compile(rf"\b{english}", re.IGNORECASE)
    return {message for message in messages() if pattern.search(message[1])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_use_the_words_of_the_glossary(language, figure):
    uses, other = 0, []
    for term in terms():
        saying, word = messages_that_say(term["english"]), re.compile(term[language], re.IGNORECASE)
        spoken = [entry for entry in entries(language) if (entry.msgctxt, entry.msgid) in saying]
        assert spoken, f"no message says {term['term']}"
        uses += len(spoken)
        other += [
            (term["term"], entry.msgid) for entry in spoken if not all(word.search(form) for form in forms(entry))
        ]
    figure(f"messages with words of the glossary in {language}", uses)
    assert other == []


@pytest.mark.parametrize("term", terms(), ids=lambda term: term["term"])
def test_glossary_has_the_term_in_eight_languages(term):
    rows = [line.strip("| ").split(" | ") for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()]
    words = [row for row in rows if len(row) == 8 and re.fullmatch(rf"\W*{term['english']}", row[0], re.IGNORECASE)]
    assert len(words) == 1
    wrong = [
        word
        for language, word in zip(LANGUAGES, words[0][1:], strict=True)
        if not re.search(term[language], word, re.IGNORECASE)
    ]
    assert wrong == []


def test_message_is_a_whole_sentence_or_a_label_with_a_value():
    assert [message for _context, message in messages() if PIECE.search(message)] == []


def test_number_stands_beside_what_it_counts():
    bare = {
        (context, message)
        for context, message in messages()
        if "%(" in message and not re.search(r"[a-z]{3,}", PLACEHOLDER.sub("", message), re.IGNORECASE)
    }
    assert bare | NO_NOUN == NO_NOUN


def test_label_is_no_question_word():
    assert [message for _context, message in messages() if QUESTION_WORDS.fullmatch(message)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_label_is_no_question_in_translation(language):
    mark = ";" if language == "el" else "?"
    asking = {
        entry.msgid
        for entry in entries(language)
        if not entry.msgid.endswith("?") and any(form.endswith(mark) for form in forms(entry))
    }
    assert asking == {NEUTRAL_QUESTION}


def test_what_an_empty_field_does_is_said_in_a_sentence():
    assert [message for _context, message in messages() if message.startswith("Empty")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_number_and_unit_stay_on_one_line(language):
    texts = [text for entry in entries(language) for text in (entry.msgid, entry.msgid_plural, *forms(entry))]
    assert [text for text in texts if text and BREAKABLE.search(text)] == []


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("20 MB", True),
        (f"20{NBSP}MB", False),
        ("Άρθρο 5", True),
        ("116 000", True),
        ("%(number)d h", True),
        ("3 h.", True),
    ],
)
def test_number_that_may_break_is_seen(text, breaks):
    assert bool(BREAKABLE.search(text)) is breaks


# What was mended once: promises that are untrue, orders that say their opposite, two words for one thing.
MENDED = {
    "el": r"\bστις[:.]?$|[Δδ]ιπλή\b(?! αναφορά)",
    "bg": r"^(?:Тя|Той|То|Те) (?:е|са)\b|дете – жертва",
    "ro": r"[Nn]imic nu se șterge automat|[Nn]u trebuie să",
    "sl": r"\bPodpisani list\b|vrstnem mestu|bo šteto",
    "sr": r"СОС телефон|поруку е-поштом|[Пп]отписани лист",
    "hu": r"[Ss]emmi sem törlődik automatikusan",
    "uk": r"втрачає ключі|Для вас є нове",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_mended_does_not_return(language):
    mended = re.compile(MENDED[language])
    texts = {form: entry.msgid for entry in entries(language) for form in forms(entry)}
    assert {form: message for form, message in texts.items() if mended.search(form)} == {}


def test_functions_of_translation_have_their_own_names():
    """xgettext looks for these names; what stands in a call of another is in no catalogue."""
    renamed = [
        (relative(path), name.name, name.asname)
        for path in OURS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.asname and not (name.asname == "_" and name.name in {"gettext", "gettext_lazy", "gettext_noop"})
    ]
    assert renamed == []


def test_ukrainian_date_ends_with_one_full_stop():
    with override("uk"):
        sentence = f"Дата: {formats.date_format(date(2026, 5, 5), 'DATE_FORMAT')}."
        moment = formats.date_format(datetime(2026, 5, 5, 14, 30, tzinfo=UTC), "DATETIME_FORMAT")
    assert sentence == "Дата: 5 травня 2026 року."
    assert moment == "5 травня 2026 року, 14:30"


@pytest.mark.parametrize(
    ("language", "day"), [("uk", "субота, 24 жовтня 2026 року"), ("bg", "събота, 24 октомври 2026 година")]
)
def test_year_is_spelled_where_the_short_word_ends_in_a_full_stop(language, day):
    with override(language):
        assert describe_day(date(2026, 10, 24)).replace("\u202f", " ") == day


# How one speaks to adults. A child who said so on the first screen reads none of it.
POLITE = {
    "el": r"\b(?:σας|εσάς|εσείς)\b",
    "bg": r"\b(?:ви|вие|вас|ваш\w*)\b",
    "ro": r"\b(?:dumneavoastră|vă|vi)\b|\b(?!trimiți\b)\w+[aei]ți\b",
    "sl": r"\b(?:vam|vas|vami|vaš\w*)\b",
    "sr": r"\b(?:вам|вас|вама|ваш\w*)\b",
    "hu": r"\bÖn(?:t|nek|nel|höz|é|ök\w*)?\b",
    "uk": r"\b(?:ви|вас|вам|вами|ваш\w*)\b",
}
# What nobody reads: random signs there can spell a word.
NOT_READ = re.compile(r'\b(?:value|href|action|src|id|for|name|class|data-[\w-]+)="[^"]*"')
CHILD = {"danger": "yes", "reporter": "child", "story": "…", "contact": "no", "name": "Ann"}


def polite_words(language: str, *pages: str, receipt_words: Iterable[str] = ()) -> list[str]:
    """What is said to adults between the menu and the footer of these pages.

    The words of a receipt address nobody: "vas" is a village in Slovenian too.
    """
    flags = 0 if language == "hu" else re.IGNORECASE
    mains = [NOT_READ.sub("", page[page.index("<main") : page.index("</main>")]) for page in pages]
    words = [match[0] for main in mains for match in re.finditer(POLITE[language], main, flags)]
    ignored = set(receipt_words)
    return [word for word in words if word not in ignored]


@pytest.fixture
def browser() -> Client:
    make_emergency_line(staffed_desk())
    return visitor()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_child_is_asked_as_a_child(language, browser):
    steps = [
        {"at": "0", "go": "next", "danger": ""},
        {"at": "0", "go": "next"},
        {"at": "1", "go": "next", "story": ""},
        {"at": "1", "go": "next"},
        {"at": "2", "go": "send", "contact": ""},
        {"at": "2", "go": "send", "contact": "yes", "notice": "nobody", "files": SimpleUploadedFile("a.bin", b"x")},
    ]
    url = f"/{language}/report/gr/"
    pages = [browser.get(url).text, *(browser.post(url, CHILD | step).text for step in steps)]
    assert len({re.sub(r'name="ticket" value="[^"]*"', "", page) for page in pages}) == len(pages)
    assert polite_words(language, *pages) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_child_gets_the_code_as_a_child(language, browser, monkeypatch):
    monkeypatch.setattr("victor.files.upload_handlers.MAX_FILE_BYTES", 10)
    ticket = proof_of_work.new_ticket()
    sending = {"ticket": ticket, "at": "2", "go": "send", "files": SimpleUploadedFile("a.bin", bytes(20))}
    sent, again = (browser.post(f"/{language}/report/gr/", CHILD | sending).text for _ in range(2))
    number = proof_of_work.receipt_of(ticket)
    digits = "".join(receipts.receipt_digits(number))
    typed = [receipts.receipt_words(other, language) for other in (number, number + 1)]
    compared = [
        browser.post(f"/{language}/report/receipt/", {"shown": digits, "child": "yes", "typed": " ".join(words)}).text
        for words in typed
    ]
    assert '<input type="hidden" name="child" value="yes">' in sent
    assert "a.bin" in sent
    assert Report.objects.count() == 1
    assert len({sent, again, *compared}) == 4
    assert polite_words(language, sent, again, *compared, receipt_words=chain(*typed)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=["el", "hu"]))
def test_child_comes_back_as_a_child(language, browser):
    ticket = proof_of_work.new_ticket()
    browser.post(f"/{language}/report/gr/", CHILD | {"ticket": ticket, "at": "2", "go": "send"})
    report = Report.objects.get()
    asked = Referral(kind=ReferralKind.REPORT, state=ReferralState.READY, reference="7KQ-2MD", report=report)
    asked.from_desk, asked.to_desk = report.desk, staffed_desk("other").desk
    save_stamped(asked)
    digits = "".join(receipts.receipt_digits(proof_of_work.receipt_of(ticket)))
    steps = [
        {},
        *({"do": "write", "text": text} for text in ("", "…")),
        *({"do": "notice", "notice": address} for address in ("nobody", "me@mail.example")),
        {"do": "forget"},
        {"do": "delete"},
        {"do": "delete", "sure": "on"},
        {"do": "decline"},
    ]
    url = f"/{language}/report/return/"
    pages = [browser.post(url, {"receipt": digits, **step}).text for step in steps]
    assert len(set(pages)) == len(steps)
    assert polite_words(language, browser.get(url).text, browser.post(url, {"receipt": "1"}).text, *pages) == []


@pytest.mark.django_db
def test_adult_is_spoken_to_as_an_adult(browser):
    page = browser.post("/el/report/gr/", CHILD | {"reporter": "parent", "at": "1", "go": "next"}).text
    assert polite_words("el", page) != []
