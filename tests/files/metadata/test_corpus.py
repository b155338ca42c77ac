"""A file tells nothing of its maker any more, and shows what it showed: tried on files of many programs."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path

import openpyxl
import pillow_heif
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from tests.files.metadata.corpus import ARCHIVE, CANARY, copies, ending, originals, places
from tests.files.metadata.unpacking import count, unpacked
from victor.files.kinds import KINDS

PLACE = re.compile(CANARY.encode() + rb"-([a-z0-9-]+)_")
pillow_heif.register_heif_opener()
NO_COPY: set[str] = set()  # none of these files is refused
PICTURES = sorted(
    name for name in originals() if ending(name) in {"jpg", "png", "webp", "heic", "avif", "gif", "tif", "bmp"}
)
PAPERS = sorted(name for name in originals() if ending(name) == "pdf")
DOCUMENTS = sorted(name for name in originals() if ending(name) in {"docx", "pptx", "odt", "ods", "odp"})
SHEETS = sorted(name for name in originals() if ending(name) == "xlsx")
MEDIA = sorted(
    name for name in originals() if ending(name) in {"mp4", "mov", "webm", "m4a", "mp3", "ogg", "opus", "wav", "flac"}
)
MANY = {"pdf", "docx", "xlsx", "pptx", "odt"}


def places_in(content: bytes) -> set[str]:
    names = set()
    for layer in unpacked(content):
        for text in (layer, layer.replace(b"\0", b"")):
            names |= {place.decode() for place in PLACE.findall(text)}
    return names


def test_corpus_is_of_many_producers_and_small(figure):
    producers = {name.partition("-")[0].partition(".")[0] for name in originals()}
    figure("canary corpus: files, producers, bytes", f"{len(originals())}, {len(producers)}, {ARCHIVE.stat().st_size}")
    assert len(originals()) >= 150
    assert len(producers) >= 6
    assert ARCHIVE.stat().st_size <= 5_000_000


def test_originals_have_a_word_in_each_place_of_their_format():
    by_format = defaultdict(set)
    for name, content in originals().items():
        here = places_in(content)
        by_format[ending(name)] |= here
        # The words of an encrypted file cannot be looked for.
        assert len(here) >= (15 if ending(name) in MANY and name != "qpdf-owner.pdf" else 1), name
    lacking = {kind: listed - by_format[kind] for kind, listed in places().items() if listed - by_format[kind]}
    assert lacking == {}
    assert all(len(places()[kind]) >= 15 for kind in MANY)


def test_copies_hold_no_word_of_their_makers(figure):
    hits = {name: count(copy.content, CANARY) for name, copy in copies().items() if copy}
    figure(f"canaries in {len(hits)} copies, unpacked", sum(hits.values()))
    assert {name: number for name, number in hits.items() if number} == {}


def test_files_without_a_copy_are_known():
    assert {name for name, copy in copies().items() if copy is None} == NO_COPY


def test_exiftool_reads_no_word_of_their_makers(tmp_path, figure):
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("exiftool is not installed")
    for name, copy in copies().items():
        if copy:
            Path(tmp_path, f"{name}.{KINDS[copy.type].suffix}").write_bytes(copy.content)
    command = [program, "-ee", "-a", "-u", "-U", "-G1", "-s", "-r", tmp_path]
    output = subprocess.run(command, capture_output=True, check=False).stdout
    lines = [
        line for line in output.decode(errors="replace").splitlines() if "FileName" not in line and "====" not in line
    ]
    figure("canaries that exiftool reads in the copies", sum(CANARY in line.lower() for line in lines))
    assert len(lines) > len(originals())
    assert [line for line in lines if CANARY in line.lower()] == []


def difference(first: Image.Image, second: Image.Image) -> float:
    """The mean difference of a colour, of 255."""
    assert first.size == second.size
    return max(ImageStat.Stat(ImageChops.difference(first.convert("RGBA"), second.convert("RGBA"))).mean)


def seen(content: bytes, frame: int = 0) -> Image.Image:
    """A picture as a viewer shows it, turned, and with sixteen bits scaled to eight."""
    picture = Image.open(BytesIO(content))
    picture.seek(frame)
    turned = ImageOps.exif_transpose(picture)
    if turned.mode.startswith("I"):
        return turned.convert("I").point(lambda grey: grey * (1 / 256)).convert("L").convert("RGB")
    if turned.mode == "RGBA" or "transparency" in turned.info:
        return turned.convert("RGBA")
    return turned.convert("RGB")


@pytest.mark.parametrize("name", PICTURES)
def test_picture_looks_as_before(name):
    copy = copies()[name]
    if name == "gamma.png":  # its colours are measured in another way, which Pillow passes over
        assert seen(copy.content).getpixel((60, 5)) != seen(originals()[name]).getpixel((60, 5))
        return
    assert difference(seen(originals()[name]), seen(copy.content)) < 3


def frames(content: bytes) -> int:
    return getattr(Image.open(BytesIO(content)), "n_frames", 1)


@pytest.mark.parametrize("name", [name for name in PICTURES if "moving" in name or "pages" in name])
def test_all_pictures_of_a_film_or_a_scan_are_in_the_copy(name):
    assert frames(copies()[name].content) == frames(originals()[name]) == 2
    assert difference(seen(originals()[name], 1), seen(copies()[name].content, 1)) < 3


def by_pdfium(content: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(content)
    if document.get_formtype():
        document.init_forms()
    drawn = [page.render(scale=1, may_draw_forms=True).to_pil().convert("RGB") for page in document]
    document.close()
    return drawn


def by_poppler(content: bytes, folder: Path) -> list[Image.Image]:
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("poppler is not installed")
    Path(folder, "a.pdf").write_bytes(content)
    subprocess.run([program, "-r", "72", Path(folder, "a.pdf"), Path(folder, "p")], check=True, capture_output=True)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("p*.ppm"))]


def page_difference(first: Image.Image, second: Image.Image) -> float:
    """The difference of two pages. Pages of an inch are compared at a third: the copy draws their few points softer."""
    second = second.resize(first.size)
    if max(first.size) < 100:
        third = (first.width // 3, first.height // 3)
        first, second = (page.resize(third, Image.Resampling.BOX) for page in (first, second))
    return difference(first, second)


@pytest.mark.parametrize("name", PAPERS)
def test_pages_look_as_before_to_pdfium(name):
    old, new = originals()[name], copies()[name].content
    differences = [page_difference(*pages) for pages in zip(by_pdfium(old), by_pdfium(new), strict=True)]
    assert max(differences) < 5


@pytest.mark.parametrize("name", PAPERS)
def test_pages_look_as_before_to_poppler(name, tmp_path):
    (before := tmp_path / "before").mkdir()
    (after := tmp_path / "after").mkdir()
    old, new = by_poppler(originals()[name], before), by_poppler(copies()[name].content, after)
    differences = [page_difference(*pages) for pages in zip(old, new, strict=True)]
    assert max(differences) < 8  # poppler draws edges half a point beside


@pytest.mark.parametrize(
    "name", [name for name in PAPERS if name.startswith(("reportlab", "fpdf2", "libreoffice", "qpdf"))]
)
def test_words_of_pages_can_still_be_read_by_programs(name):
    document = pypdfium2.PdfDocument(copies()[name].content)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "Lantern" in text
    if name in {"reportlab-5.pdf", "reportlab-9.pdf"}:
        assert "Filled in" in text


TEXT_IN = re.compile(r"<(?:w:t|a:t|text:p|text:h|text:span)(?: [^>]*)?>([^<]+)<")
HIDING = re.compile(f"{CANARY}|hidden", re.IGNORECASE)


def words_in(content: bytes) -> Counter[str]:
    """What is read in a document, word by word, but for what was hidden in it."""
    words: Counter[str] = Counter()
    with zipfile.ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml|ppt/slides/slide\d+\.xml|content\.xml", name):
                words.update(text for text in TEXT_IN.findall(packed.read(name).decode()) if text.strip())
    return Counter({text: number for text, number in words.items() if not HIDING.search(text)})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_words_of_a_document_stay(name):
    lost = words_in(originals()[name]) - words_in(copies()[name].content)
    assert {text for text in lost if text != "Moved"} == set()
    assert any("Lantern" in text for text in words_in(copies()[name].content))


def picture_count(content: bytes) -> int:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return sum(bool(re.match(r"(word|ppt|xl)/media/|Pictures/", name)) for name in packed.namelist())


@pytest.mark.parametrize("name", [*DOCUMENTS, *SHEETS])
def test_pictures_of_a_document_stay(name):
    assert picture_count(copies()[name].content) == picture_count(originals()[name])


@pytest.mark.parametrize("name", SHEETS)
def test_values_of_a_sheet_stay(name):
    old, new = (
        openpyxl.load_workbook(BytesIO(content), data_only=True)
        for content in (originals()[name], copies()[name].content)
    )
    assert new.sheetnames == ["Lantern"] or name.startswith("libreoffice")
    sheet = new.worksheets[0]
    for row in old[sheet.title].iter_rows(max_row=50):
        for cell in row:
            assert sheet[cell.coordinate].value == cell.value
            assert sheet[cell.coordinate].font.b == cell.font.b


@pytest.mark.parametrize("name", MEDIA)
def test_film_and_sound_say_how_long_they_play(name):
    assert copies()[name].seconds == pytest.approx(1, abs=0.15)


def test_mail_shows_what_a_mail_program_shows():
    text = b"\n".join(unpacked(copies()["python-4-attached.eml"].content))
    assert b"A Lantern was lit" in text
    assert b"From: Ana <ana@example.org>" in text
    assert b'filename="1.jpg"' in text
    assert b'filename="2.docx"' in text
