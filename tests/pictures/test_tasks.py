"""The sizes of pictures: made once, by whoever comes first, and telling nothing of who made the picture."""

from __future__ import annotations

import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from tests.photographs import CANARY, photograph, ready_picture, waiting_picture
from victor.pictures import tasks as pictures_tasks
from victor.pictures.models import Picture, picture_storage
from victor.pictures.periodic import forget_files, sweep
from victor.pictures.states import PictureFormat

pytestmark = pytest.mark.django_db


def stored() -> dict[str, bytes]:
    return {name: Path(picture_storage().path(name)).read_bytes() for name in picture_storage().listdir("")[1]}


def test_makes_each_size_in_each_format_and_none_wider_than_the_original():
    picture = ready_picture(size=(1000, 500))
    seen = {}
    for width in picture.widths:
        for form in PictureFormat:
            with Image.open(picture_storage().path(picture.name(width, form))) as image:
                seen[width, form.value] = (image.format, image.size)
    assert seen == {
        (width, form.value): (form.name, (width, width // 2)) for width in (320, 640, 960) for form in PictureFormat
    }


def test_small_picture_has_its_own_width():
    assert ready_picture(size=(200, 100)).widths == [200]


def test_nothing_is_left_of_what_the_camera_wrote():
    picture = ready_picture()
    assert CANARY.encode() in photograph()
    files = stored()
    assert sorted(files) == sorted(picture.names())
    for data in files.values():
        assert [word in data for word in (CANARY.encode(), b"Exif", b"GPS", b"http://ns.adobe.com")] == [False] * 4
        with Image.open(BytesIO(data)) as image:
            assert dict(image.getexif()) == {}
            assert {"exif", "xmp", "icc_profile", "comment"} & set(image.info) == set()


def test_sizes_are_made_once():
    picture = ready_picture()
    before = {name: picture_storage().get_modified_time(name) for name in picture.names()}
    assert pictures_tasks.make_sizes(picture.pk) == 0
    assert {name: picture_storage().get_modified_time(name) for name in picture.names()} == before


def test_what_a_killed_worker_left_is_written_over():
    picture = waiting_picture()
    left = picture.name(320, PictureFormat.WEBP)
    picture_storage().save(left, ContentFile(b"x" * 100_000))
    pictures_tasks.make_sizes(picture.pk)
    with Image.open(picture_storage().path(left)) as image:
        assert image.size == (320, 160)
    assert len(stored()) == 3


def test_add_picture_queues_its_number_after_the_commit(broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = waiting_picture()
        assert broker.waiting() == []
    assert broker.waiting() == [[picture.pk]]


def test_add_picture_while_the_broker_is_down_leaves_it_to_the_sweep(broker, django_capture_on_commit_callbacks):
    broker.kill()
    with django_capture_on_commit_callbacks(execute=True):
        picture = waiting_picture()
    assert sweep() == 2
    picture.refresh_from_db()
    assert picture.is_shown
    assert sweep() == 0


def test_sweep_does_not_stop_at_a_picture_whose_file_is_gone():
    gone, whole = waiting_picture(), waiting_picture()
    picture_storage().delete(gone.file.name)
    assert sweep() == 2
    assert [each.has_sizes for each in Picture.objects.order_by("pk")] == [False, True]
    assert whole.names() == sorted(stored(), key=whole.names().index)


def test_files_of_removed_pictures_are_forgotten_after_a_day():
    gone, remaining = ready_picture(), ready_picture()
    Picture.objects.filter(pk=gone.pk).delete()
    assert forget_files() == 0
    long_ago = time.time() - 2 * 24 * 60 * 60
    for name in stored():
        os.utime(picture_storage().path(name), (long_ago, long_ago))
    assert forget_files() == 3
    assert sorted(stored()) == sorted(remaining.names())


def test_nothing_is_forgotten_where_there_is_nothing_yet():
    assert forget_files() == 0
