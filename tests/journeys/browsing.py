"""How a journey goes from one page to the next."""

from __future__ import annotations

from playwright.sync_api import Locator


def follow(control: Locator) -> None:
    """Press a link or button that opens another page, and wait until that page has loaded.

    A bare `click` comes back while the browser still shows the old page, or none: what is read then is of neither.
    """
    with control.page.expect_event("load"):
        control.click()
