"""Formats of files, and why a file is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class FileFormat(TextChoices):
    """The formats that the site publishes. The value is the suffix of the file's name."""

    PDF = "pdf", "PDF"
    JPEG = "jpg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"
    MP3 = "mp3", "MP3"
    MP4 = "mp4", "MP4"


class UploadFault(TextChoices):
    """Why a file is refused."""

    UNKNOWN = "unknown", pgettext_lazy("fault of a file", "This is not a PDF, JPEG, PNG, WebP, MP3 or MP4 file.")
    DISGUISED = "disguised", pgettext_lazy("fault of a file", "The content of the file does not match its name.")
    TOO_LARGE = (
        "too_large",
        pgettext_lazy(
            "fault of a file", "The file is too large. The limit is 200 MB for videos and 40 MB for other files."
        ),
    )
    NOT_A_PICTURE = "no_picture", pgettext_lazy("fault of a file", "This is not a JPEG, PNG or WebP image.")
    TOO_MANY_POINTS = "points", pgettext_lazy("fault of a file", "The image has more than 40 million pixels.")
    BROKEN = "broken", pgettext_lazy("fault of a file", "The image is damaged and cannot be read.")


CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MissingPart(TextChoices):
    """What of the original is not in a copy without metadata. The values are stored."""

    ANIMATIONS = "animations", pgettext_lazy("not in the copy", "animations")
    ATTACHMENTS = "attachments", pgettext_lazy("not in the copy", "some attachments")
    CHANGES = "changes", pgettext_lazy("not in the copy", "tracked changes")
    COMMENTS = "comments", pgettext_lazy("not in the copy", "comments and notes")
    FIELDS = "fields", pgettext_lazy("not in the copy", "fields that name the author or the file")
    FORMULAS = "formulas", pgettext_lazy("not in the copy", "formulas without a result")
    HIDDEN = "hidden", pgettext_lazy("not in the copy", "hidden parts")
    LINKS = "links", pgettext_lazy("not in the copy", "addresses of links")
    OBJECTS = "objects", pgettext_lazy("not in the copy", "embedded files and objects")
    PICTURES = "pictures", pgettext_lazy("not in the copy", "some images")
    TRACKS = "tracks", pgettext_lazy("not in the copy", "other tracks of the recording")


MEDIA_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.JPEG: "image/jpeg",
    FileFormat.PNG: "image/png",
    FileFormat.WEBP: "image/webp",
    FileFormat.MP3: "audio/mpeg",
    FileFormat.MP4: "video/mp4",
}
