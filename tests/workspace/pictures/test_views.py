"""Pictures in the workspace: brought, looked at, cut, found again and removed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.confirming import CONFIRMED
from tests.files.test_uploads import head_of_png
from tests.people import browser_of, person
from tests.photographs import photograph, ready_picture, upload, waiting_picture
from victor.access import System
from victor.pages.models import Page
from victor.pictures.models import Picture
from victor.publishing import actions as publishing_actions

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/pictures/"
ADD = f"{LIST}new/"


@pytest.fixture
def browser() -> Client:
    translator = person(Role.TRANSLATOR)
    Membership.objects.filter(user=translator).update(languages=["el"])
    return browser_of(translator)


def typed(**changed: object) -> dict[str, object]:
    fields = {"description": "A bridge at dawn", "credit": "Maria, CC BY 4.0", "consent_until": "2030-01-31"}
    return fields | {"focus": "25 75", "file": upload()} | changed


def chosen(text: str) -> list[str]:
    return re.findall(r'name="focus" value="([^"]+)"[^>]* checked', text)


def test_translator_brings_a_picture(browser):
    answer = browser.post(ADD, typed(), follow=True)
    made = Picture.objects.get()
    assert made.description == "A bridge at dawn"
    assert made.credit == "Maria, CC BY 4.0"
    assert made.consent_until == date(2030, 1, 31)
    assert made.focal_x == 25
    assert made.focal_y == 75
    assert made.width == 400
    assert made.height == 200
    assert "The image is being prepared." in answer.content.decode()
    assert "IMG" not in made.file.name


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.png", head_of_png(60_000, 60_000), "The image has more than 40 million pixels"),
        ("x.jpg", photograph()[:300], "damaged"),
        ("x.pdf", b"%PDF-1.7\n", "This is not a JPEG, PNG or WebP image."),
        ("x.svg", b"<svg onload='alert(1)'>", "This is not a JPEG, PNG or WebP image."),
    ],
    ids=["bomb", "damaged", "paper", "drawing"],
)
def test_file_that_is_no_picture_is_refused_and_the_rest_kept(browser, name, data, reason):
    text = browser.post(ADD, typed(file=SimpleUploadedFile(name, data))).content.decode()
    assert reason in text
    assert [word in text for word in ("A bridge at dawn", "Maria, CC BY 4.0", "2030-01-31")] == [True] * 3
    assert chosen(text) == ["25 75"]
    assert Picture.objects.count() == 0


def test_add_picture_under_another_ending_is_known_by_what_is_in_it(browser):
    browser.post(ADD, typed(file=SimpleUploadedFile("x.jpg", photograph(form="PNG"))))
    with Picture.objects.get().file.open() as file, Image.open(file) as seen:
        assert seen.format == "PNG"


def test_list_is_narrowed_by_words(browser):
    waiting_picture(description="A bridge at dawn")
    waiting_picture(description="A lamp")
    descriptions = [picture.description for picture, _uses in browser.get(f"{LIST}?q=dawn+bridge").context["rows"]]
    assert descriptions == ["A bridge at dawn"]
    assert "No images match this description." in browser.get(f"{LIST}?q=tunnel").content.decode()


def test_list_asks_as_often_for_three_as_for_one(browser):
    ready_picture()
    browser.get(LIST)  # the first request notes when the session began
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(LIST)
        counts.append(len(asked))
        ready_picture()
        ready_picture()
    assert counts[0] == counts[1]


def test_other_part_is_kept_in_view(browser):
    picture = ready_picture()
    text = browser.post(f"{LIST}{picture.pk}/focus/", {"focus": "100 0"}, follow=True).content.decode()
    assert "previews__desk focus-x-100 focus-y-0" in text
    assert chosen(text) == ["100 0"]


def test_unknown_part_is_refused(browser):
    picture = ready_picture()
    answer = browser.post(f"{LIST}{picture.pk}/focus/", {"focus": "7 7"})
    assert "Select a valid choice" in answer.content.decode()
    picture.refresh_from_db()
    assert picture.focal_x == 50
    assert picture.focal_y == 50


def test_picture_whose_agreement_is_over_says_so(browser):
    picture = ready_picture(consent_until=date(2026, 1, 1))
    text = browser.get(f"{LIST}{picture.pk}/").content.decode()
    assert "Nobody can see the image any more;" in text
    assert "<picture>" not in text


def test_picture_is_removed_unless_a_text_shows_it(browser):
    picture = ready_picture()
    page = Page.objects.create(slug="signs")
    publishing_actions.save_draft(page, "el", {"body": f'<img src="{picture.source}" alt="x">'}, by=System("test"))
    path = f"{LIST}{picture.pk}/"
    assert f"/en/workspace/texts/pages.page/{page.pk}/el/" in browser.get(path).content.decode()
    refused = browser.post(f"{path}remove/", CONFIRMED, follow=True).content.decode()
    assert "First remove the image where it is used: signs (el)" in refused
    publishing_actions.save_draft(page, "el", {"body": ""}, by=System("test"))
    assert "The image has been deleted." in browser.post(f"{path}remove/", CONFIRMED, follow=True).content.decode()
    assert browser.get(path).status_code == 404


def test_text_offers_pictures_that_may_be_seen(browser):
    ready, page = ready_picture(description="Ready"), Page.objects.create(slug="signs")
    waiting_picture(description="Waiting")
    text = browser.get(f"/en/workspace/texts/pages.page/{page.pk}/el/").content.decode()
    assert [word in text for word in (f'value="{ready.source}"', "Ready", "Waiting")] == [True, True, False]
