"""A ClamAV that answers as a test wants, and when it wants."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

COMMAND = b"zINSTREAM\0"
CLEAN, INFECTED = b"stream: OK\0", b"stream: Eicar FOUND\0"


class Scanner:
    """A daemon that takes one file, whose `content` it shows. It answers at once unless `answers` is cleared."""

    def __init__(self, path: str, answer: bytes) -> None:
        self.answer, self.content, self.asked, self.answers = answer, b"", Event(), Event()
        self.answers.set()
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(path)
        self.server.listen(1)

    def serve(self) -> None:
        """Read a file, and answer."""
        with self.server.accept()[0] as client, client.makefile("rb") as stream:
            assert stream.read(len(COMMAND)) == COMMAND
            while size := struct.unpack("!I", stream.read(4))[0]:
                self.content += stream.read(size)
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
