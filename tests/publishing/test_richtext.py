"""Rich text: whatever is written, what comes out acts, styles and loads nothing that is not ours."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.photographs import ready_picture, waiting_picture
from victor.publishing.comparison import compare
from victor.publishing.rendering import render_rich
from victor.publishing.richtext import LOSSES, Image, clean_html, find_losses, images_in, plain_text
from victor.signs import clean_signs

KEY = "Abcdefghijklmnopqrs_-2"
OURS = f"/pictures/{KEY}/640.webp"
LOADING = {"src", "srcset", "poster", "data", "background", "style", "action", "formaction"}


class Elements(HTMLParser):
    """Reads every attribute of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def attributes(html: str) -> list[tuple[str, str, str]]:
    seen = Elements()
    seen.feed(html)
    return seen.attributes


@pytest.mark.parametrize(
    "written",
    [
        '<img src="https://elsewhere.eu/x.webp" alt="x">',
        f'<img src="//elsewhere.eu{OURS}" alt="x">',
        f'<img src="https://elsewhere.eu{OURS}" alt="x">',
        '<img src="data:image/png;base64,AA" alt="x">',
        '<img src="javascript:alert(1)" alt="x">',
        f'<img src="{OURS}?x" alt="x">',
        f'<img src="/x/..{OURS}" alt="x">',
        f'<img src=" {OURS}" alt="x">',
        '<img src="/media/x.webp">',
        '<img alt="x">',
        "<img>",
    ],
)
def test_image_that_is_not_ours_is_gone(written):
    assert clean_html(f"<p>a{written}b</p>") == "<p>ab</p>"


def test_image_of_ours_keeps_address_and_alternative_text_only():
    written = (
        f'<img src="{OURS}" alt="A <b>" onerror="x()" srcset="https://x.eu 2x" style="top:0" width="9" loading="x">'
    )
    assert clean_html(written) == f'<img src="{OURS}" alt="A &lt;b&gt;">'
    assert list(images_in(written)) == [Image(KEY, "A <b>")]


PARTS = st.sampled_from(
    [
        *(
            "<img ",
            "<a ",
            "<p>",
            "<svg>",
            "<math>",
            "<style>",
            "<!--",
            "-->",
            "</style>",
            "</svg>",
            "<picture>",
            "<source ",
        ),
        *(
            'src="',
            "src=",
            "srcset=",
            "alt='",
            'alt="',
            'href="',
            "style=",
            "onerror=",
            '"',
            "'",
            ">",
            "/>",
            " ",
            "x",
            "`",
        ),
        *("javascript:", "data:", "https://x.eu/", OURS, "&quot;", "&#x22;", "&lt;", "\0", "\n", "<title>"),
    ]
)


@given(st.lists(PARTS, max_size=20).map("".join))
def test_whatever_is_written_loads_only_ours(written):
    cleaned = clean_html(written)
    loading = [each for each in attributes(cleaned) if each[1] in LOADING or each[1].startswith("on")]
    assert [each for each in loading if each != ("img", "src", OURS)] == []
    assert clean_html(cleaned) == cleaned
    assert cleaned.count("<img") == len(list(images_in(cleaned))) == len(loading)


def test_words_say_what_images_show():
    text = f'<p>Before</p><img src="{OURS}" alt="A bridge &amp; a lamp"><p>after</p>'
    assert plain_text(text).split() == ["Before", "A", "bridge", "&amp;", "a", "lamp", "after"]
    changed = [piece.text for piece in compare(text, text.replace("lamp", "door")) if not piece.in_old]
    assert changed == ["door"]


def shown(html: str) -> str:
    return render_rich({"text": html})["text"]


@pytest.mark.django_db
def test_pictures_of_a_text_are_asked_for_once():
    first, second = ready_picture(), ready_picture()
    with CaptureQueriesContext(connection) as asked:
        text = shown(f'<img src="{first.source}" alt="One"><p>and</p><img src="{second.source}" alt="Two">')
    assert len(asked) == 1
    assert re.findall(r'alt="(\w+)"', text) == ["One", "Two"]
    assert re.findall(r'width="400" height="200"', text) == ['width="400" height="200"'] * 2
    assert text.count("<picture>") == 2


def test_text_without_pictures_asks_nothing():
    assert shown("<p>Words</p>") == "<p>Words</p>"  # without the mark that would let it ask


@pytest.mark.django_db
def test_pictures_that_may_not_be_seen_vanish():
    waiting = waiting_picture()
    assert shown(f'<p>a</p><img src="{waiting.source}" alt="x"><img src="{OURS}" alt="x">') == "<p>a</p>"


WORD_ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level{0} lfo1'>"
    "<span style='mso-list:Ignore'>{1}<span>&nbsp;</span></span>{2}</p>"
)
GOOGLE = '<b style="font-weight:normal" id="docs-internal-guid-1">{}</b>'


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (
            WORD_ITEM.format(1, "·", "one") + WORD_ITEM.format(2, "o", "under") + WORD_ITEM.format(1, "·", "two"),
            "<ul><li><p>one</p><ul><li><p>under</p></li></ul></li><li><p>two</p></li></ul>",
        ),
        (
            WORD_ITEM.format(1, "1.", "one") + WORD_ITEM.format(1, "2.", "two"),
            "<ol><li><p>one</p></li><li><p>two</p></li></ol>",
        ),
        (
            WORD_ITEM.format(1, "a)", "one") + "<p class=MsoNormal>between</p>" + WORD_ITEM.format(1, "§", "two"),
            "<ol><li><p>one</p></li></ol><p>between</p><ul><li><p>two</p></li></ul>",
        ),
        ("<h1>A</h1><h4>B</h4><p class=MsoTitle>C</p>", "<h2>A</h2><h3>B</h3><h2>C</h2>"),
        ("<p class=MsoNormal><o:p>&nbsp;</o:p></p><p>a</p>", "<p>a</p>"),
        ("<b style='mso-bidi-font-weight:normal'>a</b>", "<strong>a</strong>"),
        (GOOGLE.format('<p>a <span style="font-weight:700">b</span></p>'), "<p>a <strong>b</strong></p>"),
        (
            GOOGLE.format('<p><span style="font-weight:700;font-style:italic">b</span></p>'),
            "<p><strong><em>b</em></strong></p>",
        ),
        (GOOGLE.format("<ol><li>a</li><ol><li>b</li></ol></ol>"), "<ol><li>a<ol><li>b</li></ol></li></ol>"),
        (
            '<a href="https://www.google.com/url?q=https://x.eu/law&amp;sa=D">law</a>',
            '<a href="https://x.eu/law" rel="noopener">law</a>',
        ),
        ('<a href="http://x.eu/">law</a>', '<a href="http://x.eu/" rel="noopener">law</a>'),
        (
            "<table><thead><tr><th>Country</th><th>Line</th></tr></thead><tr><td><p>EL</p><p>x</p></td><td>1056</td></tr></table>",
            "<p><strong></strong>Country · Line</p><p>EL x · 1056</p>".replace("<strong></strong>", ""),
        ),
        ("<div>a<div>b</div></div><section><p>c</p></section>", "a<p>b</p><p>c</p>"),
    ],
)
def test_clean_reads_what_other_programs_write(pasted, expected):
    assert clean_html(pasted) == expected
    assert clean_html(expected) == expected


@pytest.mark.parametrize(
    ("written", "lost"),
    [
        ('<img src="https://x.eu/x.png">', "pictures"),
        ('<img src="file:///C:/x.png">', "pictures"),
        ("<table><tr><td>a</td></tr></table>", "tables"),
        ('<a href="file:///C:/x.docx">a</a>', "links"),
        ('<a href="javascript:x()">a</a>', "links"),
        ("H<sub>2</sub>O <u>a</u>", "letters"),
        ("<iframe src='https://x.eu'></iframe>", "embedded"),
    ],
)
def test_find_losses_names_what_is_taken_away(written, lost):
    assert find_losses(written) == [LOSSES[lost]]


@pytest.mark.parametrize(
    "written",
    [
        f'<p>a</p><img src="{OURS}" alt="x">',
        '<a href="http://x.eu">a</a><a href="/el/help/">b</a><a name="x">c</a><a href="tel:116111">d</a>',
        "<p style='color:red'><b>a</b><font face=Arial>b</font></p>",
    ],
)
def test_find_losses_names_nothing_where_all_words_stay(written):
    assert find_losses(written) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "<tr>",
                "<td>",
                "</td>",
                "<p>",
                "<ul>",
                "<li>",
                "<b>",
                "<div>",
                "<h1>",
                "x ",
                "</b>",
                "</p>",
                WORD_ITEM.format(2, "1.", "y"),
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_clean_loses_no_word_of_whatever_is_pasted(pasted):
    words = plain_text(clean_html(pasted)).replace("·", " ").split()
    assert words.count("x") == pasted.count("x ")
    assert clean_html(clean_html(pasted)) == clean_html(pasted)


@pytest.mark.parametrize("sign", ["\x0b", "\x00", "\x1f", "\x7f", "\x9f", "\ufeff", "\ufffe", "\ud83d", "\U0001fffe"])
def test_clean_signs_takes_out_what_is_no_text(sign):
    etree.fromstring(f"<a>{clean_signs(f'Hot{sign}line')}</a>")


@pytest.mark.parametrize("text", ["a\tb\r\nc", "Ђурђевдан’ і Щастя", "📞 שלום", "e\u0301"])
def test_clean_signs_leaves_text_as_it_is(text):
    assert clean_signs(text) == text


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/x",
        "/\\evil.example/x",
        "\\\\evil.example",
        "/\t/evil.example",
        " //evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "https:\\\\evil.example",
        "evil.example/x",
        "?next=//evil.example",
        "ftp://evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:",
        "",
    ],
)
def test_clean_link_that_is_no_address_drops_it(address):
    """Finding 29: a link leads where a reader sees that it leads."""
    assert "href" not in clean_html(f'<p><a href="{escape(address)}">x</a></p>')


@pytest.mark.parametrize(
    "address",
    [
        "https://partner.example/a b?c=d#e",
        "HTTPS://partner.example",
        "mailto:a@b.example",
        "tel:+30210",
        "/",
        "/en/help/",
    ],
)
def test_clean_link_to_a_page_an_address_or_a_number_keeps_it(address):
    assert f'href="{escape(address)}"' in clean_html(f'<p><a href="{escape(address)}">x</a></p>')
