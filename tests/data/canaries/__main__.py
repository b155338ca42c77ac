"""Makes the archive beside it anew: `python tests/data/canaries`. The tests only read the archive.

Beside what the portal's tests have, it needs LibreOffice, ffmpeg, exiftool, qpdf, Ghostscript, and from the package
index python-docx, python-pptx, XlsxWriter, odfpy, fpdf2, img2pdf, reportlab and mutagen.
"""

from __future__ import annotations

import io
import lzma
import tarfile
from pathlib import Path

from images import pictures
from mails import mails
from media import media
from office_marks import mark_docx, mark_open, mark_pptx, mark_xlsx
from office_texts import documents
from papers import papers

ARCHIVE = Path(__file__).with_name("files.tar.xz")
MARKERS = {
    ".docx": mark_docx,
    ".xlsx": mark_xlsx,
    ".pptx": mark_pptx,
    ".odt": mark_open,
    ".ods": mark_open,
    ".odp": mark_open,
}


def main() -> None:
    files = dict([*pictures(), *media()])
    plain = list(documents())
    for name, content in plain:
        if marker := MARKERS.get(Path(name).suffix):
            files[name] = marker(content)
    files |= dict(papers([(name, content) for name, content in plain if name.endswith(".pdf")]))
    attached = [
        ("a.jpg", files["pillow-1-6.jpg"], "image/jpeg"),
        ("a.docx", files["python-docx-1-jpeg.docx"], "application/octet-stream"),
    ]
    files |= dict(mails(attached))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    ARCHIVE.write_bytes(lzma.compress(buffer.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(files)} files, {ARCHIVE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
