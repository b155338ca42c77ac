"""What the page of a report shows of its files: kind, size, length, and what of the original is not in the copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desks.inbox.forms import ReasonForm
from desks.reports.envelopes import verify_attachment
from desks.reports.models import Attachment
from victor.files.kinds import KINDS
from victor.files.states import MissingPart
from victor.vault.records.actions import FileInfo, read_file_infos

if TYPE_CHECKING:
    from desks.reports.models import Report
    from victor.vault.keys.keyring import UnlockedVault


@dataclass
class AttachedFile:
    """A file of a report, as colleagues see it in the list. Its own name stays in the vault."""

    attachment: Attachment
    original: FileInfo
    clean: FileInfo | None
    reason: ReasonForm  # asks a colleague for the original

    @property
    def kind(self) -> str:
        """What it is: that of the copy, or of the original where there is none."""
        kind = KINDS.get((self.clean or self.original).type)
        return kind.label if kind else ""

    @property
    def size(self) -> int:
        """In bytes, of what is downloaded."""
        sealed = self.attachment.clean or self.attachment.original
        return sealed.size

    @property
    def length(self) -> str:
        """How long sound or a film plays, as players write it."""
        seconds = round(self.clean.seconds) if self.clean else 0
        if not seconds:
            return ""
        minutes, hours = seconds // 60 % 60, seconds // 3600
        return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"

    @property
    def missing(self) -> str:
        """What of the original is not in the copy."""
        parts = self.clean.missing if self.clean else ()
        return ", ".join(str(MissingPart(part).label) for part in parts if part in MissingPart.values)


def attached_files(report: Report, *, by: UnlockedVault) -> dict[int, list[AttachedFile]]:
    """The files of a report, in the order in which they came, by the message that they came with.

    Raises:
        NoGrant: the key of whoever reads does not open the report.
        Unopenable: something was altered.
    """
    attachments = Attachment.objects.filter(message__report=report).order_by("pk")
    rows = [verify_attachment(row) for row in attachments.select_related("message", "original__key", "clean__key")]
    sealed = [file for row in rows for file in (row.original, row.clean) if file is not None]
    infos = read_file_infos(sealed, key_id=report.key_id, by=by) if sealed else {}
    by_message: dict[int, list[AttachedFile]] = {}
    for row in rows:
        clean = infos[row.clean.pk] if row.clean else None
        reason = ReasonForm(prefix=f"original-{row.pk}")
        by_message.setdefault(row.message_id, []).append(AttachedFile(row, infos[row.original.pk], clean, reason))
    return by_message


def copy_name(attachment: Attachment, about: FileInfo) -> str:
    """The name of a downloaded copy: the report's reference, which of its files it is, and the ending of its kind."""
    report = attachment.message.report
    number = Attachment.objects.filter(message__report=report, pk__lte=attachment.pk).count()
    kind = KINDS.get(about.type)
    return f"{report.reference}-{number}.{kind.suffix if kind else 'bin'}"
