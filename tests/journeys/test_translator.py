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
        page.locator(".texts > .actions button").first.click()
    expect(second.get_by_role("alert")).to_contain_text("Prva")
    expect(second.locator("[name=title]")).to_have_value("Druga")


def test_text_says_at_once_that_it_is_not_saved_and_review_takes_what_is_in_the_fields(watch, translator):
    page = watch().page
    page.context.add_cookies([translator])
    page.goto(TEXT)
    page.fill("[name=summary]", "Povzetek, ki je na zaslonu")
    expect(page.locator("[data-said]")).to_have_text("Še ni shranjeno")
    page.get_by_role("button", name="Shrani in pošlji v pregled").click()
    expect(page.locator("[data-text-state]")).to_have_text("V pregledu")
    expect(page.locator("main")).to_contain_text("Povzetek, ki je na zaslonu")
    expect(page.locator("[name=summary]")).to_have_count(0)
    page.get_by_role("button", name="Vrni v osnutek in uredi").click()
    expect(page.locator("[name=summary]")).to_have_value("Povzetek, ki je na zaslonu")
    expect(page.locator("[data-text-state]")).to_have_text("Osnutek")


def test_text_is_kept_while_the_connection_is_gone(watch, translator):
    page = watch().page
    page.context.add_cookies([translator])
    page.goto(TEXT)
    page.route("**/autosave/", lambda route: route.abort())
    page.fill("[name=summary]", "Brez povezave")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-said]")).to_contain_text("ni povezave")
    page.unroute("**/autosave/")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-said]")).to_contain_text("Shranjeno ob")
