"""The scanner is asked in its own protocol; without an answer a file is neither called clean nor infected."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from victor.files.antivirus import is_infected

EICAR = b"harmful" * 30_000


@pytest.fixture
def scanner(settings, tmp_path) -> Iterator[Callable[[bytes], list[bytes]]]:
    """A daemon that takes one stream and answers; what it was given is in the list."""
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    threads: list[threading.Thread] = []

    def listen(answer: bytes) -> list[bytes]:
        given: list[bytes] = []
        server = socket.socket(socket.AF_UNIX)
        server.bind(settings.CLAMAV_SOCKET)
        server.listen(1)
        threads.append(threading.Thread(target=serve, args=(server, answer, given)))
        threads[-1].start()
        return given

    yield listen
    for thread in threads:
        thread.join(5)


def serve(server: socket.socket, answer: bytes, given: list[bytes]) -> None:
    with server, server.accept()[0] as client, client.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        while size := struct.unpack("!I", stream.read(4))[0]:
            given.append(stream.read(size))
        client.sendall(answer)


@pytest.mark.parametrize(
    ("answer", "infected"),
    [(b"stream: OK\0", False), (b"stream: Eicar FOUND\0", True), (b"INSTREAM size limit exceeded. ERROR\0", None)],
)
def test_answer_of_the_scanner_is_understood(scanner, answer, infected):
    given = scanner(answer)
    assert is_infected(EICAR) is infected
    assert b"".join(given) == EICAR


def test_scanner_that_is_not_there_leaves_it_open(settings, tmp_path: Path):
    assert is_infected(EICAR) is None
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    assert is_infected(EICAR) is None
