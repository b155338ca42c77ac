"""Files that come with confidential words: they stay in memory, and never lie in clear on a disk, not for a moment.

Django would write what is larger into a folder for temporary files. Here a file that is too large is let pass by and
remembered by name, so that the words that came with it arrive and their sender learns which file did not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MEGABYTE = 1024 * 1024
MAX_FILES, MAX_FILE_BYTES, MAX_TOTAL_BYTES = 5, 20 * MEGABYTE, 50 * MEGABYTE


class InMemoryUploadHandler(FileUploadHandler):
    """Keeps files in memory, within limits; the names of those beyond are in `rejected_files`."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.rejected_files: list[str] = []
        self.files = self.all = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content: BytesIO | None = BytesIO() if self.files < MAX_FILES else None
        self.files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the piece, or nothing of the file any more."""
        if self.content is None:
            return
        self.all += len(raw_data)
        if start + len(raw_data) > MAX_FILE_BYTES or self.all > MAX_TOTAL_BYTES:
            self.all -= start + len(raw_data)
            self.content = None
        else:
            self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file, whole; None for one that was let pass by."""
        if self.content is None:
            self.rejected_files.append(str(self.file_name))
            return None
        self.content.seek(0)
        named = (self.field_name, self.file_name, self.content_type, file_size, self.charset)
        return InMemoryUploadedFile(self.content, *named, self.content_type_extra)


def uploads_in_memory(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view's files stay in memory; `request.rejected_files` names those that were too many or too large.

    It stands where nothing has read the form yet: a view with a form's token is read before it begins.
    """

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        handler = InMemoryUploadHandler(request)
        request.upload_handlers = [handler]
        request.rejected_files = handler.rejected_files
        return view(request, *args, **kwargs)

    return guarded
