"""A picture on its way from a translator's folder to the public page, with a keyboard only."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.photographs import photograph

TEXT = "/en/workspace/texts/pages.page/2/sl/"
ALTERNATIVE = "Most med dvema bregovoma"
SWEEP = "from victor.pictures.periodic import sweep; sweep()"
PUBLISH = """
from victor.access import System
from victor.publishing import actions as publishing_actions
from victor.publishing.models import LanguageVersion
version, us = LanguageVersion.objects.get(object_id=2, content_type__model="page", language="sl"), System("test")
publishing_actions.publish(publishing_actions.approve(publishing_actions.submit(version, by=us), by=us), by=us)
"""


def bring(page: Page) -> None:
    page.goto("/en/workspace/pictures/new/")
    file = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph(size=(1000, 600))}
    page.set_input_files("[name=file]", file)
    page.fill("input[name=description]", "A bridge between shores")
    page.fill("[name=credit]", "VICTOR, CC BY 4.0")
    page.get_by_role("button", name="Add the image").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A bridge between shores")
    expect(page.get_by_text("The image is being prepared.")).to_be_visible()


def put_in(page: Page) -> None:
    page.goto(TEXT)
    page.get_by_role("button", name="Insert an image").press("Enter")
    page.get_by_role("radio", name="A bridge between shores").press("Space")
    page.get_by_label("Description for people who cannot see it").press_sequentially(ALTERNATIVE)
    page.keyboard.press("Enter")
    expect(page.locator(".tiptap img")).to_have_attribute("alt", ALTERNATIVE)
    page.keyboard.press("Control+s")
    expect(page.locator("[data-said]")).to_contain_text("Saved at")


@pytest.mark.usefixtures("picture")
def test_picture_is_brought_put_in_published_and_seen(watch, portal, translator):
    watched = watch()
    watched.page.context.add_cookies([translator])
    bring(watched.page)
    portal.manage("shell", "--no-imports", "-c", SWEEP)
    put_in(watched.page)
    watched.page.goto(TEXT)
    expect(watched.page.locator(".tiptap img")).to_have_attribute("alt", ALTERNATIVE)
    portal.manage("shell", "--no-imports", "-c", PUBLISH)
    visitor = watch()
    visitor.page.goto("/sl/signs/")
    image = visitor.page.get_by_role("img", name=ALTERNATIVE)
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    assert [image.get_attribute(name) for name in ("width", "height", "loading")] == ["1000", "600", "lazy"]
    assert image.evaluate("image => [image.naturalWidth > 0, image.currentSrc.split('.').pop()]") == [True, "avif"]
    assert watched.faults + visitor.faults == []


@pytest.mark.usefixtures("picture")
def test_words_of_a_picture_that_is_chosen_are_changed(watch, translator):
    page = watch().page
    page.context.add_cookies([translator])
    page.goto("/en/workspace/texts/pages.page/3/sl/")
    for words in ("Most", "Drugi most"):
        page.get_by_role("button", name="Insert an image").press("Enter")
        page.get_by_role("radio").first.press("Space")
        page.get_by_label("Description for people who cannot see it").fill(words)
        page.keyboard.press("Enter")
        page.locator(".tiptap img").click()
    expect(page.locator(".tiptap img")).to_have_count(1)
    expect(page.locator(".tiptap img")).to_have_attribute("alt", "Drugi most")


@pytest.mark.usefixtures("picture")
def test_part_of_a_picture_is_chosen_with_arrows(watch, translator):
    watched = watch()
    page = watched.page
    page.context.add_cookies([translator])
    page.goto("/en/workspace/pictures/1/")
    page.get_by_role("radio", name="upper part, right", exact=True).press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The focal point has been saved.")
    expect(page.get_by_role("radio", name="upper part, far right")).to_be_checked()
    assert watched.faults == []
