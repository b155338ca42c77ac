"""HTTP by hand, to send what no browser sends: bodies that never end, or that come byte by byte."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import NamedTuple

FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


class RawAnswer(NamedTuple):
    """Status, headers and content."""

    status: int
    head: str
    text: str


def connect(port: int, start: bytes) -> socket.socket:
    """A connection on which the beginning of a request was sent."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(start)
    return connection


def request_head(path: str, *headers: bytes, method: str = "POST") -> bytes:
    """The lines before a body."""
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n".encode() + b"".join(headers) + b"\r\n"


def read_answer(connection: socket.socket) -> RawAnswer:
    """Everything that comes until the server closes, or has sent the length that it named."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head, _, content = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    while len(content) < length:
        content += _some(connection)
    return RawAnswer(int(head.split()[1]), head.decode("latin-1"), content.decode())


def ask(port: int, whole: bytes) -> RawAnswer:
    """The answer to a request that is sent at once."""
    with closing(connect(port, whole)) as connection:
        return read_answer(connection)


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("the server hung up")
    return data
