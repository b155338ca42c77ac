"""Serbian in Latin letters: every letter, capitals, what is protected, and the catalogue that is made of the other."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import formats
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests.test_architecture import OURS, relative
from victor import formatting
from victor.serbian import catalogue_to_latin, html_to_latin, to_latin

ALPHABET = "абвгдђежзијклљмнњопрстћуфхцчџш"
LATIN_ALPHABET = re.findall(r"\w+", "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š")
WORDS = st.text(ALPHABET + ALPHABET.upper(), min_size=1)
TEXTS = st.text(st.sampled_from(ALPHABET + ALPHABET.upper() + " .,-–0123456789abcXYZ\n"))
CYRILLIC = re.compile("[\u0400-\u052f]")
FOREIGN = "щыэёіїєґйъьѣ"


def test_alphabet_is_written_letter_by_letter():
    assert [to_latin(letter) for letter in ALPHABET] == LATIN_ALPHABET


def test_alphabet_of_capitals_is_written_as_at_the_beginning_of_a_word():
    assert [to_latin(f"{letter}а") for letter in ALPHABET.upper()] == [f"{word.title()}a" for word in LATIN_ALPHABET]


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љубав", "Ljubav"),
        ("ЉУБАВ", "LJUBAV"),
        ("Његош", "Njegoš"),
        ("КОЊ", "KONJ"),
        ("Џ. Кенеди", "Dž. Kenedi"),
        ("ЏЕП и џеп", "DŽEP i džep"),
        ("ињекција и коњугација", "injekcija i konjugacija"),
        ("Ђурђевдан, шећер, жбун", "Đurđevdan, šećer, žbun"),
        ("VICTOR-а, XLSX-у", "VICTOR-a, XLSX-u"),
        ("116 111, 14:30 ч", "116 111, 14:30 č"),
        ("«Беочин»", "«Beočin»"),
    ],
)
def test_words_are_written_as_serbian_writes_them(cyrillic, latin):
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    "protected",
    [
        "https://пример.срб/путања",
        "www.пример.срб",
        "помоћ@пример.срб",
        "{име}",
        "%(име)s",
        "Київ",
        "Софийски",
        "София́й",
        "съд",
        "Йордан",
        "Zaštita dece",
        "Ελλάδα",
    ],
)
def test_protected_words_stay_as_they_are(protected):
    assert to_latin(f"Пише {protected} овде") == f"Piše {protected} ovde"


@given(TEXTS)
def test_serbian_text_has_no_cyrillic_letter_afterwards(text):
    assert not CYRILLIC.search(to_latin(text))


@given(TEXTS)
def test_text_is_the_same_when_it_is_written_twice(text):
    assert to_latin(to_latin(text)) == to_latin(text)


@given(WORDS.filter(lambda word: len(word) > 1))
def test_capitals_stay_capitals(word):
    assert to_latin(word.upper()) == to_latin(word.lower()).upper()


@given(st.lists(WORDS))
def test_text_is_written_word_by_word(words):
    assert to_latin(" ".join(words)) == " ".join(map(to_latin, words))


@given(WORDS, st.sampled_from(FOREIGN), WORDS)
def test_word_with_a_foreign_letter_is_never_mixed(before, foreign, after):
    assert to_latin(before + foreign + after) == before + foreign + after


@given(st.text(st.sampled_from(FOREIGN + "abcčćđšž ĐŠŽ αβγ 123 .,-")))
def test_text_without_serbian_letters_stays_as_it_is(text):
    assert to_latin(text) == text


@pytest.mark.parametrize(
    ("html", "latin"),
    [
        ("<p>Љубав</p>", "<p>Ljubav</p>"),
        (
            '<p>Име: <b translate="no">Ђорђе <i>Љ.</i></b> и Ђ.</p>',
            '<p>Ime: <b translate="no">Ђорђе <i>Љ.</i></b> i Đ.</p>',
        ),
        ('<div lang="bg"><div>помощ</div> за</div> за', '<div lang="bg"><div>помощ</div> за</div> za'),
        ('<span lang="sr-Cyrl">за</span>', '<span lang="sr-Cyrl">za</span>'),
        ('<img alt="Дете" src="/Дете">', '<img alt="Dete" src="/Дете">'),
        ('<img lang="uk" alt="Для">за', '<img lang="uk" alt="Для">za'),
        ('<a href="https://дете.срб/за" title="За">за</a>', '<a href="https://дете.срб/за" title="Za">za</a>'),
        ("3 < 5 за", "3 < 5 za"),
    ],
)
def test_html_is_written_between_its_tags(html, latin):
    assert html_to_latin(html) == latin


@given(TEXTS)
def test_html_without_tags_is_written_as_text(text):
    assert html_to_latin(text) == to_latin(text)


def dates_and_units() -> list[str]:
    """What Babel and Django write of a day in each month, of days, places and hours."""
    moments = [datetime(2026, month, 2 * month, 14, 30, tzinfo=UTC) for month in range(1, 13)]
    return [
        *(
            formatting.format_date(moment, length)
            for moment in moments
            for length in ("full", "long", "medium", "short")
        ),
        *(formatting.format_skeleton(parts, moment) for moment in moments for parts in ("yMMMEd", "MMMMd", "yMMM")),
        *(formats.date_format(moment, name) for moment in moments for name in ("DATE_FORMAT", "DATETIME_FORMAT")),
        *(formats.date_format(moment, "YEAR_MONTH_FORMAT") for moment in moments),
        formatting.format_interval(moments[0], moments[-1], "yMMMd"),
        *(formatting.timezone_location(country, return_city=True) for country in ("Europe/Athens", "Europe/Kyiv")),
        *(formatting.format_unit(number, "duration-hour", length="long") for number in (1, 2, 5, 1.5)),
        formatting.format_decimal(12345.5),
        *formatting.day_names(),
    ]


def test_dates_and_units_are_the_same_in_both_scripts():
    with override("sr"):
        cyrillic = dates_and_units()
    with override("sr-latn"):
        latin = dates_and_units()
    assert latin == [to_latin(text) for text in cyrillic]
    assert "subota" in latin


def test_nothing_else_writes_dates_and_numbers_with_babel():
    importing = re.compile(r"^from babel\.(?:dates|units) import |^from babel\.numbers import .*format_", re.MULTILINE)
    asking = [relative(path) for path in OURS if importing.search(path.read_text())]
    assert asking == [], "use victor/formatting.py"


def catalogue(folder: str) -> str:
    return (settings.BASE_DIR / "locale" / folder / "LC_MESSAGES" / "django.po").read_text()


def test_latin_catalogue_is_the_cyrillic_one_in_latin_letters(figure):
    figure("interface strings in Serbian, Latin letters", catalogue("sr_Latn").count("\nmsgid "))
    assert catalogue("sr_Latn") == catalogue_to_latin(catalogue("sr")), "make messages"


def test_latin_catalogue_has_no_cyrillic_letter():
    assert CYRILLIC.findall(catalogue("sr_Latn")) == []


def test_latin_catalogue_keeps_what_the_code_asks_for():
    protected = re.compile(r"^(?:msgid|msgctxt).*$|%\(\w+\)[sd]|\{\w+\}|<[^>]+>", re.MULTILINE)
    assert protected.findall(catalogue("sr_Latn")) == protected.findall(catalogue("sr"))


def test_command_writes_the_latin_catalogue(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    source = tmp_path / "sr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Њ"\nmsgstr ""\n"Језик: "\n"Ђ"\n')
    call_command("write_latin_catalogue")
    written = tmp_path / "sr_Latn" / "LC_MESSAGES" / "django.po"
    assert written.read_text() == 'msgid "Њ"\nmsgstr ""\n"Jezik: "\n"Đ"\n'
