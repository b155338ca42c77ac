"""A translator at work: what is typed is kept, without a press and without a fault."""

from __future__ import annotations

from playwright.sync_api import expect

TEXT = "/sl/workspace/texts/pages.page/1/sl/"


def test_translator_types_and_finds_it_again(watch, translator):
    watched = watch()
    page = watched.page
    page.context.add_cookies([translator])
    page.goto(TEXT)
    page.fill("[name=title]", "Za strokovnjakinje in strokovnjake")
    page.get_by_role("textbox", name="besedilo").press_sequentially("Nova beseda. ")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-said]")).to_contain_text("Shranjeno ob")
    page.goto(TEXT)
    expect(page.locator("[name=title]")).to_have_value("Za strokovnjakinje in strokovnjake")
    expect(page.get_by_role("textbox", name="besedilo")).to_contain_text("Nova beseda.")
    assert watched.faults == []


def test_two_at_once_lose_nothing(watch, translator):
    first, second = (watch().page for _ in range(2))
    for page in (first, second):
        page.context.add_cookies([translator])
        page.goto(TEXT)
    for page, words in ((first, "Prva"), (second, "Druga")):
        page.fill("[name=title]", words)
        page.locator(".texts > .actions button").click()
    expect(second.get_by_role("alert")).to_contain_text("Prva")
    expect(second.locator("[name=title]")).to_have_value("Druga")
