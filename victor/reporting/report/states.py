"""The formats of a report, and the addresses by which they are known."""

from __future__ import annotations

from django.db.models import TextChoices


class ReportFormat(TextChoices):
    """In what a report is made. The value is the suffix of the file's name."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel"
    XML = "xml", "IATI"
