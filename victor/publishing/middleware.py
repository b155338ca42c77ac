"""Turns the errors of addresses into answers, and answers with what is new or with parts only.

Readers of feeds and calendars ask again and again: what has not changed has no body. A download that broke off goes on
where it stopped (RFC 9110, sections 13 and 14).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from victor.pagecache.environ import COUNTED_AS
from victor.publishing.errors import PageGone, PageMoved

ASKED_FOR_AGAIN = ("application/atom+xml", "text/calendar")
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)  # several parts at once are never sent
CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True)
class ByteRange:
    """The part of a file from the byte `start` to the one before `end`."""

    start: int
    end: int


class FilePart:
    """Some bytes of an open file, in chunks. Closing it closes the file."""

    def __init__(self, file: IO[bytes], part: ByteRange) -> None:
        self.file, self.left = file, part.end - part.start
        file.seek(part.start)

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (chunk := self.file.read(min(CHUNK_BYTES, self.left))):
            self.left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Close the file."""
        self.file.close()


class MovedPagesMiddleware:
    """Answers with the new address of a page that has moved (301), and says so where it is gone (410)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks this when a view has raised an error."""
        if isinstance(exception, PageMoved):
            return HttpResponsePermanentRedirect(exception.address)
        return render(request, "404.html", status=410) if isinstance(exception, PageGone) else None


class FilePartsMiddleware:
    """Answers with the part of a file that the browser asks for. The download was counted when it began."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        file = response.file_to_stream if isinstance(response, FileResponse) else None
        if not isinstance(response, FileResponse) or file is None or not (size := _offer_parts(response, file)):
            return response
        part = _range_asked(request, response, size)
        if part is None:
            return response
        if part.start > 0:
            request.META.pop(COUNTED_AS, None)
        return _part_response(response, file, part, size)


class UnchangedFeedsMiddleware:
    """Marks feeds and calendars by their content. Who names the mark of the last answer gets only what is new."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.get("Content-Type", "").startswith(ASKED_FOR_AGAIN) or not isinstance(response, HttpResponse):
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response


def _offer_parts(response: FileResponse, file: IO[bytes]) -> int:
    """Say that parts of the file can be had, and which version it is. Returns its size; 0 where there are no parts."""
    size = int(response.get("Content-Length") or 0)
    if response.status_code != HTTPStatus.OK or not file.seekable():
        return 0
    response["Accept-Ranges"] = "bytes"
    if etag := _etag_of(file):
        response["ETag"] = etag
    return size


def _range_asked(request: HttpRequest, response: FileResponse, size: int) -> ByteRange | None:
    """The part that the browser asks for; None for the whole file, or where it began with another version of it."""
    match = RANGE.fullmatch(request.headers.get("Range", "").strip())
    version = request.headers.get("If-Range")
    if match is None or match.groups() == ("", "") or version not in (None, response.get("ETag", "")):
        return None
    first, last = match.groups()
    if not first:
        return ByteRange(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    return ByteRange(int(first), min(int(last) + 1, size) if last else size)


def _part_response(whole: FileResponse, file: IO[bytes], part: ByteRange, size: int) -> HttpResponseBase:
    """The answer with a part of the file, or the refusal of one that does not exist."""
    if part.start >= part.end:
        file.close()  # not the answer itself: that would end the request
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{size}"}
        )
    headers = {name: value for name, value in whole.items() if name != "Content-Length"}
    response = StreamingHttpResponse(FilePart(file, part), status=HTTPStatus.PARTIAL_CONTENT, headers=headers)
    response["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{size}"
    response["Content-Length"] = str(part.end - part.start)
    return response


def _etag_of(file: IO[bytes]) -> str:
    """The mark of a file's version; empty where it is no file on a disk."""
    try:
        status = os.fstat(file.fileno())
    except (AttributeError, OSError):
        return ""
    return f'"{status.st_size:x}-{status.st_mtime_ns:x}"'
