"""What leaves as a file, why, and where a request for it stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ExportKind(TextChoices):
    """What leaves. Each kind is a right of its own, which nobody has by a role."""

    CASES = "cases", pgettext_lazy("export", "Whole cases, in the standard for case data (HTCDS)")
    TABLES = "tables", pgettext_lazy("export", "Tables of victims for the European Union, of this desk")
    ALL_TABLES = "all_tables", pgettext_lazy("export", "Tables of victims for the European Union, of all desks")
    ROWS = "rows", pgettext_lazy("export", "Rows for the Counter-Trafficking Data Collaborative (CTDC)")


# What leaves for all desks together. The rest is of one desk.
NETWORK_KINDS = frozenset({ExportKind.ALL_TABLES, ExportKind.ROWS})
DESK_KINDS = frozenset(ExportKind) - NETWORK_KINDS


class ExportReason(TextChoices):
    """Why something leaves."""

    AUTHORITY = "authority", pgettext_lazy("reason of an export", "An authority that is entitled to it asks for it")
    PARTNER = "partner", pgettext_lazy("reason of an export", "Another organisation goes on with the work")
    STATISTICS = "statistics", pgettext_lazy("reason of an export", "Joint statistics")
    MOVE = "move", pgettext_lazy("reason of an export", "Move to another system")


class ExportState(TextChoices):
    """Where a request stands."""

    ASKED = "asked", pgettext_lazy("request", "Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("request", "Approved")
    DECLINED = "declined", pgettext_lazy("request", "Declined")


class FileForm(TextChoices):
    """The form of a file."""

    XLSX = "xlsx", "XLSX"
    JSON = "json", "JSON"
    CSV = "csv", "CSV"
    GLOBAL = "global", pgettext_lazy("column set", "CSV, 63 columns")
    SYNTHETIC = "synthetic", pgettext_lazy("column set", "CSV, 27 columns")


FORMS_OF: dict[str, tuple[FileForm, ...]] = {
    ExportKind.CASES: (FileForm.XLSX, FileForm.JSON),
    ExportKind.TABLES: (FileForm.XLSX, FileForm.CSV),
    ExportKind.ALL_TABLES: (FileForm.XLSX, FileForm.CSV),
    ExportKind.ROWS: (FileForm.GLOBAL, FileForm.SYNTHETIC),
}
