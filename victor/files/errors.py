"""Files that people hand over: known by what is in them, whatever their name says, and pictures made anew.

A picture is decoded and written again, so that nothing is left of what cameras and programs put into it (place,
author, device, preview). One whose head promises more points than `MOST_POINTS` is refused before it is decoded.
"""

from __future__ import annotations

from victor.files.states import UploadFault


class FileRefused(Exception):
    """A file is not taken: why."""

    def __init__(self, fault: UploadFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
