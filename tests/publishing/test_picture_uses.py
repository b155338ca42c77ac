"""Images in texts: none goes public without its alternative text, and none is removed while a text shows it."""

from __future__ import annotations

import pytest

from tests.photographs import ready_picture
from victor.access import System
from victor.pages.models import Page
from victor.pictures.actions import remove_picture
from victor.pictures.errors import InUse
from victor.pictures.models import Picture
from victor.pictures.uses import uses_of
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts
from victor.publishing.errors import Incomplete
from victor.publishing.models import LanguageVersion

pytestmark = pytest.mark.django_db
US = System("test")


def texts(picture: Picture | None = None, alternative: str = "A bridge") -> dict[str, str]:
    image = f'<img src="{picture.source}" alt="{alternative}">' if picture else ""
    return {"title": "Signs", "summary": "Signs", "body": f"<p>Signs</p>{image}"}


@pytest.fixture
def page() -> Page:
    return Page.objects.create(slug="signs")


@pytest.mark.parametrize("alternative", ["", " "])
def test_publishing_an_image_without_alternative_text_is_refused_by_name(page, alternative):
    with pytest.raises(Incomplete) as refused:
        bundled_texts.publish_bundled(page, "en", texts(ready_picture(), alternative), by=US)
    assert refused.value.missing == ["the alternative text of an image in “text”"]


def test_image_is_saved_published_and_found_by_what_it_shows(page):
    picture = ready_picture()
    bundled_texts.publish_bundled(page, "en", texts(picture), by=US)
    assert page.body_en == f'<p>Signs</p><img src="{picture.source}" alt="A bridge">'
    assert "A bridge" in page.search_documents.get(language="en").text


def test_picture_in_a_draft_is_not_removed(page):
    picture = ready_picture()
    publishing_actions.save_draft(page, "el", texts(picture), by=US)
    with pytest.raises(InUse) as refused:
        remove_picture(picture, by=US)
    assert [str(use) for use in refused.value.uses] == ["signs (el)"]


def test_picture_that_is_public_is_not_removed_though_the_draft_has_lost_it(page):
    picture = ready_picture()
    bundled_texts.publish_bundled(page, "en", texts(picture), by=US)
    publishing_actions.save_draft(page, "en", texts(), by=US)
    assert [use.language for use in uses_of([picture])[picture]] == ["en"]


def test_picture_of_earlier_versions_only_is_removed(page):
    picture, other = ready_picture(), ready_picture()
    bundled_texts.publish_bundled(page, "en", texts(picture), by=US)
    bundled_texts.publish_bundled(page, "en", texts(other), by=US)
    assert {each: len(uses) for each, uses in uses_of([picture, other]).items()} == {other: 1}
    remove_picture(picture, by=US)
    assert list(Picture.objects.all()) == [other]


def test_picture_of_a_text_that_was_taken_back_is_removed_once_the_draft_has_lost_it(page):
    picture = ready_picture()
    bundled_texts.publish_bundled(page, "en", texts(picture), by=US)
    publishing_actions.unpublish(LanguageVersion.objects.of(page).get(), by=US)
    publishing_actions.save_draft(page, "en", texts(), by=US)
    remove_picture(picture, by=US)
    assert Picture.objects.count() == 0
