"""The environment of the demo: its servers and its secrets."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.fernet import Fernet

from victor.embedded.postgres import NAME, PROCESSES, database_server
from victor.embedded.sharing import ROOT
from victor.embedded.valkey import broker


def var() -> Path:
    """The folder of all data that stay between two starts."""
    return Path(os.environ.get("VICTOR_VAR", ROOT / "var")).resolve()


def port() -> int:
    """The port on which the demo answers."""
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SystemExit(f"PORT: is {text!r}; expected a number from 1 to 65535")
    return int(text)


@contextlib.contextmanager
def environment() -> Iterator[dict[str, str]]:
    """The variables for our child processes while the servers run."""
    variables = dict(os.environ)
    with contextlib.ExitStack() as servers:
        if "DATABASE_URL" not in variables:
            variables["DATABASE_URL"] = servers.enter_context(database_server(var() / "pg"))
        if not {"BROKER_URL", "CACHE_URL"} <= variables.keys():
            socket = servers.enter_context(broker(var() / "valkey"))
            variables.setdefault("BROKER_URL", f"redis+socket://{socket}")
            variables.setdefault("CACHE_URL", f"redis://{socket}?db=1")
        yield _demo() | variables


def for_processes(variables: dict[str, str]) -> dict[str, str]:
    """The variables of web, worker and beat: in the embedded database they have a role that owns nothing."""
    if "DATABASE_URL" in os.environ:
        return variables
    url = variables["DATABASE_URL"].replace(f"//{NAME}@", f"//{PROCESSES}@", 1)
    return variables | {"DATABASE_URL": url}


def _demo() -> dict[str, str]:
    return _secrets() | {
        "DEMO": "yes",
        "LOG_LEVEL": "warning",  # the terminal shows the address and the accounts, not each request
        "SITE_URL": f"http://localhost:{port()}",
        "EMAIL_URL": f"filemail://{var() / 'mail'}",
        "STATIC_ROOT": str(var() / "static"),
        "MEDIA_ROOT": str(var() / "media"),
        "FILES_ROOT": str(var() / "files"),
        "STATE_ROOT": str(var() / "state"),
        "VAULT_ROOT": str(var() / "vault"),
        "DJANGO_SETTINGS_MODULE": "victor.settings",
    }


def _secrets() -> dict[str, str]:
    """The secrets of this demo. They are random and made once, since a demo may be reached from elsewhere."""
    path = var() / "secrets.json"
    generated = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "AUDIT_KEY": secrets.token_urlsafe(40),
        "RECEIPT_KEY": secrets.token_urlsafe(40),
        "DUPLICATES_KEY": secrets.token_urlsafe(40),
        "FACTS_KEY": secrets.token_urlsafe(40),
    }
    stored: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    if not generated.keys() <= stored.keys():
        stored = generated | stored
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(stored, file)
    return stored
