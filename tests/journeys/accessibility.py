"""What axe finds on a page by WCAG 2.2 AA, and which combinations are looked at how often.

`make test` looks at the public pages, the check-in and the questionnaires in one combination of language and size,
`make test-long` at all pages in three languages, each in one size, `make prove ARGS=axe` (`VICTOR_AXE=full`) at all
combinations, Serbian in both scripts, and at every rule in both colour schemes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, product

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

FULL = os.environ.get("VICTOR_AXE") == "full"
LANGUAGES = [code for code, _name in settings.LANGUAGES] if FULL else ["en", "el", "bg"]
SIZES = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 800}}
# In short every language is looked at in one size, and each size in some language.
OPPOSITES = [("phone", "light"), ("desk", "dark")]  # each size and each scheme once
LOOKS = list(product(LANGUAGES, SIZES)) if FULL else list(zip(LANGUAGES, cycle(["desk", "phone"]), strict=False))
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Nothing but colours differs between the schemes, so that the dark one is looked at by their rules, unless in full.
SCHEMES = {"light": WCAG, "dark": WCAG if FULL else COLOURS}


@contextmanager
def shown_whole(page: Page) -> Iterator[None]:
    """A window as high as the page, so that nothing lies under what stays in sight while one scrolls."""
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": page.evaluate("document.documentElement.scrollHeight")})
    yield
    page.set_viewport_size(size)


def violations(page: Page) -> list[tuple[str, str, str]]:
    """What is wrong with a page: the scheme, the rule and the element."""
    rows = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        with shown_whole(page):
            answer = Axe().run(page, options=rules).response
        rows += [(scheme, violation["id"], violation["nodes"][0]["html"]) for violation in answer["violations"]]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return rows


def is_too_wide(page: Page) -> bool:
    """Whether somebody has to scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def faults_of(page: Page) -> list[str]:
    """What is wrong with a page in the scheme that it is shown in: rules of axe with their elements, and "too wide"."""
    with shown_whole(page):
        answer = Axe().run(page, options=WCAG).response
    faults = [f"{rule['id']}: {node['html']}" for rule in answer["violations"] for node in rule["nodes"]]
    return faults + ["too wide"] * is_too_wide(page)
