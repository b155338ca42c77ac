"""Files that a browser saves. It opens none by itself, guesses no type, and no cache keeps one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models.fields.files import FieldFile

BYTES, PDF = "application/octet-stream", "application/pdf"


def answer_with_file(name: str, content: bytes | str, content_type: str = BYTES) -> HttpResponse:
    """A file to be saved under this name."""
    return HttpResponse(content, content_type=content_type, headers=_headers(name))


def answer_with_stored_file(name: str, file: FieldFile, content_type: str) -> FileResponse:
    """A file of a storage, to be saved under this name. It is sent in pieces and closed when it was sent."""
    content, headers = file.open(), _headers(name)
    return FileResponse(content, as_attachment=True, filename=name, content_type=content_type, headers=headers)


def stream_file(name: str, chunks: Iterator[bytes]) -> StreamingHttpResponse:
    """A file to be saved, in pieces, of a type that no browser opens."""
    return StreamingHttpResponse(chunks, content_type=BYTES, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
