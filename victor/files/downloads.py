"""Files that a browser saves. It opens none by itself, guesses no type, and no cache keeps one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from collections.abc import Iterator

BYTES, PDF = "application/octet-stream", "application/pdf"


def answer_with_file(name: str, content: bytes | str, content_type: str = BYTES) -> HttpResponse:
    """A file to be saved under this name."""
    return HttpResponse(content, content_type=content_type, headers=_headers(name))


def stream_file(name: str, chunks: Iterator[bytes]) -> StreamingHttpResponse:
    """A file to be saved, in pieces, of a type that no browser opens."""
    return StreamingHttpResponse(chunks, content_type=BYTES, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
