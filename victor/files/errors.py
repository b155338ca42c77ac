"""What can be refused of a file."""

from __future__ import annotations

from victor.files.states import UploadFault


class FileRefused(Exception):
    """A file is refused, with the reason."""

    def __init__(self, fault: UploadFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
