"""Anchors: where the audit log has stood, noted outside the database each hour.

Who owns the database can put back an earlier end of the log, with its genuine seal. An anchor that names a later entry
shows it. A line is `moment number checksum seal`; the seal is made with `AUDIT_KEY`.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import NamedTuple, Self

from django.conf import settings
from django.utils import timezone

from victor.audit.actions import seal_of
from victor.audit.models import Entry

PARTS = 4  # of a line
LAST_BYTES = 8192  # of the file: some fifty lines


class Anchor(NamedTuple):
    """An entry that was the last at a moment, and its checksum."""

    moment: str
    sequence: int
    digest: str

    @classmethod
    def from_line(cls, line: str) -> Self | None:
        """The anchor of a line. None where the line is not one of ours, or was altered."""
        parts = line.split()
        if len(parts) != PARTS or not parts[1].isdecimal():
            return None
        anchor = cls(parts[0], int(parts[1]), parts[2])
        return anchor if hmac.compare_digest(parts[3], anchor.seal()) else None

    def seal(self) -> str:
        """The seal of the line."""
        return seal_of(f"anchor:{self.moment}:{self.sequence}:{self.digest}")

    def line(self) -> str:
        """What is noted: fits on paper, into a mail or into a log."""
        return f"{self.moment} {self.sequence} {self.digest} {self.seal()}"


def current_head() -> Anchor | None:
    """The last entry. None where there is none yet."""
    last = Entry.objects.order_by("-sequence").values_list("sequence", "digest").first()
    return Anchor(timezone.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), *last) if last else None


def anchors_file() -> Path:
    """The file of anchors, in the folder that only the portal writes."""
    return Path(settings.STATE_ROOT) / "audit-anchors"


def write_anchor(anchor: Anchor) -> None:
    """Append an anchor to the file, and see that it has reached the disk."""
    path = anchors_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(f"{anchor.line()}\n")
        file.flush()
        os.fsync(file.fileno())


def stored_lines() -> list[str]:
    """The lines of the file, the oldest first."""
    path = anchors_file()
    return path.read_text().splitlines() if path.exists() else []


def latest_lines() -> list[str]:
    """The lines of the last two days or so, without the older ones being read."""
    path = anchors_file()
    if not path.exists():
        return []
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - LAST_BYTES))
        lines = file.read().decode().splitlines()
    return lines[1:] if size > LAST_BYTES else lines


def find_moved_anchors(lines: list[str]) -> Iterator[str]:
    """Describe each line that the log no longer fits."""
    anchors = [(line, Anchor.from_line(line)) for line in lines if line.strip()]
    numbers = {anchor.sequence for _line, anchor in anchors if anchor}
    digests = dict(Entry.objects.filter(sequence__in=numbers).values_list("sequence", "digest"))
    for line, anchor in anchors:
        if anchor is None:
            yield f"this anchor was altered, or is none: {line[:60]}"
        elif anchor.sequence not in digests:
            yield f"entry {anchor.sequence} was there at {anchor.moment} and is missing"
        elif digests[anchor.sequence] != anchor.digest:
            yield f"entry {anchor.sequence} was another at {anchor.moment}"
