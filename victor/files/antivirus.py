"""Asks ClamAV whether a file is harmful, over the Unix socket of its daemon, where one is configured."""

from __future__ import annotations

import socket
import struct

import structlog
from django.conf import settings

from victor.server.turns import TURNS

TIMEOUT = 20.0  # seconds
CHUNK_BYTES = 64 * 1024
log = structlog.get_logger(__name__)


def is_infected(content: bytes) -> bool | None:
    """Whether the scanner warns of a file. None where there is no scanner or it does not answer."""
    if not settings.CLAMAV_SOCKET:
        return None
    try:
        with TURNS.given_away():
            answer = _ask_scanner(content)
    except OSError as failure:
        log.warning("no answer from the scanner", type=type(failure).__name__)
        return None
    if answer.endswith(b"FOUND"):
        return True
    return False if answer.endswith(b"OK") else None


def _ask_scanner(content: bytes) -> bytes:
    """The answer to the command INSTREAM: chunks, each after its length, then an empty one (clamd(8))."""
    with socket.socket(socket.AF_UNIX) as scanner:
        scanner.settimeout(TIMEOUT)
        scanner.connect(settings.CLAMAV_SOCKET)
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK_BYTES):
            piece = content[start : start + CHUNK_BYTES]
            scanner.sendall(struct.pack("!I", len(piece)) + piece)
        scanner.sendall(struct.pack("!I", 0))
        answer = b""
        while piece := scanner.recv(1024):
            answer += piece
    return answer.rstrip(b"\0 \n")
