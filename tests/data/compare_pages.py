"""Compare what the portal answers before and after a change of its code that must change nothing but words.

`python -m tests.data.compare_pages record FILE` restores the installation of `tests/data`, brings it to the structure
of this code, stops the clock at its moment, and keeps what is answered: each route to each role by GET and by POST,
every public page in eight languages, every page of the workspace to each role, the presses of visitors, all mails, and
what the clock does in the half year that follows. Nothing that is asked leaves anything behind; only the half year
does.

`python -m tests.data.compare_pages compare BEFORE AFTER [--strings MAP]` prints in what two recordings differ, the most
frequent first, and ends with 1 where they do. Lines of the map are `old text<TAB>new text`, as in the catalogues
(`%(name)s` and `{name}` stand for anything, `\\n` for a line's end); an old text may stand in several lines. What the
map explains is not a difference.

Nothing of the portal is named here but its URLs, its tables, its Celery tasks and the functions that write mails. Where
a table or a function has another name, a line `old name<TAB>new name` in a file given as `--names` says so; several new
names mean that each is given what the one before returned. `tests/data/names_since_before.tsv` has those of today:

    git worktree add ../before 7b6ea16   # with this script, `tests/installation.py` and `tests/data` put beside its own
    python -m tests.data.compare_pages record before.pages.xz
    python -m tests.data.compare_pages record after.pages.xz --names tests/data/names_since_before.tsv
    python -m tests.data.compare_pages compare before.pages.xz after.pages.xz --strings strings.tsv
"""

from __future__ import annotations

import argparse
import csv
import difflib
import functools
import hashlib
import html
import importlib
import inspect
import io
import json
import lzma
import os
import random
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock
from urllib.parse import urljoin

import django
import pypdfium2
import time_machine
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.cache import cache as kept_between
from django.core.management import call_command, get_commands
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import translation
from django.utils.module_loading import import_string

from tests import installation
from victor.embedded.postgres import database_server
from victor.embedded.valkey import broker

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk")
WITH_VAULT = ("worker", "supervisor")
OVER = "budapest-2026"  # the seminar that has everything, of which somebody reads each language
STAFF_LANGUAGES = ("en", "el")
NEXT = "?next="  # where a vault is unlocked: each page has a link of its own to it
MOST_PAGES = 400  # of the workspace to one role in one language: lists have endless filters
HEADERS = (
    *("Content-Type", "Content-Disposition", "Content-Language", "Location", "Cache-Control", "Vary", "Allow"),
    *("Content-Security-Policy", "Referrer-Policy", "X-Robots-Tag", "X-Frame-Options", "Permissions-Policy"),
)
PARTS = ("addresses", "crawl", "presses", "routes", "workspace", "mails", "clock")
FOR_MACHINES = ("/", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz")
STAFF_ONLY = re.compile(r"^/\w\w/(accounts|admin|workspace|invitations)/")
HALF_A_YEAR = (0, 0.04, 1, 2, 3, 8, 9, 10, 16, 21, 27, 28, 29, 31, 33, 40, 60, 90, 105, 120, 135, 160, 183)  # days
NOT_BY_THE_CLOCK = {"mail.sweep", "mail.forget"}  # what was written has to stay to be looked at

ZONE = re.compile(r"^BEGIN:VTIMEZONE\n.*?^END:VTIMEZONE\n", re.MULTILINE | re.DOTALL)
NORMAL = [
    (re.compile(r"(/static/[^\"'\s)<>]*?)\.[0-9a-f]{12}(\.\w+)"), r"\1\2"),
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*'), r"\1TOKEN"),
    (re.compile(r'(nonce=")[^"]*'), r"\1NONCE"),
    (re.compile(r"'nonce-[^']*'"), "'nonce-NONCE'"),
    (re.compile(r"\b[0-9a-f]+:\w{6}:[-\w]{43}\b"), "SIGNED"),
    (re.compile(r"\r\n"), "\n"),
]


# --- What is asked


class Recorder:
    """Asks, and keeps what is answered; each answer once, however often it is given."""

    def __init__(self, names: dict[str, str]) -> None:
        self.known, self.names = installation.secrets(), names
        self.part = ""
        self.answers: dict[str, list[Any]] = {}
        self.bodies: dict[str, str] = {}

    def keep(self, key: str, status: Any, headers: dict[str, str], body: str) -> None:
        """Keep an answer."""
        digest = hashlib.sha256(body.encode()).hexdigest()[:24]
        self.bodies[digest] = body
        self.answers[f"{self.part} · {key}"] = [status, headers, digest]

    def ask(self, browser: Client, key: str, address: str, data: dict[str, Any] | None = None) -> str:
        """Ask by GET, or by POST where there is something to send, undo it all, and return the page."""
        cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
        kept_between.clear()
        with chance(key), transaction.atomic():
            response = browser.get(address) if data is None else browser.post(address, data)
            content = b"".join(response) if response.streaming else response.content
            response.close()
            transaction.set_rollback(True)
        translation.activate("en")
        headers = {name: header(name, response[name]) for name in HEADERS if name in response}
        headers |= {f"Cookie {name}": _flags(morsel) for name, morsel in response.cookies.items()}
        browser.cookies.clear()
        browser.cookies.load(cookies)
        body = readable(content, response.get("Content-Type", ""))
        self.keep(key, response.status_code, headers, body)
        return content.decode() if "text/html" in response.get("Content-Type", "") else ""

    def write(self, path: Path) -> None:
        """Write it all down."""
        whole = json.dumps({"answers": self.answers, "bodies": self.bodies}, ensure_ascii=False, sort_keys=True)
        path.write_bytes(lzma.compress(whole.encode(), preset=2))
        print(f"{len(self.answers)} answers, {len(self.bodies)} of them different, in {path}")


def record(path: Path, names: dict[str, str], only: list[str]) -> None:
    """Ask everything of the installation that is kept, or some parts only."""
    recorder = Recorder(names)
    with time_machine.travel(installation.moment(), tick=False):
        for part in PARTS:
            if part in (only or PARTS):
                recorder.part = part
                globals()[part](recorder)
                print(f"{part}: {len(recorder.answers)} answers so far", flush=True)
    recorder.write(path)


def addresses(recorder: Recorder) -> None:
    """All addresses there are, and whether each of them asks for a right."""
    found = sorted(_addresses(get_resolver().url_patterns, "", ""))
    recorder.keep("all", 200, {}, "\n".join(found))


def _addresses(patterns: Any, namespace: str, path: str) -> Iterator[str]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _addresses(pattern.url_patterns, inner, here)
        else:
            access = getattr(pattern.callback, "access", None)
            yield f"{namespace}{pattern.name} {here} {getattr(access, 'permission', access)}"


def routes(recorder: Recorder) -> None:
    """Each route to each role by GET and by POST; to those who have a vault also while it is open."""
    for role in ("visitor", *recorder.known["roles"], *(f"{role} with vault" for role in WITH_VAULT)):
        browser = browser_of(recorder, role)
        for route, several in sorted(recorder.known["addresses"].items()):
            for address in several:
                recorder.ask(browser, f"{route} · {role} · GET {address}", address)
                recorder.ask(browser, f"{route} · {role} · POST {address}", address, {})


def crawl(recorder: Recorder) -> None:
    """Every public page in every language, and what machines ask for."""
    call_command_of_search()
    browser = Client(raise_request_exception=False)
    waiting, seen = (
        [f"/{code}/" for code in LANGUAGES] + ["/", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz"],
        set(),
    )
    waiting += [f"/{code}/search/?q={word}" for code in LANGUAGES for word in ("116", "victor", "seminar", "lamp")]
    while waiting:
        address = waiting.pop()
        if address not in seen:
            seen.add(address)
            page = recorder.ask(browser, address, address)
            waiting += [link for link in links(page, address) if not STAFF_ONLY.match(link) and link.count("=") < 2]


def call_command_of_search() -> None:
    """Build the index of the search, which the dump lacks."""
    by_the_clock("publishing.rebuild_search")


def workspace(recorder: Recorder) -> None:
    """Every page of the workspace to each role, the vault open where there is one."""
    for role in recorder.known["roles"]:
        browser = browser_of(recorder, f"{role} with vault" if role in WITH_VAULT else role)
        for language in STAFF_LANGUAGES:
            start = f"/{language}/workspace/"
            waiting, seen = [start], set[str]()
            while waiting and len(seen) < MOST_PAGES:
                address = waiting.pop(0)
                if address not in seen:
                    seen.add(address)
                    page = recorder.ask(browser, f"{role} · {address}", address)
                    waiting += [link for link in links(page, address) if link.startswith(start) and NEXT not in link]


def presses(recorder: Recorder) -> None:
    """What visitors type: a concern, a receipt, a registration, a certificate's code."""
    receipts, tokens = recorder.known["receipts"], recorder.known["tokens"]
    first = {"danger": "no", "reporter": "child", "at": "0", "go": "next"}
    second = first | {"story": "A lamp", "ages": ["6-11"], "at": "1"}
    last = second | {"contact": "yes", "how": "1", "notice": "a@demo.example", "at": "2", "go": "send"}
    some = {"name": "Maria", "email": "maria@demo.example", "profession": "police", "organisation": "Police"}
    some |= {"organisation_type": "law_enforcement", "country": "GR", "language": "el", "need": "A ramp"}
    seminar = next(each for each in recorder.known["addresses"]["trainings:register"] if "demo-full" in each)[3:]
    for place, code in enumerate(LANGUAGES):  # who sends much from one place waits
        browser = Client(raise_request_exception=False, REMOTE_ADDR=f"10.0.0.{place}")
        tried = {
            "report/gr/": [
                first,
                second,
                last,
                last | {"danger": "yes"},
                {"at": "1", "go": "next"},
                last | {"reporter": "other"},
            ]
        }
        tried["report/return/"] = [{"receipt": each["digits"]} for each in receipts.values()]
        tried["report/return/"] += [{"receipt": receipts["whole"]["words"]}, {"receipt": "lamp"}, {"receipt": "1" * 21}]
        whole = {"receipt": receipts["whole"]["digits"]}
        tried["report/return/"] += [whole | {"do": "write", "text": "More"}, whole | {"do": "notice", "notice": "no"}]
        tried["report/return/"] += [whole | {"do": each} for each in ("agree", "decline", "forget", "delete")]
        tried["report/receipt/"] = [{"shown": whole["receipt"], "typed": each} for each in (whole["receipt"], "12")]
        tried[seminar] = [some, some | {"name": "?"}, some | {"email": "nothing"}]
        tried["accounts/login/"] = [{"login": "worker@demo.victor.example", "password": "wrong"}]
        tried["accounts/password/reset/"] = [{"email": "worker@demo.victor.example"}, {"email": "nobody@else.example"}]
        tried[f"invitations/{tokens['invitation']}/"] = [{"name": "Ira", "password1": "a"}]
        for path, several in tried.items():
            for number, data in enumerate(several):
                recorder.ask(browser, f"/{code}/{path} · {number}", f"/{code}/{path}", data)
        certified, offered = tokens["certified"], tokens["place offered"]
        read = ["certificates/?code=", f"certificates/?code={tokens['code']}", f"certificates/{tokens['code']}/"]
        read += [f"seminars/place/{token}/" for name, token in tokens.items() if name.startswith("place ")]
        read += [f"seminars/place/{certified}/{rest}" for rest in ("", "questions/follow_up/", "questions/after/")]
        for address in [*read, f"seminars/place/{offered}/", "no-such-page/", "seminars/place/1:wrong/"]:
            recorder.ask(browser, f"/{code}/{address}", f"/{code}/{address}")


# --- What is written


def mails(recorder: Recorder) -> None:
    """Every mail that the portal can write, in eight languages."""
    seminar_mails(recorder)
    mailings(recorder)
    staff_mails(recorder)
    account_mails(recorder)


def seminar_mails(recorder: Recorder) -> None:
    """To participants: the seminar that is over has one who reads each language."""
    people = rows(recorder, "trainings_registration", state="confirmed", seminar__slug=OVER)
    certificate = rows(recorder, "trainings_certificate").filter(revoked_at__isnull=False).first()
    plain = "registration_received place_confirmed place_waiting place_offered offer_lapsed place_given_up not_admitted"
    for name in f"{plain} seminar_cancelled registered_before".split():
        for one in people:
            one.offer_ends = installation.moment() + timedelta(days=2)
            written(recorder, f"{name} {one.language} {one.pk}", name, one)
    for one in people:
        for name in ("certificate_ready", "certificate_replaced", "certificate_revoked"):
            written(recorder, f"{name} {one.language} {one.pk}", name, one, certificate)
        for stage in ("before", "after", "reaction", "follow_up"):
            written(recorder, f"questions {stage} {one.language} {one.pk}", "questions_wait", one, stage)
        written(recorder, f"questions also {one.language} {one.pk}", "questions_wait", one, "after", also="reaction")


def mailings(recorder: Recorder) -> None:
    """To many participants: those that exist, and one of each kind."""
    model = model_of(recorder, "trainings_mailing")
    seminar = rows(recorder, "trainings_seminar", slug=OVER).get()
    kinds = [value for value, _label in model._meta.get_field("kind").choices]
    every = [*model.objects.order_by("pk"), *(model(seminar=seminar, kind=kind) for kind in kinds)]
    one = rows(recorder, "trainings_registration", state="confirmed", seminar=seminar).first()
    for number, mailing in enumerate(every):
        if mailing.pk is None and mailing.kind == "words":
            continue
        for code in LANGUAGES:
            key = f"mailing {number} {mailing.kind} {code}"
            one.language = code
            wording = call(recorder, key, "wording_of", mailing, code)
            if wording is not None:
                written(recorder, key, "written_to", one, wording)


def staff_mails(recorder: Recorder) -> None:
    """To colleagues, to those who are invited, and to reporters."""
    user, group = rows(recorder, "accounts_user").first(), rows(recorder, "vault_group").first()
    invitation = rows(recorder, "accounts_invitation").first()
    for code in LANGUAGES:
        user.language = invitation.language = code
        written(recorder, f"something waits {code}", "something_waits", user)
        written(recorder, f"words wait {code}", "words_wait", "reporter@demo.example", language=code)
        to_athens = {"token": "a-token", "place": "Athens", "organisation_name": "Athens", "path_of": accepting}
        written(recorder, f"invited {code}", "invited", invitation, **to_athens)
        with translation.override(code), transaction.atomic():
            rows(recorder, "accounts_user").update(language=code)
            written(recorder, f"recovery asked {code}", "recovery_asked", group)
            written(recorder, f"recovered {code}", "recovered", group)
            transaction.set_rollback(True)


def accepting(token: str) -> str:
    """The address of the page that accepts an invitation."""
    return reverse("partners:accept_invitation", args=[token])


def account_mails(recorder: Recorder) -> None:
    """What allauth writes to those who have an account."""
    adapter, request = import_string(settings.ACCOUNT_ADAPTER)(), RequestFactory().get("/en/")
    user = rows(recorder, "accounts_user").first()
    more = {"ip": "10.0.0.1", "user_agent": "Lamp", "timestamp": installation.moment(), "code": "ABC", "key": "KEY"}
    more |= {
        "password_reset_url": "http://testserver/en/x/",
        "activate_url": "http://testserver/en/y/",
        "email": "a@b.example",
    }
    more |= {"from_email": "a@b.example", "to_email": "c@d.example", "request": request, "user": user, "username": ""}
    folders = [
        Path(inspect.getfile(importlib.import_module("allauth"))).parent / "templates" / name / "email"
        for name in ("account", "mfa")
    ]
    prefixes = sorted(
        f"{path.parent.parent.name}/email/{path.name.removesuffix('_subject.txt')}"
        for folder in folders
        for path in folder.glob("*_subject.txt")
    )
    within = import_string("allauth.core.context.request_context")
    for prefix in prefixes:
        for code in LANGUAGES:
            user.language = code
            with within(request):
                sent(recorder, f"{prefix} {code}", adapter.send_mail, prefix, user.email, dict(more))


def clock(recorder: Recorder) -> None:
    """What the clock does in half a year: how much, as each task says, and the mails that it writes."""
    for days in HALF_A_YEAR:
        with time_machine.travel(installation.moment() + timedelta(days=days), tick=False):
            for entry in sorted(set(current_app.conf.beat_schedule) - NOT_BY_THE_CLOCK):
                last = outbox()
                with chance(f"{entry} {days}"):
                    found = by_the_clock(entry)
                told = "\n\n".join([f"returns {found}", *sorted(since(last))])
                recorder.keep(f"{days} days later · {entry}", "done", {}, readable(told.encode(), "text/plain"))


def by_the_clock(entry: str) -> Any:
    """Run a task of the schedule here and now."""
    return current_app.tasks[current_app.conf.beat_schedule[entry]["task"]]()


def written(recorder: Recorder, key: str, name: str, *given: Any, **named: Any) -> None:
    """Keep the mail that a function of that name writes."""
    found = function(recorder, name)
    if found is None:
        recorder.keep(key, "no such function", {}, name)
    else:
        names = inspect.signature(found).parameters
        sent(recorder, key, found, *given, **{name: value for name, value in named.items() if name in names})


def sent(recorder: Recorder, key: str, write: Callable[..., Any], *given: Any, **named: Any) -> None:
    """Keep the mails that a call puts into the outbox, and undo it."""
    last = outbox()
    with chance(key), transaction.atomic():
        mail = write(*given, **named)
        if hasattr(mail, "send"):  # it was returned, and not put into the outbox
            mail.send()
        told = "\n\n".join(sorted(since(last)))
        transaction.set_rollback(True)
    recorder.keep(key, "written", {}, readable(told.encode(), "text/html"))


def call(recorder: Recorder, key: str, name: str, *given: Any) -> Any:
    """What a function of that name returns."""
    found = function(recorder, name)
    if found is None:
        recorder.keep(key, "no such function", {}, name)
        return None
    return found(*given)


def function(recorder: Recorder, name: str) -> Callable[..., Any] | None:
    """The function of that name, or of the name that it has now, wherever among the portal's modules it is."""
    steps = [own_function(part) for part in recorder.names.get(name, name).split()]
    if None in steps or len(steps) == 1:
        return steps[0]
    return functools.wraps(steps[0])(lambda *given, **named: _one_after_another(steps, *given, **named))


def own_function(name: str) -> Callable[..., Any] | None:
    """The function of that name, wherever among the portal's modules it is."""
    return next((getattr(module, name) for module in own_modules() if hasattr(module, name)), None)


def _one_after_another(steps: list[Any], *given: Any, **named: Any) -> Any:
    value = steps[0](*given, **named)
    for step in steps[1:]:
        value = step(value)
    return value


@cache
def own_modules() -> list[Any]:
    """The modules that write mails: those that are called so and say so."""
    paths = [path for path in sorted(ROOT.rglob("*.py")) if re.search(r"emails|mails|wordings|mailings", str(path))]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths if path.is_relative_to(ROOT)]
    wanted = [name for name in names if name.split(".")[0] in {"victor", "partners", "desks", "trainings", "campaigns"}]
    wanted.sort(key=lambda name: (name.split(".")[-1] not in {"emails", "mails", "wordings"}, name))
    return [importlib.import_module(name.removesuffix(".__init__")) for name in wanted if "migrations" not in name]


def model_of(recorder: Recorder, table: str) -> Any:
    """The model that lies in a table."""
    table = recorder.names.get(table, table)
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def rows(recorder: Recorder, table: str, **asked: Any) -> Any:
    """Rows of a table."""
    return model_of(recorder, table)._base_manager.filter(**asked).order_by("pk")


def outbox() -> int:
    """The number of the last mail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM mail_message")
        return cursor.fetchone()[0]


def since(last: int) -> Iterator[str]:
    """The mails that came after one: to whom, in which language, and every word."""
    words_of = own_function("content_of")
    model = next(model for model in apps.get_models() if model._meta.db_table == "mail_message")
    for message in model._base_manager.filter(pk__gt=last):
        text, html_text = words_of(message) if words_of else (message.text, message.html)
        row = [message.recipient, message.sender, message.language, message.subject, text, html_text]
        yield "\n".join(row)


# --- What is answered, without what is another thing each time


@contextmanager
def chance(key: str) -> Iterator[None]:
    """Chance is the same whenever the same is asked; each length of bytes has dice of its own, so that a number of
    one kind does not depend on how many of another kind were thrown before."""
    dice: dict[int, random.Random] = {}

    def thrown(size: int) -> bytes:
        return dice.setdefault(size, random.Random(f"{key} {size}")).randbytes(size)

    with mock.patch("os.urandom", thrown), mock.patch("random._urandom", thrown):
        yield


def browser_of(recorder: Recorder, role: str) -> Client:
    """A browser in which somebody of the installation is logged in, perhaps with their vault open."""
    browser = Client(raise_request_exception=False)
    if role == "visitor":
        return browser
    role, _with, vault = role.partition(" with ")
    email = recorder.known["roles"][role]
    with chance(f"log in {role}{vault}"):
        user = rows(recorder, "accounts_user", email=email).get()
        browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        if vault:
            answer = browser.post(
                reverse("workspace:vault_unlock"), {"passphrase": recorder.known["passphrases"][email]}
            )
            assert answer.status_code == 302, "the vault does not open"
    return browser


def links(page: str, address: str) -> list[str]:
    """Where a page leads on this site."""
    found = [urljoin(address, html.unescape(link)).split("#")[0] for link in re.findall(r'href="([^"]*)"', page)]
    inside = [link.removeprefix("http://testserver") for link in found]
    return [link for link in inside if link.startswith("/") and not link.startswith(("/static/", "//"))]


def normal(text: str) -> str:
    """A text without what is another thing each time."""
    for pattern, instead in NORMAL:
        text = pattern.sub(instead, text)
    return text


def header(name: str, value: str) -> str:
    """A header, likewise; the order of its directives is nobody's."""
    if name == "Content-Security-Policy":
        value = "; ".join(sorted(value.split("; ")))
    return normal(value)


def calendar(text: str) -> str:
    """A calendar whose time zones are in the order of their names: theirs is by chance."""
    zones = iter(sorted(ZONE.findall(text)))
    return ZONE.sub(lambda _zone: next(zones), text)


def readable(content: bytes, kind: str) -> str:
    """What is in an answer, as lines that can be compared."""
    if content.startswith(b"%PDF-") and len(content) > 100:
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _zip(content)
    try:
        text = normal(content.decode())
    except UnicodeDecodeError:
        return hashlib.sha256(content).hexdigest()
    if text.startswith("BEGIN:VCALENDAR"):
        text = calendar(text)
    if "html" in kind or "xml" in kind or "svg" in kind:
        text = re.sub(r"\s*(<[^>]*>)\s*", _own_line, text)
    return "\n".join(line for each in text.split("\n") if (line := " ".join(each.split(" ")).strip()))


def _own_line(tag: re.Match[str]) -> str:
    """A tag on a line of its own; that there was a space beside it is kept, since it is seen."""
    whole = tag[0]
    return f"{' ' if whole[0].isspace() else ''}\n{' '.join(tag[1].split())}\n"


def _pdf(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        return f"PDF of {len(pages)} pages\n{document.get_metadata_value('Title')}\n" + "\n".join(pages).replace(
            "\r", ""
        )


def _zip(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(f"--- {name}\n{readable(packed.read(name), 'text/xml')}" for name in packed.namelist())


def _flags(morsel: Any) -> str:
    said = {name: value for name, value in morsel.items() if value and name != "expires"}
    return " ".join(f"{name}={value}" for name, value in sorted(said.items())) + (
        " emptied" if not morsel.value else ""
    )


# --- In what they differ


class Strings:
    """What stands for which old text now."""

    def __init__(self, path: Path | None) -> None:
        self.exact: dict[str, list[str]] = defaultdict(list)
        self.patterns: list[tuple[re.Pattern[str], str, list[str]]] = []
        for old, new in _pairs(path):
            self.exact[_plain(old)].append(_plain(new))
        for old, news in self.exact.items():
            if PLACEHOLDER.search(old) and len(PLACEHOLDER.sub("", old)) > 2:
                self.patterns.append((_pattern(old), old, news))
        self.parts: dict[str, list[str]] = defaultdict(list)  # by how they begin, the longest first
        for old in sorted((old for old in self.exact if len(old) >= BEGINNING), key=len, reverse=True):
            self.parts[old[:BEGINNING]].append(old)
        self.known: dict[tuple[str, str], bool] = {}

    def explain(self, old: str, new: str) -> bool:
        """Whether an old text became this one."""
        if (old, new) not in self.known:
            self.known[old, new] = False  # while it is looked for: a text of a placeholder alone stands for anything
            self.known[old, new] = self._explains(old, new)
        return self.known[old, new]

    def _explains(self, old: str, new: str) -> bool:
        if old == new or new in self.exact.get(old, ()):
            return True
        for pattern, words, news in self.patterns:
            if (found := pattern.fullmatch(old)) and any(self._filled(found, words, each, new) for each in news):
                return True
        return self.explain_parts(old, new)

    def explain_parts(self, old: str, new: str) -> bool:
        """Whether it did when each old text in it is put in new words."""
        for pattern, words, news in self.patterns:
            if "<" in words and (found := pattern.search(old)):
                values = dict(zip(PLACEHOLDER.findall(words), found.groups(), strict=True))
                filled = [PLACEHOLDER.sub(lambda name: values.get(name[0], ""), each) for each in news]  # noqa: B023
                becomes = next((each for each in filled if each in new), found[0])
                old = old[: found.start()] + becomes + old[found.end() :]
        return self._by_parts(old, new) == new

    def _filled(self, found: re.Match[str], words: str, becomes: str, new: str) -> bool:
        names = PLACEHOLDER.findall(words)
        if (now := _pattern(becomes).fullmatch(new)) is None:
            return False
        before = dict(zip(names, found.groups(), strict=True))
        after = dict(zip(PLACEHOLDER.findall(becomes), now.groups(), strict=True))
        return all(name in before and self.explain(before[name], value) for name, value in after.items())

    def _by_parts(self, old: str, new: str) -> str:
        pieces, place = [], 0
        while place < len(old):
            several = self.parts.get(old[place : place + BEGINNING], ())
            part = next((part for part in several if old.startswith(part, place)), "")
            news = self.exact[part] if part else [old[place]]
            pieces.append(next((text for text in (*news, part) if text and text in new), news[0]))
            place += len(part) or 1
        return "".join(pieces)


BEGINNING = 4  # letters: shorter texts are in too many others
TAG = re.compile(r" ?(<[^>]*>) ?")
AROUND = 12  # lines: so far apart are the ends of a sentence that has links or other tags in it
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def _pairs(path: Path | None) -> Iterator[tuple[str, str]]:
    if path is None:
        return
    with path.open(newline="", encoding="utf-8") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) > 1 and row[0] != row[1]:
                yield row[0].replace("\\n", "\n"), row[1].replace("\\n", "\n")


def _pattern(text: str) -> re.Pattern[str]:
    pieces = PLACEHOLDER.split(text)
    return re.compile("(.*?)".join(map(re.escape, pieces)), re.DOTALL)


def _plain(text: str) -> str:
    """A text as it is read: on one line, with no space beside a tag, and no letter escaped."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
    return TAG.sub(r"\1", re.sub(r"[ \n\u00a0\u202f]+", " ", html.unescape(text))).strip()


def compare(before: Path, after: Path, strings: Strings, most: int) -> int:
    """Print in what they differ; how many differences there are."""
    old, new = (json.loads(lzma.decompress(path.read_bytes())) for path in (before, after))
    for one, other in ((old, new), (new, old)):  # what only one of them has recorded is not compared
        parts = {key.partition(" · ")[0] for key in other["answers"]}
        one["answers"] = {key: kept for key, kept in one["answers"].items() if key.partition(" · ")[0] in parts}
    groups: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)  # of answers, each once
    known: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for key in sorted(old["answers"].keys() | new["answers"].keys()):
        if key not in old["answers"] or key not in new["answers"]:
            groups["is there" if key in old["answers"] else "", "is there" if key in new["answers"] else ""][key] = None
            continue
        for hunk in _hunks(_whole(old, key), _whole(new, key), strings, known):
            groups[hunk][key] = None
    ranked = sorted(groups.items(), key=lambda each: (-len(each[1]), each[0]))
    for (was, now), keys in ranked[:most]:
        print(f"\n=== {len(keys)} answers, such as\n    " + "\n    ".join([*keys][:3]))
        print("\n".join([f"- {line}" for line in was.split("\n")] + [f"+ {line}" for line in now.split("\n")]))
    answers = len({key for keys in groups.values() for key in keys})
    print(f"\n{len(old['answers'])} answers before, {len(new['answers'])} after:", end=" ")
    print(f"{len(groups)} differences in {answers} answers")
    return len(groups)


def _whole(recording: Any, key: str) -> str:
    """An answer, as lines."""
    status, headers, digest = recording["answers"][key]
    return "\n".join(
        [
            f"status {status}",
            *(f"{name}: {value}" for name, value in sorted(headers.items())),
            recording["bodies"][digest],
        ]
    )


def _hunks(
    old: str, new: str, strings: Strings, known: dict[tuple[str, str], list[tuple[str, str]]]
) -> list[tuple[str, str]]:
    if old == new:
        return []
    if (old, new) not in known:
        was, now = old.split("\n"), new.split("\n")
        matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
        known[old, new] = [
            ("\n".join(was[a:b]), "\n".join(now[c:d]))
            for tag, a, b, c, d in matcher.get_opcodes()
            if tag != "equal"
            and not _explained(was[a:b], now[c:d], strings)
            and not strings.explain_parts(_around(was, a, b), _around(now, c, d))
        ]
    return known[old, new]


def _around(lines: list[str], start: int, end: int) -> str:
    return _plain("\n".join(lines[max(0, start - AROUND) : end + AROUND]))


def _explained(was: list[str], now: list[str], strings: Strings) -> bool:
    """Whether the map says why: line by line, or all lines of a place together."""
    if len(was) == len(now) and all(_same(old, new, strings) for old, new in zip(was, now, strict=True)):
        return True
    return strings.explain(_plain(" ".join(was)), _plain(" ".join(now)))


def _same(old: str, new: str, strings: Strings) -> bool:
    if not (old.startswith("<") and new.startswith("<")):
        return strings.explain(_plain(old), _plain(new))
    if VALUE.sub('=""', old) != VALUE.sub('=""', new):
        return False
    both = zip(VALUE.findall(old), VALUE.findall(new), strict=True)
    return all(strings.explain(_plain(was), _plain(now)) for was, now in both)


VALUE = re.compile(r'="([^"]*)"')


# --- How it is started


@contextmanager
def installed() -> Iterator[None]:
    """The installation of before on servers of its own, in the structure of this code, with Django set up."""
    with TemporaryDirectory() as place, ExitStack() as servers:
        folder = Path(place)
        url = servers.enter_context(database_server(folder / "pg", durable=False))
        socket = servers.enter_context(broker(folder / "valkey"))
        installation.restore(url)
        installation.restore_files(folder)
        os.environ.update(installation.environment(folder))
        os.environ.update(
            DEMO="yes",
            SITE_URL="http://testserver",
            ALLOWED_HOSTS="testserver,localhost",
            DATABASE_URL=url,
            BROKER_URL=f"redis+socket://{socket}",
            CACHE_URL=f"redis://{socket}?db=1",
            EMAIL_URL=f"filemail://{folder / 'mail'}",
            STATIC_ROOT=str(folder / "static"),
            LOG_LEVEL="error",
            DJANGO_SETTINGS_MODULE="victor.settings",
        )
        django.setup()
        translation.activate("en")
        for command in ("compile_catalogues", "migrate", "collectstatic"):
            if command in get_commands():
                options = {"interactive": False} if command == "collectstatic" else {}
                call_command(command, verbosity=0, **options)
        current_app.loader.import_default_modules()
        yield
        connection.close()


def main() -> int:
    """Record, or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("file", type=Path)
    recording.add_argument("--only", nargs="+", choices=PARTS, default=[], help="some parts only")
    recording.add_argument("--names", type=Path, help="old name<TAB>new name of functions and tables")
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--strings", type=Path, help="old text<TAB>new text")
    comparing.add_argument("--most", type=int, default=200, help="so many groups of differences are printed")
    given = parser.parse_args()
    if given.command == "compare":
        return 1 if compare(given.before, given.after, Strings(given.strings), given.most) else 0
    with installed():
        record(given.file.resolve(), dict(_pairs(given.names)), given.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
