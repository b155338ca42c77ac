"""Attacks on a portal of this machine: `python -m tests.bench.attacks PORT SECONDS KIND …`.

Each request comes from a place of its own, as from many machines: nothing is held up by counting places. The portal has
to trust one proxy for that.
"""

from __future__ import annotations

import random
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from uuid import uuid4

from desks.intake import receipts
from tests.files.hostile_files import film_of_many_chunks, pdf_of_blanks, png_of, word_of_elements
from tests.waiting import wait_for_moment

COUNTRY = "/en/report/gr/"
ANSWERS = {"danger": "no", "story": "Junk", "contact": "no", "at": "2", "go": "send"}
GUESSERS, UPLOADERS, SLOW_CONNECTIONS = 20, 2, 60
SLOW_PAUSE = 0.5  # seconds between two bytes
FILES: dict[str, Callable[[], bytes]] = {
    "films": film_of_many_chunks,
    "office": lambda: word_of_elements(40),
    "pictures": lambda: png_of(10_000, 6_000),
    "pdfs": lambda: pdf_of_blanks(1000),
}


def guess(port: int, until: float) -> None:
    """Type one made-up receipt after the other."""
    while time.monotonic() < until:
        digits = "".join(receipts.receipt_digits(receipts.new_receipt()))
        post(port, "/en/report/return/", f"receipt={digits}".encode(), "application/x-www-form-urlencoded")


def upload(port: int, until: float, content: bytes) -> None:
    """Send one report after the other with a hostile file."""
    while time.monotonic() < until:
        boundary = uuid4().hex
        body = b"".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in ANSWERS.items()
        )
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'.encode()
        body += head + content + f"\r\n--{boundary}--\r\n".encode()
        post(port, COUNTRY, body, f"multipart/form-data; boundary={boundary}")


def trickle(port: int, until: float) -> None:
    """Send many bodies byte by byte; whoever is hung up on comes again."""
    head = f"POST {COUNTRY} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n"
    connections: list[socket.socket | None] = [None] * SLOW_CONNECTIONS
    while time.monotonic() < until:
        for number, connection in enumerate(connections):
            try:
                if connection is None:
                    connections[number] = connection = socket.create_connection(("127.0.0.1", port), timeout=30)
                    connection.sendall(f"{head}X-Forwarded-For: {place()}\r\n\r\n".encode())
                connection.sendall(b"a")
            except OSError:
                connections[number] = None
        wait_for_moment(time.monotonic() + SLOW_PAUSE)
    for connection in filter(None, connections):
        with closing(connection):
            pass


def post(port: int, path: str, body: bytes, content_type: str) -> None:
    """Send a body and wait for an answer, whatever it is."""
    headers = {"Content-Type": content_type, "X-Forwarded-For": place()}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
    with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()


def place() -> str:
    """The address of somebody who has not been here before."""
    return ".".join(str(random.randrange(1, 255)) for _ in range(4))


def attack(port: int, seconds: float, kinds: list[str]) -> None:
    """Attack in all these ways until the time is over."""
    until = time.monotonic() + seconds
    threads = []
    for kind in kinds:
        if kind in FILES:
            content = FILES[kind]()
            threads += [threading.Thread(target=upload, args=(port, until, content)) for _ in range(UPLOADERS)]
        elif kind == "receipts":
            threads += [threading.Thread(target=guess, args=(port, until)) for _ in range(GUESSERS)]
        elif kind == "slow":
            threads.append(threading.Thread(target=trickle, args=(port, until)))
        else:
            raise ValueError(f"no such attack: {kind}")
    for thread in threads:
        thread.start()
    print("attacking", flush=True)
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    attack(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
