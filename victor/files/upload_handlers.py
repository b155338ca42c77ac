"""Confidential uploads stay in memory. They are never written to a disk unencrypted, not even for a moment.

Django would write larger files into a temporary folder. Here a file that is too large is dropped and its name is noted.
So the text that was sent with it arrives, and its sender learns which file did not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import TYPE_CHECKING, cast

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.views.decorators.csrf import csrf_exempt, csrf_protect

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - its type only
    from django.http.response import HttpResponseBase  # noqa: TID251 - its type only

    class UploadRequest(HttpRequest):
        """The request of a view below `uploads_in_memory`, for annotations."""

        rejected_files: list[str]


MEGABYTE = 1024 * 1024
MAX_FILES, MAX_FILE_BYTES, MAX_TOTAL_BYTES = 5, 20 * MEGABYTE, 50 * MEGABYTE


class InMemoryUploadHandler(FileUploadHandler):
    """Keeps files in memory, within limits. `rejected_files` has the names of the others."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.rejected_files: list[str] = []
        self.file_count = self.total_bytes = 0

    def new_file(
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        super().new_file(field_name, file_name, content_type, content_length, charset, content_type_extra)
        self.content: BytesIO | None = BytesIO() if self.file_count < MAX_FILES else None
        self.file_count += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Store the chunk, or drop the file where a limit is passed."""
        if self.content is None:
            return
        self.total_bytes += len(raw_data)
        if start + len(raw_data) > MAX_FILE_BYTES or self.total_bytes > MAX_TOTAL_BYTES:
            self.total_bytes -= start + len(raw_data)
            self.content = None
        else:
            self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The complete file. None for one that was dropped."""
        if self.content is None:
            self.rejected_files.append(str(self.file_name))
            return None
        self.content.seek(0)
        description = (self.field_name, self.file_name, self.content_type, file_size, self.charset)
        return InMemoryUploadedFile(self.content, *description, self.content_type_extra)


def rejected_files(request: HttpRequest) -> list[str]:
    """The names of the files that were too many or too large. The view is below `uploads_in_memory`."""
    return cast("UploadRequest", request).rejected_files


def uploads_in_memory(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep a view's uploads in memory. `rejected_files` names those that were too many or too large.

    Nothing may have read the form before: where CSRF protection reads it first, this has no effect.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        handler = InMemoryUploadHandler(request)
        request.upload_handlers = [handler]
        cast("UploadRequest", request).rejected_files = handler.rejected_files
        return view(request, *args, **kwargs)

    return guarded


def checked_uploads_in_memory(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same for a form with a token, which is checked once the files are in memory: to check it reads the form."""
    return csrf_exempt(uploads_in_memory(csrf_protect(view)))
