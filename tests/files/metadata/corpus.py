"""The files of `tests/data/canaries`, made once by the script there, and what the portal makes of them."""

from __future__ import annotations

import csv
import lzma
import tarfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from victor.files import sandbox
from victor.files.metadata.copies import CleanCopy, make_clean_copy
from victor.files.metadata.errors import NoCopy

FOLDER = Path(__file__).resolve().parents[2] / "data" / "canaries"
ARCHIVE = FOLDER / "files.tar.xz"
CANARY = "canary-5813"


@cache
def originals() -> dict[str, bytes]:
    """The content of each file, by its name."""
    with tarfile.open(fileobj=BytesIO(lzma.decompress(ARCHIVE.read_bytes()))) as archive:
        return {entry.name: archive.extractfile(entry).read() for entry in archive}


@cache
def copies() -> dict[str, CleanCopy | None]:
    """The copy of each, None where none is made."""
    results: dict[str, CleanCopy | None] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "WALL_SECONDS", 120.0)  # how fast this machine is now does not matter here
        for name, content in originals().items():
            try:
                results[name] = make_clean_copy(content, seconds=120)
            except NoCopy:
                results[name] = None
    return results


def ending(name: str) -> str:
    return name.rpartition(".")[2]


def places() -> dict[str, set[str]]:
    """Where each format has room for words that its readers do not see."""
    with (FOLDER / "places.tsv").open() as file:
        return {row["format"]: set(row["places"].split()) for row in csv.DictReader(file, delimiter="\t")}
