"""Paper of seminars: what a reader by ear is told, and the host's logo."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override
from PIL import Image

from tests.campaigns.campaigns.test_posters import alternatives
from tests.trainings.certificates.attendees import ended_seminar, make_attendee
from trainings.attendance.pdf import signature_list_pdf
from trainings.certificates.models import Certificate
from trainings.certificates.pdf import SeminarCertificates
from trainings.seminars.models import Seminar

pytestmark = pytest.mark.django_db
GREEN = (0, 128, 0)


def certificate(seminar: Seminar, language: str) -> bytes:
    given = {"name": "Irini", "minutes": 360, "total": 360, "serial": "VICTOR-2026-000001", "code": "A" * 20}
    with override(language):
        return SeminarCertificates(seminar).pdf(Certificate(seminar=seminar, language=language, **given))


def signatures(seminar: Seminar, language: str) -> bytes:
    make_attendee(seminar)
    seminar.language = language
    session = seminar.sessions.first()
    session.seminar = seminar
    return signature_list_pdf(session)


def drawn(form: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (300, 100), GREEN).save(written, form)
    return written.getvalue()


def with_logo(name: str, content: bytes) -> Seminar:
    seminar = ended_seminar()
    seminar.organisation.logo.save(name, ContentFile(content))
    return seminar


@pytest.mark.parametrize("language", ["en", "el"])
@pytest.mark.parametrize("paper", [certificate, signatures])
def test_paper_says_what_it_is_to_those_who_hear_it(paper, language):
    with pikepdf.open(BytesIO(paper(ended_seminar(), language))) as document, document.open_metadata() as metadata:
        root = document.Root
        assert root.MarkInfo.Marked
        assert root.StructTreeRoot.Type == "/StructTreeRoot"
        assert root.Lang == language
        assert root.ViewerPreferences.DisplayDocTitle
        assert metadata["pdfuaid:part"] == "1"
        assert str(document.docinfo.Title) == metadata["dc:title"]


@pytest.mark.parametrize(
    ("paper", "title"),
    [
        (certificate, "Certificate of attendance VICTOR-2026-000001"),
        (signatures, "Attendance sheet: Seminar athens"),
    ],
)
def test_paper_has_a_title(paper, title):
    with pypdfium2.PdfDocument(paper(ended_seminar(), "en")) as document:
        assert document.get_metadata_value("Title") == title


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_certificate_has_the_logo_of_its_host(form):
    seminar = with_logo(f"logo.{form.lower()}", drawn(form))
    with pypdfium2.PdfDocument(certificate(seminar, "en")) as document:
        (logo,) = [each for each in document[0].get_objects() if isinstance(each, pypdfium2.PdfImage)]
        picture = logo.get_bitmap().to_pil().convert("RGB")
        assert alternatives(document)[-1] == seminar.organisation.name_en
        assert picture.size == (250, 83)
        assert picture.getpixel((100, 40)) == pytest.approx(GREEN, abs=3)


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", drawn("JPEG")[:300]])
def test_certificate_without_a_logo_that_can_be_read_is_made(content):
    with pypdfium2.PdfDocument(certificate(with_logo("logo.png", content), "en")) as document:
        assert [each for each in document[0].get_objects() if isinstance(each, pypdfium2.PdfImage)] == []


LONG_NAMES = [
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft",
    "Παπαχατζηκωνσταντινοπουλόπουλος-Οικονομοπαπαδημητρακοπουλόπουλος Ελένη",
    "Ж" * 60,
    "m" * 150,
]


@pytest.mark.parametrize("name", LONG_NAMES)
def test_certificate_of_a_long_unbroken_name_keeps_it_on_the_paper(name):
    seminar = ended_seminar()
    given = {"name": name, "minutes": 360, "total": 360, "serial": "VICTOR-2026-000001", "code": "A" * 20}
    with override("en"):
        content = SeminarCertificates(seminar).pdf(Certificate(seminar=seminar, language="en", **given))
    page = pypdfium2.PdfDocument(content)[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(number) for number in range(text.count_chars())]
    assert max(right for _left, _bottom, right, _top in boxes) < page.get_width() - 40
    assert name.replace(" ", "") in "".join(text.get_text_range().split())
    assert len(pypdfium2.PdfDocument(content)) == 1
