"""Bodies over real connections to the real server: their size, their speed, and who waits for them (finding 5)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.bench.server import Server
from tests.server.raw_http import FORM, ask, connect, read_answer, request_head
from victor.server.bodies import MEGABYTE

HELP, REPORT = "/el/help/gr/", "/el/report/gr/"
SLOW_CONNECTIONS = 300
LIMITS = {"BODY_MB": "1", "BODY_SECONDS": "2", "TRUSTED_PROXY_COUNT": "0"}


@pytest.fixture(scope="module")
def server(portal) -> Iterator[Server]:
    with Server("victor.asgi:application", workers=1, environment=portal.environment | LIMITS) as running:
        running.first_byte("/el/")
        yield running


def get(server: Server, path: str) -> int:
    return ask(server.port, request_head(path, method="GET")).status


def test_body_that_is_said_to_be_too_large_is_refused_before_it_comes(server):
    """Finding 5: 99,999,999 bytes were accepted."""
    answer = ask(server.port, request_head(REPORT, FORM, b"Content-Length: 99999999\r\n"))
    assert answer.status == 413
    assert '<html lang="el"' in answer.text
    assert "1\N{NO-BREAK SPACE}MB" in answer.text


def test_body_in_chunks_that_grows_too_large_is_refused(server):
    head = request_head(REPORT, FORM, b"Transfer-Encoding: chunked\r\n")
    with closing(connect(server.port, head)) as connection:
        for _ in range(17):
            connection.sendall(b"10000\r\n" + bytes(65536) + b"\r\n")
        assert read_answer(connection).status == 413


def test_sender_of_a_body_that_is_too_large_sees_the_answer(server):
    head = request_head(REPORT, FORM, b"Content-Length: %d\r\n" % (20 * MEGABYTE))
    with closing(connect(server.port, head)) as connection:
        connection.sendall(bytes(20 * MEGABYTE))
        assert read_answer(connection).status == 413


def test_body_without_length_arrives(server):
    head = request_head("/en/search/", FORM, b"Transfer-Encoding: chunked\r\n")
    answer = ask(server.port, head + b"9\r\nq=orphans\r\n0\r\n\r\n")
    assert answer.status == 200
    assert 'value="orphans"' in answer.text


def test_body_that_never_ends_is_given_up_in_the_language_of_the_reader(server):
    with closing(connect(server.port, request_head(REPORT, FORM, b"Content-Length: 100\r\n"))) as connection:
        connection.sendall(b"danger=")
        answer = read_answer(connection)
    assert answer.status == 408
    assert '<html lang="el"' in answer.text


def test_pages_are_answered_while_many_bodies_are_slow(server, figure):
    """Finding 5: six such connections stopped everything."""
    get(server, HELP)
    with ExitStack() as stack:
        head = request_head(REPORT, FORM, b"Content-Length: 5000\r\n")
        for _ in range(SLOW_CONNECTIONS):
            stack.enter_context(closing(connect(server.port, head))).sendall(b"d")
        began = time.monotonic()
        statuses = [get(server, path) for path in (HELP, "/healthz") * 10]
        report = ask(server.port, request_head(REPORT, FORM, b"Content-Length: 15\r\n") + b"danger=no&at=0&")
        seconds = time.monotonic() - began
    figure(f"seconds for 20 pages and a form beside {SLOW_CONNECTIONS} slow bodies", seconds)
    assert statuses == [200] * 20
    assert report.status == 200


def test_large_answer_arrives_whole(server):
    script = next(Path(settings.STATIC_ROOT).rglob("rich-text.*.js"))
    answer = ask(server.port, request_head(f"/static/{script.relative_to(settings.STATIC_ROOT)}", method="GET"))
    assert answer.text == script.read_text()


def test_header_with_an_underscore_is_not_taken_for_another(server):
    """Who sends `X_Forwarded_Proto` would otherwise choose how the portal is asked."""
    forged = request_head("/healthz", b"X_Forwarded_Proto: https\r\n", b"HOST_: other\r\n", method="GET")
    assert ask(server.port, forged).status == 200


@pytest.mark.parametrize("path", ["/en/%00", "/en/x%00/", "/pictures/x%00/1.webp", "/en/%FF/", "/en/%ED%A0%80/"])
def test_odd_bytes_in_a_path_are_not_found(server, path):
    assert get(server, path) == 404
