"""Materials as visitors take them, one or a language's all, and as coordinators bring them."""

from __future__ import annotations

import os
import time
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material, MaterialFile, material_storage
from campaigns.reach.periodic import forget_files
from partners.memberships.states import Role
from tests.bundled import with_campaign
from tests.people import browser_of, person
from victor.access import System
from victor.publishing import bundled_texts
from victor.publishing.errors import Incomplete

pytestmark = [pytest.mark.django_db, with_campaign]
PDF = b"%PDF-1.7\n% a leaflet"
PAGE = "/el/campaigns/victor/"
FILE = "/el/campaigns/materials/leaflet/el/"


@pytest.fixture
def campaign() -> Campaign:
    return Campaign.objects.get()


def material(campaign: Campaign, slug: str = "leaflet", *languages: str, **given: object) -> Material:
    made = Material.objects.create(slug=slug, campaign=campaign, kind="leaflet")
    for language in ("en", "el"):
        bundled_texts.publish_bundled(
            made, language, {"title": f"{slug} {language}", "summary": "Summary"}, by=System("test")
        )
    for language in languages or ("el",):
        add(made, language, **given)
    return made


def add(to: Material, language: str, **given: object) -> MaterialFile:
    known = {"alternative": "What it says", "size": len(PDF), "format": "pdf", "version": 1} | given
    row = MaterialFile(material=to, language=language, **known)
    row.file.save("x.pdf", ContentFile(PDF))
    return row


def read(path: str) -> bytes:
    return b"".join(Client().get(path).streaming_content)


def test_visitor_downloads_a_file_in_its_language(campaign):
    material(campaign)
    answer = Client().get(FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="leaflet-el-v1.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == PDF


def test_campaign_says_what_is_not_yet_in_the_readers_language(campaign):
    material(campaign, "leaflet", "en", "bg")
    text = Client().get(PAGE).content.decode()
    assert "Δεν υπάρχει ακόμη στη γλώσσα σας." in text
    assert [f"materials/leaflet/{code}/" in text for code in ("en", "bg", "el")] == [True, True, False]
    assert "materials-el.zip" not in text


def test_campaign_offers_the_readers_language_first(campaign):
    material(campaign, "leaflet", "en", "el")
    text = Client().get(PAGE).content.decode()
    assert "Λήψη (PDF, 20\xa0byte" in text
    assert "What it says" in text
    assert "materials-el.zip" in text


@pytest.mark.parametrize("given", [{"alternative": ""}, {"consent_until": date(2026, 1, 1)}])
def test_file_that_may_not_be_shown_is_not_found(campaign, given):
    material(campaign, **given)
    answers = [Client().get(path).status_code for path in (FILE, "/el/campaigns/victor/materials-el.zip")]
    assert answers == [404, 404]
    assert "materials/leaflet" not in Client().get(PAGE).content.decode()


def test_file_of_a_draft_is_not_found(campaign):
    add(Material.objects.create(slug="leaflet", campaign=campaign, kind="leaflet"), "el")
    assert Client().get(FILE).status_code == 404


def test_pack_holds_a_languages_files_and_what_one_may_do_with_them(campaign):
    material(campaign, "leaflet", "el", "en")
    material(campaign, "second", "el")
    with ZipFile(BytesIO(read("/en/campaigns/victor/materials-el.zip"))) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["leaflet-el-v1.pdf", "second-el-v1.pdf", "README.txt"]
        assert packed.read("leaflet-el-v1.pdf") == PDF
        words = packed.read("README.txt").decode()
    assert "Φυλλάδιο: leaflet el" in words
    assert "What it says" in words


def test_pack_is_as_long_as_it_says(campaign):
    material(campaign)
    answer = Client().get("/el/campaigns/victor/materials-el.zip")
    assert int(answer["Content-Length"]) == len(b"".join(answer.streaming_content))


def test_material_without_alternative_text_is_not_published(campaign):
    made = Material.objects.create(slug="leaflet", campaign=campaign, kind="leaflet")
    add(made, "el", alternative="")
    with pytest.raises(Incomplete, match="alternative text"):
        bundled_texts.publish_bundled(made, "el", {"title": "Φυλλάδιο", "summary": "x"}, by=System("test"))


def typed(made: Material, **changed: object) -> dict[str, object]:
    """The coordinator's form for a material with one Greek file."""
    row = made.files.get()
    form = {"slug": made.slug, "campaign": made.campaign_id, "kind": made.kind, "files-TOTAL_FORMS": 1}
    first = {"id": row.pk, "material": made.pk, "language": "el", "alternative": "Typed", "licence": "by"}
    return form | {"files-INITIAL_FORMS": 1} | {f"files-0-{name}": each for name, each in (first | changed).items()}


def test_another_file_is_another_version(campaign):
    made = material(campaign)
    path = f"/en/admin/campaigns/material/{made.pk}/change/"
    new = SimpleUploadedFile("my name.pdf", PDF + b"2")
    assert browser_of(person(Role.COORDINATOR)).post(path, typed(made, file=new)).status_code == 302
    row = made.files.get()
    assert row.version == 2
    assert row.size == len(PDF) + 1
    assert row.alternative == "Typed"
    assert "my" not in row.file.name


def test_file_that_is_not_what_it_claims_is_refused_and_the_rest_kept(campaign):
    made = material(campaign)
    path = f"/en/admin/campaigns/material/{made.pk}/change/"
    new = SimpleUploadedFile("x.pdf", b"<html>")
    answer = browser_of(person(Role.COORDINATOR)).post(path, typed(made, file=new))
    text = answer.content.decode()
    assert "This is not a PDF" in text
    assert "Typed</textarea>" in text
    assert made.files.get().version == 1
    assert made.files.get().alternative == "What it says"


def test_files_that_nothing_names_are_forgotten(campaign):
    made = material(campaign)
    old = made.files.get().file.name
    left = material_storage().save("left.pdf", ContentFile(PDF))
    fresh = material_storage().save("fresh.pdf", ContentFile(PDF))
    long_ago = time.time() - 2 * 24 * 60 * 60
    for name in (old, left):
        os.utime(material_storage().path(name), (long_ago, long_ago))
    assert forget_files() == 1
    assert [material_storage().exists(name) for name in (old, left, fresh)] == [True, False, True]


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-3", 0, 4),
        ("bytes=4-", 4, None),
        ("bytes=-5", -5, None),
        ("bytes=2-999999", 2, None),
        ("bytes=0-0", 0, 1),
    ],
)
def test_download_goes_on_where_it_stopped(campaign, asked, first, end):
    material(campaign)
    answer = Client().get(FILE, headers={"range": asked})
    part = b"".join(answer.streaming_content)
    start = first % len(PDF)
    assert answer.status_code == 206
    assert part == PDF[first:end]
    assert answer["Content-Range"] == f"bytes {start}-{start + len(part) - 1}/{len(PDF)}"
    assert answer["Content-Length"] == str(len(part))


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=-", "bytes=x", "lines=1-2", "", "bytes=5-2x", "bytes=9-4"])
def test_download_with_a_range_that_is_not_served_is_whole(campaign, asked):
    material(campaign)
    answer = Client().get(FILE, headers={"range": asked})
    assert answer.status_code == 200
    assert answer["Accept-Ranges"] == "bytes"
    assert b"".join(answer.streaming_content) == PDF


@pytest.mark.parametrize("asked", [f"bytes={len(PDF)}-", f"bytes={len(PDF) + 5}-999999", "bytes=-0"])
def test_download_of_a_part_that_does_not_exist_is_refused_with_the_size(campaign, asked):
    material(campaign)
    answer = Client().get(FILE, headers={"range": asked})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(PDF)}"


def test_download_that_began_with_another_version_starts_again(campaign):
    material(campaign)
    whole = Client().get(FILE)
    answers = [Client().get(FILE, headers={"range": "bytes=4-", "if-range": mark}) for mark in (whole["ETag"], '"old"')]
    for answer in (whole, *answers):
        answer.close()
    assert [answer.status_code for answer in answers] == [206, 200]
