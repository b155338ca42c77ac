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
MOST_FILES, MOST_OF_ONE, MOST_OF_ALL = 5, 20 * MEGABYTE, 50 * MEGABYTE


class InMemory(FileUploadHandler):
    """Keeps files in memory, within limits; the names of those beyond are in `passed_by`."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.passed_by: list[str] = []
        self.files = self.all = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content: BytesIO | None = BytesIO() if self.files < MOST_FILES else None
        self.files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the piece, or nothing of the file any more."""
        if self.content is None:
            return
        self.all += len(raw_data)
        if start + len(raw_data) > MOST_OF_ONE or self.all > MOST_OF_ALL:
            self.all -= start + len(raw_data)
            self.content = None
        else:
            self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file, whole; None for one that was let pass by."""
        if self.content is None:
            self.passed_by.append(str(self.file_name))
            return None
        self.content.seek(0)
        named = (self.field_name, self.file_name, self.content_type, file_size, self.charset)
        return InMemoryUploadedFile(self.content, *named, self.content_type_extra)


def kept_in_memory(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view's files stay in memory; `request.passed_by` names those that were too many or too large.

    It stands where nothing has read the form yet: a view with a form's token is read before it begins.
    """

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        handler = InMemory(request)
        request.upload_handlers = [handler]
        request.passed_by = handler.passed_by
        return view(request, *args, **kwargs)

    return guarded
