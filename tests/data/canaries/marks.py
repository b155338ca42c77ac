"""The words that are looked for, and how they get into archives and files."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

CANARY = "canary-5813"
SEEN = "Lantern"  # a word that everybody can read in the original, and in the copy


def mark(place: str) -> str:
    """The word for a place."""
    return f"{CANARY}-{place}_"


class Archive:
    """The parts of an office file, to be changed and written anew."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            self.parts = {entry.filename: packed.read(entry) for entry in packed.infolist() if not entry.is_dir()}

    def put(self, name: str, content: str | bytes) -> None:
        """Write a part."""
        self.parts[name] = content.encode() if isinstance(content, str) else content

    def change(self, name: str, pattern: str, new: str | Callable[[re.Match[str]], str], count: int = 1) -> None:
        """Change the first place in a part that matches. It has to be there."""
        text, times = re.subn(pattern, new, self.parts[name].decode(), count=count, flags=re.DOTALL)
        if not times:
            raise ValueError(f"{name}: {pattern}")
        self.parts[name] = text.encode()

    def first(self, pattern: str) -> str:
        """The name of the first part that matches."""
        return next(name for name in sorted(self.parts) if re.fullmatch(pattern, name))

    def has(self, pattern: str) -> bool:
        """Whether there is such a part."""
        return any(re.fullmatch(pattern, name) for name in self.parts)

    def rename(self, old: str, new: str) -> None:
        """Give a part another name, wherever it is named."""
        self.parts[new] = self.parts.pop(old)
        short_old, short_new = old.rpartition("/")[2].encode(), new.rpartition("/")[2].encode()
        for name in self.parts:
            if name.endswith((".xml", ".rels", ".rdf")):
                self.parts[name] = self.parts[name].replace(short_old, short_new)

    def packed(self) -> bytes:
        """The archive, with a remark of its own."""
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in sorted(self.parts, key=lambda name: name != "mimetype"):
                how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                packed.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 12, 0, 0)), self.parts[name], how)
            packed.comment = mark("zip-comment").encode()
        return buffer.getvalue()
