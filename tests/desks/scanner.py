"""A ClamAV that answers as a test wants, and when it wants."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

CLEAN, INFECTED = b"stream: OK\0", b"stream: Eicar FOUND\0"


class Scanner:
    """A daemon that takes one file. It answers at once unless `answers` is cleared."""

    def __init__(self, path: str, answer: bytes) -> None:
        self.answer, self.asked, self.answers = answer, Event(), Event()
        self.answers.set()
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(path)
        self.server.listen(1)

    def serve(self) -> None:
        """Read a file, and answer."""
        with self.server.accept()[0] as client, client.makefile("rb") as stream:
            stream.read(len(b"zINSTREAM\0"))
            while size := struct.unpack("!I", stream.read(4))[0]:
                stream.read(size)
            self.asked.set()
            self.answers.wait(60)
            client.sendall(self.answer)


@contextmanager
def scanner(path: str, answer: bytes = CLEAN) -> Iterator[Scanner]:
    """A scanner at this socket, for one file."""
    daemon = Scanner(path, answer)
    thread = Thread(target=daemon.serve)
    thread.start()
    with daemon.server:
        yield daemon
        daemon.answers.set()
        thread.join(60)
