"""Organisations as coordinators edit them."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partners.directory.models import Organisation
from partners.memberships.states import Role
from tests.people import browser_of, organisation, person

pytestmark = pytest.mark.django_db
AUTHOR, CANARY = 0x013B, "Canary Street 7"


def picture() -> bytes:
    """A logo that tells who drew it."""
    exif, written = Image.Exif(), BytesIO()
    exif[AUTHOR] = CANARY
    Image.new("RGB", (40, 20), "green").save(written, "JPEG", exif=exif)
    return written.getvalue()


def bring(smile: Organisation, file: SimpleUploadedFile | str, **more: str) -> str:
    """Change the logo in the form; what is shown then."""
    form = {"slug": smile.slug, "name_en": "Smile", "category": smile.category, "membership": smile.membership}
    form |= {"country": "GR", "city_en": "Athens", "position": "100", "logo": file} | more
    path = f"/en/admin/partners/organisation/{smile.pk}/change/"
    return browser_of(person(Role.COORDINATOR)).post(path, form, follow=True).content.decode()


def test_logo_is_kept_without_what_it_tells():
    smile = organisation("smile")
    assert CANARY.encode() in picture()
    bring(smile, SimpleUploadedFile("smile.jpg", picture()), name_el="Χαμόγελο")
    assert Organisation.objects.get(slug="smile").name_el == "Χαμόγελο"
    with Organisation.objects.get(slug="smile").logo.open() as file, Image.open(file) as seen:
        assert seen.format == "JPEG"
        assert seen.size == (40, 20)
        assert dict(seen.getexif()) == {}


def test_logo_under_another_ending_is_known_by_what_is_in_it():
    bring(organisation("smile"), SimpleUploadedFile("smile.png", picture()))
    with Organisation.objects.get(slug="smile").logo.open() as file, Image.open(file) as seen:
        assert seen.format == "JPEG"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("smile.svg", b"<svg onload='alert(1)'/>", "This is not a JPEG, PNG or WebP image."),
        ("smile.pdf", b"%PDF-1.7", "This is not a JPEG, PNG or WebP image."),
        ("smile.jpg", picture()[:200], "The image is damaged and cannot be read."),
    ],
)
def test_logo_that_is_no_picture_is_refused_with_the_reason(name, data, said):
    smile = organisation("smile")
    assert said in bring(smile, SimpleUploadedFile(name, data))
    assert Organisation.objects.get(slug="smile").logo == ""


def test_logo_stays_until_it_is_taken_away():
    smile = organisation("smile")
    bring(smile, SimpleUploadedFile("smile.jpg", picture()))
    bring(smile, "")
    assert Organisation.objects.get(slug="smile").logo.name == "logos/smile.jpg"
    bring(smile, "", **{"logo-clear": "on"})
    assert Organisation.objects.get(slug="smile").logo == ""


@pytest.mark.parametrize(
    ("typed", "named"), [("Smile 😀", "😀"), ("Smi\x0ble", "U+000B"), ("Smile \ufffe", "U+FFFE"), ("孩 Smile", "孩")]
)
def test_name_with_a_sign_that_no_paper_holds_is_refused_where_it_is_typed(typed, named):
    smile = organisation("smile")
    shown = bring(smile, "", name_el=typed)
    assert f"They cannot be printed: {named}" in shown
    assert Organisation.objects.get(slug="smile").name_el is None
