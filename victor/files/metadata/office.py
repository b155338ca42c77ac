"""Copies of office files: written anew from what is on the lists of what is good, and from nothing else.

Word, Excel and PowerPoint (ECMA-376) are in `ooxml.py`, OpenDocument in `opendocument.py`. The lists lie in
`vocabulary/`: names of elements, of attributes, and words that a value may be, taken from the two standards.
"""

from __future__ import annotations

import encodings.cp437  # noqa: F401 - how an archive names its parts; later nothing can be imported
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from victor.files.kinds import OPEN_DOCUMENT
from victor.files.metadata.errors import NoCopy
from victor.files.metadata.made import Made
from victor.files.metadata.ooxml import FAMILIES, copy_ooxml
from victor.files.metadata.opendocument import copy_open_document
from victor.files.metadata.parts import Parts

DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, NotImplementedError, RuntimeError, EOFError, OSError),
    *(ValueError, KeyError, IndexError, TypeError, AttributeError),
)


def clean_office_file(content: bytes) -> Made:
    """The document as it is read, without anything else.

    Raises:
        NoCopy: it is another kind of file, damaged, locked, or made to fill the memory.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = Parts(archive)
            if "content.xml" in parts:
                media_type = _declared_type(parts)
                return copy_open_document(parts, media_type)
            family = next((family for family in FAMILIES if family.main in parts.targets_of_package()), None)
            if family is None:
                raise NoCopy
            return copy_ooxml(parts, family)
    except DAMAGE as damage:
        raise NoCopy from damage


def _declared_type(parts: Parts) -> str:
    declared = parts.read("mimetype").decode("ascii") if "mimetype" in parts else ""
    if declared not in {f"{OPEN_DOCUMENT}{name}" for name in ("text", "spreadsheet", "presentation", "graphics")}:
        raise NoCopy
    return declared
