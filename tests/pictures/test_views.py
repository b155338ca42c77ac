"""The sizes of pictures as browsers ask for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from PIL import Image

from partners.memberships.states import Role
from tests.people import person
from tests.photographs import ready_picture, waiting_picture
from victor.audit.models import Entry
from victor.pictures.actions import add_picture, change_focus, remove_picture
from victor.pictures.models import Picture
from victor.pictures.rendering import focus_classes, render_picture
from victor.pictures.states import ADDRESS, PictureFormat

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 6, 10)


def status(picture: Picture, width: int = 320, form: str = "webp") -> int:
    answer = Client().get(f"/pictures/{picture.key}/{width}.{form}")
    b"".join(answer)
    return answer.status_code


@pytest.mark.parametrize("form", PictureFormat)
def test_visitor_gets_a_size(form):
    answer = Client().get(ready_picture().address(320, form))
    with Image.open(BytesIO(b"".join(answer.streaming_content))) as image:
        assert image.format == form.name
        assert image.size == (320, 160)
    headers = [answer[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")]
    assert headers == [f"image/{form}", "public, max-age=86400", "nosniff"]


def test_address_is_as_rich_text_knows_it():
    picture = ready_picture()
    assert ADDRESS.fullmatch(picture.source)[1] == picture.key
    assert len(picture.key) == 22


def test_what_is_not_there_is_not_found():
    picture = ready_picture()
    asked = [(320, "webp"), (640, "webp"), (320, "jpg"), (0, "avif")]
    assert [status(picture, *each) for each in asked] == [200, 404, 404, 404]
    assert Client().get("/pictures/nothing/320.webp").status_code == 404
    assert Client().post(picture.address(320)).status_code == 405


def test_picture_without_sizes_is_not_found():
    picture = waiting_picture()
    assert status(picture) == 404
    assert render_picture(picture, "x", sizes="1rem") == ""


@pytest.mark.parametrize(("day", "seen"), [(9, True), (10, True), (11, False)])
def test_picture_is_seen_up_to_the_last_day_of_agreement(at, day, seen):
    picture = ready_picture(consent_until=LAST_DAY)
    at(datetime(2026, 6, day, 12, tzinfo=UTC))
    assert status(picture) == (200 if seen else 404)
    assert bool(render_picture(picture, "x", sizes="1rem")) == seen
    assert Picture.objects.shown().exists() == seen


def test_no_browser_keeps_a_picture_for_longer_than_agreed(at):
    picture = ready_picture(consent_until=LAST_DAY)
    at(datetime(2026, 6, 10, 20, tzinfo=UTC))  # 23:00 in Athens
    answer = Client().get(picture.address(320))
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert bool(b"".join(answer))


def test_element_says_all_that_a_browser_needs():
    picture = ready_picture(size=(700, 350))
    html = render_picture(picture, 'A "bridge"', sizes="100vw", urgent=True)
    base = f"/pictures/{picture.key}"
    assert f'srcset="{base}/320.avif 320w, {base}/640.avif 640w" sizes="100vw"' in html
    assert f'<img src="{base}/640.webp"' in html
    assert 'width="700" height="350" alt="A &quot;bridge&quot;" fetchpriority="high"' in html


@pytest.mark.parametrize(("focus", "classes"), [((50, 50), "50 50"), ((0, 100), "0 100"), ((36, 40), "25 50")])
def test_focal_point_is_a_class_of_the_style_sheet(focus, classes):
    x, y = classes.split()
    assert focus_classes(Picture(focal_x=focus[0], focal_y=focus[1])) == f"focus-x-{x} focus-y-{y}"


def test_what_is_done_with_a_picture_is_recorded():
    editor = person(Role.EDITOR)
    picture = waiting_picture(by=editor)
    change_focus(picture, (25, 0), by=editor)
    remove_picture(picture, by=editor)
    done = Entry.objects.filter(action__startswith="picture.").order_by("sequence")
    assert [(entry.action, entry.object) for entry in done] == [
        (f"picture.{what}", f"pictures.picture:{picture.pk}") for what in ("added", "focused", "removed")
    ]


def test_who_writes_no_texts_changes_no_pictures():
    worker, picture = person(Role.WORKER), ready_picture()
    with pytest.raises(PermissionDenied):
        add_picture(picture.file, description="x", credit="x", focus=(0, 0), by=worker)
    with pytest.raises(PermissionDenied):
        change_focus(picture, (0, 0), by=worker)
    with pytest.raises(PermissionDenied):
        remove_picture(picture, by=worker)
