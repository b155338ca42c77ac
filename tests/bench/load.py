"""A load generator: `python -m tests.bench.load PORT PATH SECONDS MOST` asks one after the other on one connection.

Only this machine, only so long and so often as told. Prints JSON: answers, seconds, and the slowest of 19 in 20 in ms.
"""

from __future__ import annotations

import json
import socket
import sys
import time

# One whose readings are counted.
READER = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"


class Connection:
    """Keep-alive, and no more of HTTP than is needed to know where an answer ends: the client must not be the brake."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: {READER}\r\n\r\n".encode()

    def ask(self) -> tuple[bytes, bytes]:
        """Head and body of one answer."""
        self.socket.sendall(self.request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._some()
        head, _, body = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        while len(body) < length:
            body += self._some()
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"expected 200, got {head[:60]!r}")
        return head, body

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def _some(self) -> bytes:
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server hung up")
        return data


def hammer(port: int, path: str, *, seconds: float, most: int) -> dict[str, float]:
    """Ask until the time is over or the number reached."""
    connection, times = Connection(port, path), []
    started = last = time.perf_counter()
    while last - started < seconds and len(times) < most:
        connection.ask()
        now = time.perf_counter()
        times.append(now - last)
        last = now
    return {"answers": len(times), "seconds": last - started, "p95": sorted(times)[len(times) * 19 // 20] * 1000}


if __name__ == "__main__":
    port, path, seconds, most = sys.argv[1:]
    print(json.dumps(hammer(int(port), path, seconds=float(seconds), most=int(most))))
