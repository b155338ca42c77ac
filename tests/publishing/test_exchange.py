"""What goes out comes back the same, as the standards allow it, and nothing dangerous comes in."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File

from victor.publishing.errors import UnreadableFile
from victor.publishing.exchange import FORMATS, MAX_BYTES, read_exchange, write_exchange
from victor.publishing.po_files import read_po
from victor.publishing.states import ExchangeFault, TextState
from victor.publishing.translation_units import TranslationUnit, check_translation, restore_tags

XLIFF = '<xliff version="{}" srcLang="en" trgLang="el" xmlns="urn:oasis:names:tc:xliff:document:{}">'
NAME = "pages.page.12.3.body"
IMAGE = '<p>x</p><img src="/pictures/{}bcdefghijklmnopqrs_-2/640.webp" alt="{}">'
# What PostgreSQL and XML can hold: no control characters but tab and the ends of lines, no surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from("\t\n\r<>&\"'\\%{}"))


def fault(data: bytes, language: str = "el") -> tuple[int, ExchangeFault]:
    with pytest.raises(UnreadableFile) as refused:
        read_exchange(data, language=language)
    return refused.value.line, refused.value.fault


def xliff_1(content: str, *, language: str = "el", name: str = NAME, attributes: str = "") -> bytes:
    return (
        f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" source-language="en" '
        f'target-language="{language}" datatype="plaintext"><body><trans-unit id="{name}" {attributes}>{content}'
        f"</trans-unit></body></file></xliff>"
    ).encode()


def xliff_2(content: str, *, language: str = "el", name: str = NAME) -> bytes:
    head = XLIFF.format("2.0", "2.0").replace('"el"', f'"{language}"')
    return f'{head}<file id="f"><unit id="{name}">{content}</unit></file></xliff>'.encode()


def po(
    language: str, *, entry: str = f'msgctxt "{NAME}"\nmsgid "Hi"\nmsgstr "Γεια"\n', charset: str = "UTF-8"
) -> bytes:
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset={charset}\\n"\n\n'
    return (head + entry).encode(charset)


def only_unit(data: bytes, language: str = "el") -> TranslationUnit:
    (unit,) = read_exchange(data, language=language)
    return unit


@given(form=st.sampled_from(list(FORMATS)), source=TEXTS.filter(bool), target=TEXTS)
def test_reads_what_it_wrote(form, source, target):
    unit = TranslationUnit("pages.page", 12, 3, "body", source, target, source_number=4)
    back = only_unit(write_exchange([unit], file_format=form, language="el"))
    assert back.name == unit.name
    assert back.source == source
    assert back.target == (target if target.strip() else "")


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
        (b"", (1, ExchangeFault.FORMAT)),
        (b'msgid ""\nmsgstr ""\n"Language: uk\\n"\n', (1, ExchangeFault.LANGUAGE)),
        (b'msgid ""\nmsgstr ""\n"Language: el\\n"\n\nmsgid "x"\nmsgstr "y"\n', (5, ExchangeFault.NAME)),
        (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=nonsense\\n"\n', (1, ExchangeFault.FORMAT)),
        (b" " * (MAX_BYTES + 1), (0, ExchangeFault.TOO_LARGE)),
    ],
)
def test_refuses_what_it_cannot_read_with_line_and_reason(data, expected):
    assert fault(data) == expected


@pytest.mark.parametrize(
    ("language", "named"),
    [
        *(("el", tag) for tag in ("el-GR", "el_GR", "EL", "ell", "el-Grek-CY", "el_GR.UTF-8")),
        *(("sr", tag) for tag in ("sr-RS", "sr-Cyrl", "sr_RS@cyrillic", "srp", "sr-Cyrl-BA")),
        *(("ro", tag) for tag in ("ro-MD", "ron", "rum", "ro_RO")),
        *(("uk", tag) for tag in ("uk-UA", "ukr")),
    ],
)
def test_read_takes_the_language_in_every_spelling(language, named):
    assert only_unit(po(named), language).target == "Γεια"
    assert only_unit(xliff_1("<source>Hi</source><target>Γεια</target>", language=named), language).target == "Γεια"


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("sr", "sr-Latn"),
        ("sr", "sr_RS@latin"),
        ("sr", "sr-ME"),
        ("sr", "hr"),
        ("el", "grc"),
        ("bg", "mk"),
        ("el", "uk-UA"),
    ],
)
def test_read_refuses_another_language_or_script(language, named):
    assert fault(po(named), language)[1] == ExchangeFault.LANGUAGE
    assert fault(xliff_2("<segment/>", language=named), language)[1] == ExchangeFault.LANGUAGE


def test_read_joins_segments_with_what_is_between_them():
    segment = "<segment><source>{0}.</source><target>{1}.</target></segment>"
    between = "<ignorable><source> </source></ignorable>"
    content = segment.format("One", "Ένα") + between + segment.format("Two", "Δύο")
    assert only_unit(xliff_2(content)).target == "Ένα. Δύο."
    assert only_unit(xliff_2(content)).source == "One. Two."


def test_read_joins_segments_in_the_order_that_the_target_names():
    content = (
        '<segment><source>A</source><target order="3">α</target></segment>'
        '<ignorable><source>, </source><target order="2">, </target></ignorable>'
        '<segment><source>B</source><target order="1">β</target></segment>'
    )
    assert only_unit(xliff_2(content)).target == "β, α"


def test_read_joins_marked_segments_of_xliff_1():
    marked = '<target><mrk mtype="seg" mid="1">Ένα.</mrk> <mrk mtype="seg" mid="2">Δύο.</mrk></target>'
    content = (
        f"<source>One. Two.</source><seg-source>One. Two.</seg-source>{marked}<alt-trans><target>x</target></alt-trans>"
    )
    assert only_unit(xliff_1(content)).target == "Ένα. Δύο."


def test_read_calls_a_unit_unfinished_that_lacks_a_segment():
    content = "<segment><source>One.</source><target>Ένα.</target></segment><segment><source>Two.</source></segment>"
    assert only_unit(xliff_2(content)).is_unfinished


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_read_takes_xliff_in_every_unicode_encoding(encoding):
    text = '<?xml version="1.0" encoding="UTF-16"?>' + xliff_1("<source>Hi</source><target>Γεια</target>").decode()
    text = text if encoding.startswith("utf-16") else text.partition("?>")[2]
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    assert only_unit(mark + text.encode(encoding)).target == "Γεια"


@pytest.mark.parametrize("charset", ["UTF-16", "ISO-8859-7", "windows-1253", "utf-8-sig"])
def test_read_takes_po_in_the_encoding_that_it_names(charset):
    assert only_unit(po("el", charset=charset)).target == "Γεια"


@pytest.mark.parametrize("state", ["new", "needs-translation", "needs-adaptation", "needs-l10n"])
def test_read_hears_that_a_unit_of_xliff_1_is_unfinished(state):
    assert only_unit(xliff_1(f'<source>Hi</source><target state="{state}">Hi</target>')).is_unfinished


@pytest.mark.parametrize("state", ["translated", "signed-off", "final", "needs-review-translation"])
def test_read_takes_a_unit_of_xliff_1_that_somebody_has_translated(state):
    assert not only_unit(xliff_1(f'<source>Hi</source><target state="{state}">Γεια</target>')).is_unfinished


def test_read_hears_that_a_segment_of_xliff_2_is_unfinished():
    content = '<segment state="{}"><source>Hi</source><target>Hi</target></segment>'
    assert only_unit(xliff_2(content.format("initial"))).is_unfinished
    assert only_unit(xliff_2(content.format("translated"))).is_finished


def test_read_leaves_out_what_is_obsolete_in_po_and_hears_what_is_fuzzy():
    obsolete = '#~ msgctxt "pages.page.12.3.title"\n#~ msgid "Old"\n#~ msgstr "Παλιό"\n'
    entry = f'#, fuzzy\n#| msgid "Ho"\nmsgctxt "{NAME}"\nmsgid "Hi"\nmsgstr "Γεια"\n\n{obsolete}'
    assert only_unit(po("el", entry=entry)).is_unfinished


STATED = {
    "final": TranslationUnit("pages.page", 1, 2, "title", "Hi", "Γεια", state=TextState.PUBLISHED),
    "outdated": TranslationUnit("pages.page", 2, 2, "title", "Hi", "Γεια", state=TextState.OUTDATED, previous="Ho"),
    "draft": TranslationUnit("pages.page", 3, 2, "title", "Hi", "Γεια", state=TextState.DRAFT),
    "machine": TranslationUnit("pages.page", 4, 2, "title", "Hi", "Γεια", state=TextState.MACHINE),
    "missing": TranslationUnit("pages.page", 5, 2, "title", "Hi", "", state=TextState.MISSING, limit=120, note="Title"),
}


def test_write_xliff_1_tells_every_state_to_another_program():
    file = Xliff1File.parsestring(write_exchange(STATED.values(), file_format="xliff1", language="el"))
    elements = [unit.xmlelement for unit in file.units]
    targets = [element.find("{*}target") for element in elements]
    assert [element.get("approved") for element in elements] == ["yes", "no", "no", "no", "no"]
    assert [None if target is None else target.get("state") for target in targets] == [
        *("final", "needs-adaptation", "translated", "needs-review-translation"),
        None,
    ]


def test_write_xliff_2_tells_every_state_to_another_program():
    file = Xliff2File.parsestring(write_exchange(STATED.values(), file_format="xliff2", language="el"))
    states = [unit.xmlelement.get("state") for unit in file.units]
    assert states == ["final", "initial", "translated", "initial", None]


def test_write_po_tells_what_is_fuzzy_and_the_text_before():
    text = write_exchange(STATED.values(), file_format="po", language="el").decode()
    entries = text.split("\n\n")[1:]
    assert ["#, fuzzy" in entry for entry in entries] == [False, True, False, True, False]
    assert '#| msgid "Ho"' in entries[1]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("xliff1", ('maxwidth="120"', 'size-unit="char"', "<note>Title</note>")),
        ("xliff2", ('sizeRestriction="120"', 'generalProfile="xliff:codepoints"', "<note>Title</note>")),
        ("po", ("#. Title",)),
    ],
)
def test_write_tells_limit_and_place(form, told):
    text = write_exchange([STATED["missing"]], file_format=form, language="el").decode().replace("ns0:", "")
    assert [words for words in told if words not in text] == []


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


@pytest.mark.parametrize(
    "address",
    [
        "https://uk.wikipedia.org/wiki/%d0%94%d0%b8",
        "https://x.eu/?q=%s%20a",
        "https://x.eu/{id}",
        "mailto:a@x.eu?subject=%d0%9f",
        "http://x.eu/%sa",
    ],
)
def test_check_takes_nothing_in_an_address_for_a_placeholder(address):
    link = '<p>See <a href="{}">this</a>.</p>'
    check_translation(TranslationUnit("pages.page", 1, 1, "body", link.format("https://x.eu"), link.format(address)))
    check_translation(TranslationUnit("pages.page", 1, 1, "summary", "See https://x.eu", f"Виж {address}"))


@pytest.mark.parametrize("form", FORMATS)
def test_alternative_text_of_an_image_is_translated_within_its_text(form):
    unit = TranslationUnit(
        "pages.page", 12, 3, "body", IMAGE.format("A", "A bridge & a <lamp>"), IMAGE.format("A", "Γέφυρα")
    )
    (back,) = read_exchange(write_exchange([unit], file_format=form, language="el"), language="el")
    assert back.source == unit.source
    assert back.target == unit.target
    check_translation(back)


OURS = '<p>Call <a href="https://x.org">us</a>. Free &amp; safe.</p><p>Now.<br>Here</p>'
CODED = {
    "g": (
        '<g id="1">Call <g id="2">us</g>. Free &amp; safe.</g><g id="3">Now.<x id="4"/>Here</g>',
        '<g id="3">Τώρα.<x id="4"/>Εδώ</g><g id="1">Για <g id="2">μας</g> &amp; <mrk mtype="term">σας</mrk>.</g>',
    ),
    "bx": (
        '<bx id="1"/>Call <bx id="2"/>us<ex rid="2"/>. Free &amp; safe.<ex rid="1"/>'
        '<bx id="3"/>Now.<x id="4"/>Here<ex rid="3"/>',
        '<bx id="3"/>Τώρα.<x id="4"/>Εδώ<ex rid="3"/>'
        '<bx id="1"/>Για <bx id="2"/>μας<ex rid="2"/> &amp; σας.<ex rid="1"/>',
    ),
}


@pytest.mark.parametrize("codes", CODED)
def test_restore_tags_puts_our_tags_where_the_program_had_codes(codes):
    source, target = CODED[codes]
    unit = only_unit(xliff_1(f"<source>{source}</source><target>{target}</target>"))
    expected = '<p>Τώρα.<br>Εδώ</p><p>Για <a href="https://x.org">μας</a> &amp; σας.</p>'
    assert restore_tags(unit, OURS).target == expected


def test_restore_tags_reads_the_pairs_of_xliff_2():
    source = '<pc id="1">Call <pc id="2">us</pc>. Free &amp; safe.</pc><pc id="3">Now.<ph id="4"/>Here</pc>'
    target = source.replace("Call", "Για").replace("us", "μας")
    unit = only_unit(xliff_2(f"<segment><source>{source}</source><target>{target}</target></segment>"))
    assert restore_tags(unit, OURS).target == OURS.replace("Call", "Για").replace("us", "μας")


def test_read_takes_native_codes_as_the_tags_that_they_are():
    target = '<target><bpt id="1">&lt;p&gt;</bpt>Γεια<ept id="1">&lt;/p&gt;</ept></target>'
    assert only_unit(xliff_1(f"<source>Hi</source>{target}")).target == "<p>Γεια</p>"
    content = (
        '<originalData><data id="d1">&lt;p&gt;</data><data id="d2">&lt;/p&gt;</data></originalData>'
        '<segment><source>Hi</source><target><pc id="1" dataRefStart="d1" dataRefEnd="d2">Γεια</pc></target></segment>'
    )
    assert only_unit(xliff_2(content)).target == "<p>Γεια</p>"


def test_check_refuses_codes_that_match_none_of_our_tags():
    unit = only_unit(xliff_1('<source><g id="1">Other</g></source><target><g id="1">Άλλο</g></target>'))
    with pytest.raises(UnreadableFile) as refused:
        check_translation(restore_tags(unit, OURS))
    assert refused.value.fault == ExchangeFault.CODES


def test_read_takes_codes_that_are_nested_deeply():
    content = "<g>" * 200 + "Γεια" + "</g>" * 200
    assert "Γεια" in only_unit(xliff_1(f"<source>Hi</source><target>{content}</target>")).target


@pytest.mark.parametrize("path", ["/etc/passwd", "/etc/shadow", "manage.py", "requirements.in", "/dev/null", "."])
def test_read_po_that_is_the_path_of_a_file_of_the_server_is_refused_alike(path):
    """Finding 23: what is uploaded is read, and no file of the server."""
    with pytest.raises(UnreadableFile) as refused:
        list(read_po(path.encode(), "el"))
    assert refused.value.line == 1
    assert refused.value.fault == ExchangeFault.FORMAT


@pytest.mark.parametrize("ending", ["", "\n", "\r", "\r\n", "\n\n", "\x85", "\u2028"])
def test_read_po_that_names_a_file_of_translations_reads_no_word_of_it(ending, tmp_path):
    """Finding 23: a good PO file on the disk is not taken for what was sent."""
    unit = TranslationUnit("pages.page", 12, 3, "body", "source", "target")
    file = tmp_path / "good.po"
    file.write_bytes(write_exchange([unit], file_format="po", language="el"))
    with pytest.raises(UnreadableFile):
        list(read_po(f"{file}{ending}".encode(), "el"))


def test_read_po_with_lines_of_any_kind_reads_it():
    unit = TranslationUnit("pages.page", 12, 3, "body", "source", "target")
    data = write_exchange([unit], file_format="po", language="el")
    for ending in (b"\r\n", b"\r"):
        assert [read.target for read in read_po(data.replace(b"\n", ending), "el")] == ["target"]
