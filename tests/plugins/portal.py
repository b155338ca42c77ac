"""The whole portal for browser tests: the real web server on a database of its own, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.plugins.migrated import make_loaded, server, url_of
from tests.plugins.preloaded import Commands
from tests.waiting import wait_until

MOST_SECONDS = 60  # that a browser waits for something, on a machine that has much else to do
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# The same browser without windows. With windows, a page of a busy machine may get no frame at all and stand still.
HEADLESS = shutil.which("chromium-headless-shell") or CHROMIUM
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]


@dataclass
class Portal:
    """A running portal: its address, where its mails arrive as files, and Django's commands on its database."""

    url: str
    mails: Path
    environment: dict[str, str]

    @cached_property
    def commands(self) -> Commands:
        """The process that runs Django's commands on its database."""
        return Commands.start(self.environment)

    def manage(self, *arguments: str) -> str:
        """What a command of Django's printed."""
        code, printed, errors = self.commands.run(*arguments)
        assert code == 0, errors
        return printed


def free_port() -> int:
    """A port on which nothing listens yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal with the real partnership and the demo accounts."""
    port = free_port()
    name = f"portal_{os.getpid()}"
    template, loaded = make_loaded()
    with server() as query:
        query.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    mails, folder = tmp_path_factory.mktemp("mail"), tmp_path_factory.mktemp("portal")
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    environment = os.environ | {
        "DATABASE_URL": url_of(name),
        "SITE_URL": f"http://localhost:{port}",
        "EMAIL_URL": f"filemail://{mails}",
        "FILES_ROOT": f"{folder}/files",
        "VAULT_ROOT": f"{folder}/vault",
    }
    running = Portal(f"http://localhost:{port}", mails, environment)
    process = _serve(port, environment)
    yield running
    running.commands.end()
    process.terminate()
    process.wait(30)


def _serve(port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--backpressure", "2048", "--log-level", "error", "victor.asgi:application"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    wait_until(lambda: process.poll() is not None or _answers(port), pause=0.1)
    assert process.poll() is None
    return process


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except OSError:
        return False


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, where it is installed."""
    if HEADLESS is None:
        pytest.skip("Chromium is missing: `make browser` installs it")
    with driver() as playwright:
        browser = playwright.chromium.launch(executable_path=HEADLESS, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def driver() -> Iterator[Playwright]:
    """Playwright, whose loop runs in the thread of the tests from here on.

    Django keeps its connections by thread, and by context where a loop runs. So tests before, during and after the
    driver's time have different connections: each is closed before it is out of sight, so that the database can be
    dropped.
    """
    connections.close_all()
    with sync_playwright() as playwright:
        expect.set_options(timeout=MOST_SECONDS * 1000)
        yield playwright
        connections.close_all()


@dataclass
class WatchedPage:
    """A page, and everything about it that must not happen."""

    page: Page
    faults: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)


@pytest.fixture
def watch(chromium: Browser, portal: Portal) -> Iterator[Callable[..., WatchedPage]]:
    """Open a fresh context whose console errors, refused resources and foreign hosts are collected."""
    contexts: list[BrowserContext] = []

    def open_page(**options: object) -> WatchedPage:
        context = chromium.new_context(base_url=portal.url, reduced_motion="reduce", **options)
        context.set_default_timeout(MOST_SECONDS * 1000)
        contexts.append(context)
        watched = WatchedPage(context.new_page())
        watched.page.on("console", lambda message: message.type == "error" and watched.faults.append(message.text))
        watched.page.on("pageerror", lambda error: watched.faults.append(str(error)))
        watched.page.on("request", lambda request: watched.hosts.add(request.url.split("/")[2]))
        return watched

    yield open_page
    for context in contexts:
        context.close()
