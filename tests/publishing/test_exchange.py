"""What goes out comes back the same, and nothing dangerous comes in."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victor.publishing.errors import UnreadableFile
from victor.publishing.exchange import (
    FORMATS,
    MAX_BYTES,
    TranslationUnit,
    _read_po,
    check_translation,
    read_exchange,
    write_exchange,
)
from victor.publishing.states import ExchangeFault

XLIFF = '<xliff version="{}" srcLang="en" trgLang="el" xmlns="urn:oasis:names:tc:xliff:document:{}">'
IMAGE = '<p>x</p><img src="/pictures/{}bcdefghijklmnopqrs_-2/640.webp" alt="{}">'
# What PostgreSQL and XML can hold: no control characters but tab and the ends of lines, no surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r<>&\"'\\%{}"))


def fault(data: bytes) -> tuple[int, ExchangeFault]:
    with pytest.raises(UnreadableFile) as refused:
        read_exchange(data, language="el")
    return refused.value.line, refused.value.fault


@given(form=st.sampled_from(list(FORMATS)), source=TEXTS.filter(bool), target=TEXTS)
def test_reads_what_it_wrote(form, source, target):
    unit = TranslationUnit("pages.page", 12, 3, "body", source, target)
    (back,) = read_exchange(write_exchange([unit], file_format=form, language="el"), language="el")
    assert back.name == unit.name
    assert back.source == source
    assert back.target == target


@given(form=st.sampled_from(list(FORMATS)), place=st.integers(0), length=st.integers(0, 40), put=st.binary(max_size=9))
def test_reads_or_refuses_whatever_became_of_a_file(form, place, length, put):
    units = [
        TranslationUnit("pages.page", 12, 3, name, "<p>Hello %(name)s</p>", "<p>Γεια</p>") for name in ("title", "body")
    ]
    data = write_exchange(units, file_format=form, language="el")
    start = place % len(data)
    with suppress(UnreadableFile):
        read_exchange(data[:start] + put + data[start + length :], language="el")


def test_refuses_external_entity_with_its_line():
    declared = b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n'
    file = declared + (XLIFF.format("2.0", "2.0") + "<file id='f'><note>&e;</note></file></xliff>").encode()
    assert fault(file) == (2, ExchangeFault.ENTITIES)


def test_refuses_entities_that_multiply():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + b"<xliff version='2.0'>&b;</xliff>"
    assert fault(bomb) == (1, ExchangeFault.ENTITIES)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<xliff version='2.0'>\n<file>", (2, ExchangeFault.FORMAT)),
        (b"<html>\n</html>", (1, ExchangeFault.FORMAT)),
        ((XLIFF.format("1.2", "1.2") + "</xliff>").encode(), (1, ExchangeFault.FORMAT)),
        (b'<xliff version="2.0" trgLang="el"><file/></xliff>', (1, ExchangeFault.FORMAT)),
        (
            (XLIFF.format("2.0", "2.0") + "<file id='f'>\n<unit><segment/></unit></file></xliff>").encode(),
            (2, ExchangeFault.NAME),
        ),
        ((XLIFF.format("1.0", "1.0") + "</xliff>").encode(), (1, ExchangeFault.FORMAT)),
        (b'msgid ""\nmsgstr ""\n"Language: el\\n"\n\nnonsense\n', (5, ExchangeFault.FORMAT)),
        (b"PK\x03\x04\xff\xfe", (1, ExchangeFault.FORMAT)),
        (b"", (1, ExchangeFault.LANGUAGE)),
        (b'msgid ""\nmsgstr ""\n"Language: uk\\n"\n', (1, ExchangeFault.LANGUAGE)),
        (b'msgid ""\nmsgstr ""\n"Language: el\\n"\n\nmsgid "x"\nmsgstr "y"\n', (5, ExchangeFault.NAME)),
        (b" " * (MAX_BYTES + 1), (0, ExchangeFault.TOO_LARGE)),
    ],
)
def test_refuses_what_it_cannot_read_with_line_and_reason(data, expected):
    assert fault(data) == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Hello %(name)s", "Γεια %(όνομα)s", ExchangeFault.PLACEHOLDERS),
        ("Hello {name}", "Γεια", ExchangeFault.PLACEHOLDERS),
        ("Hello", "Γεια %s", ExchangeFault.PLACEHOLDERS),
        ('<a href="https://x.eu">x</a>', "x", ExchangeFault.LINKS),
        (IMAGE.format("A", "bridge"), "γέφυρα", ExchangeFault.IMAGES),
        (IMAGE.format("A", "bridge"), IMAGE.format("B", "γέφυρα"), ExchangeFault.IMAGES),
        ("bridge", IMAGE.format("A", "γέφυρα"), ExchangeFault.IMAGES),
    ],
)
def test_finds_what_a_translation_lost(source, target, expected):
    with pytest.raises(UnreadableFile) as refused:
        check_translation(TranslationUnit("pages.page", 12, 3, "body", source, target, line=7))
    assert refused.value.line == 7
    assert refused.value.fault == expected


@pytest.mark.parametrize("form", FORMATS)
def test_alternative_text_of_an_image_is_translated_within_its_text(form):
    unit = TranslationUnit(
        "pages.page", 12, 3, "body", IMAGE.format("A", "A bridge & a <lamp>"), IMAGE.format("A", "Γέφυρα")
    )
    (back,) = read_exchange(write_exchange([unit], file_format=form, language="el"), language="el")
    assert back.source == unit.source
    assert back.target == unit.target
    check_translation(back)


@pytest.mark.parametrize("path", ["/etc/passwd", "/etc/shadow", "manage.py", "requirements.in", "/dev/null", "."])
def test_read_po_that_is_the_path_of_a_file_of_the_server_is_refused_alike(path):
    """Finding 23: what is uploaded is read, and no file of the server."""
    with pytest.raises(UnreadableFile) as refused:
        list(_read_po(path.encode(), "el"))
    assert refused.value.line == 1
    assert refused.value.fault == ExchangeFault.FORMAT


@pytest.mark.parametrize("ending", ["", "\n", "\r", "\r\n", "\n\n", "\x85", "\u2028"])
def test_read_po_that_names_a_file_of_translations_reads_no_word_of_it(ending, tmp_path):
    """Finding 23: a good PO file on the disk is not taken for what was sent."""
    unit = TranslationUnit("pages.page", 12, 3, "body", "source", "target")
    file = tmp_path / "good.po"
    file.write_bytes(write_exchange([unit], file_format="po", language="el"))
    with pytest.raises(UnreadableFile):
        list(_read_po(f"{file}{ending}".encode(), "el"))


def test_read_po_with_lines_of_any_kind_reads_it():
    unit = TranslationUnit("pages.page", 12, 3, "body", "source", "target")
    data = write_exchange([unit], file_format="po", language="el")
    for ending in (b"\r\n", b"\r"):
        assert [read.target for read in _read_po(data.replace(b"\n", ending), "el")] == ["target"]
