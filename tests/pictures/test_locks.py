"""A picture is decoded while its row is free, and by one worker only."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from tests.connections import another_connection
from tests.free_rows import before_slow_work, rows_free_before
from tests.photographs import photograph, waiting_picture
from victor.pictures.models import Picture, picture_storage
from victor.pictures.tasks import make_sizes

pytestmark = pytest.mark.django_db(transaction=True)


def test_make_sizes_decodes_while_the_picture_is_free():
    picture = waiting_picture()
    with rows_free_before("a decoder", Picture.objects.all()) as free:
        assert make_sizes(picture.pk) == len(picture.names()) - 1
    assert free
    assert all(free)


def test_make_sizes_leaves_a_picture_on_which_another_worker_is_at_work():
    picture, counts = waiting_picture(), []
    with another_connection() as submit:

        def ask_other_worker() -> None:
            counts.append(submit(make_sizes, picture.pk).result())

        with before_slow_work("a decoder", ask_other_worker):
            make_sizes(picture.pk)
    assert set(counts) == {0}


def test_make_sizes_after_a_worker_that_failed_makes_them():
    picture = waiting_picture()
    picture_storage().delete(picture.file.name)
    with pytest.raises(OSError, match="No such file"):
        make_sizes(picture.pk)
    picture_storage().save(picture.file.name, ContentFile(photograph()))
    with another_connection() as submit:
        assert submit(make_sizes, picture.pk).result() > 0
