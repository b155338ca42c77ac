"""A request as WSGI describes it (PEP 3333), from what the web server tells."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment

Scope = dict[str, Any]  # of a shape that the web server chooses (ASGI 3)
PLAIN_HEADERS = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
CHUNKED = "victor.chunked"  # a mark: the body comes in chunks, whose number is not known
DROPPED_HEADERS = {"transfer-encoding", "expect"}  # bodies are whole when the site sees them


def build_environ(scope: Scope) -> WSGIEnvironment:
    """The environment of a request without its body."""
    server, client = scope.get("server") or ("localhost", 0), scope.get("client") or ("", 0)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str(client[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope["headers"])
    return environ


def body_length(environ: WSGIEnvironment) -> int | None:
    """How long the body is, as its sender says. None where that is not said, or is no number."""
    text = str(environ.get("CONTENT_LENGTH", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def has_body(environ: WSGIEnvironment) -> bool:
    """Whether something follows the headers. HTTP/2 need not say so."""
    may_follow = environ["SERVER_PROTOCOL"] == "HTTP/2" and environ["REQUEST_METHOD"] not in SAFE_METHODS
    return may_follow or CHUNKED in environ or body_length(environ) not in (0, None)


def _add_headers(environ: WSGIEnvironment, headers: list[tuple[bytes, bytes]]) -> None:
    """Add the headers; what came several times is one line. Names with underscores would be taken for others."""
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name == "transfer-encoding":
            environ[CHUNKED] = True
        if "_" in name or name in DROPPED_HEADERS:
            continue
        key = PLAIN_HEADERS.get(name) or "HTTP_" + name.upper().replace("-", "_")
        separator = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
