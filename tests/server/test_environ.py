"""A request as WSGI describes it."""

from __future__ import annotations

from typing import Any

import pytest

from victor.server.environ import build_environ, has_body


def scope(*headers: tuple[bytes, bytes], **changes: Any) -> dict[str, Any]:
    plain = {"method": "POST", "raw_path": b"/en/", "query_string": b"", "http_version": "1.1", "scheme": "http"}
    return {**plain, "headers": list(headers), "client": ("10.0.0.1", 5), "server": ("127.0.0.1", 80), **changes}


def test_headers_that_come_twice_are_one_line():
    environ = build_environ(scope((b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"2.2.2.2")))
    assert environ["HTTP_X_FORWARDED_FOR"] == "1.1.1.1,2.2.2.2"


def test_cookies_that_come_apart_are_one_line():
    assert build_environ(scope((b"cookie", b"a=1"), (b"cookie", b"b=2")))["HTTP_COOKIE"] == "a=1; b=2"


def test_header_with_an_underscore_is_dropped():
    assert "HTTP_X_FORWARDED_FOR" not in build_environ(scope((b"x_forwarded_for", b"1.1.1.1")))


def test_path_is_the_bytes_that_were_asked_for():
    environ = build_environ(scope(raw_path=b"/el/%CE%B1%00", query_string=b"q=%FF"))
    assert environ["PATH_INFO"].encode("latin-1") == "/el/α\x00".encode()
    assert environ["QUERY_STRING"] == "q=%FF"


@pytest.mark.parametrize(
    ("headers", "version", "expected"),
    [
        ([], "1.1", False),
        ([(b"content-length", b"0")], "1.1", False),
        ([(b"content-length", b"5")], "1.1", True),
        ([(b"transfer-encoding", b"chunked")], "1.1", True),
        ([], "2", True),
    ],
)
def test_body_is_known_before_it_comes(headers, version, expected):
    assert has_body(build_environ(scope(*headers, http_version=version))) == expected
