"""What the web server starts: the site in threads, behind a loop that reads what is sent to it."""

from __future__ import annotations

import os
import resource
import sys
from importlib import import_module
from wsgiref.types import WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "victor.settings")

from victor.wsgi import application as site, pages  # isort: skip  # sets Django up

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError
from django.http import parse_cookie

from victor.server.bodies import MEGABYTE, BodyLimits
from victor.server.bridge import Bridge, StoredPage, raw_headers

SWITCH_SECONDS = 0.0001  # after which a busy thread lets another run: no page waits for a file that is read
MAX_OPEN_FILES = 16_384  # each connection is one


def has_account(environ: WSGIEnvironment) -> bool:
    """Whether the request comes from somebody who is logged in, who may send larger files."""
    key = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    try:
        return SESSION_KEY in import_module(settings.SESSION_ENGINE).SessionStore(key).load()
    except (DatabaseError, ValueError):
        return False


def stored_page(environ: WSGIEnvironment) -> StoredPage | None:
    """The page in the cache that answers a request. Its reader is counted."""
    answer = pages.stored_answer(environ)
    if answer is None:
        return None
    site.count(environ, answer.use)
    return raw_headers(answer.headers), answer.body


def _allow_open_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_OPEN_FILES if hard == resource.RLIM_INFINITY else min(MAX_OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


sys.setswitchinterval(SWITCH_SECONDS)
_allow_open_files()
application = Bridge(
    site,
    BodyLimits(
        largest=settings.BODY_MB * MEGABYTE,
        largest_of_staff=settings.STAFF_BODY_MB * MEGABYTE,
        memory=settings.BODY_MEMORY_MB * MEGABYTE,
        seconds=settings.BODY_SECONDS,
    ),
    has_account,
    stored_page,
)
