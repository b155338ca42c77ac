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

from tests.photographs import ready_picture, waiting_picture
from victor.publishing.comparison import compare
from victor.publishing.rendering import render_rich
from victor.publishing.richtext import Image, clean_html, images_in, plain_text

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
