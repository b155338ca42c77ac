"""The directory that comes with the site: `partners/data/responsibilities.yaml`, loaded with the partnership."""

from __future__ import annotations

from partners.help_lines.data_files import FILE_KINDS, FileKind
from partners.responsibilities.models import Responsibility

FILE_KINDS["responsibilities"] = FileKind(
    "responsibilities",
    Responsibility,
    key="key",
    texts=("body",),
    plain=(
        *("function", "phone", "email", "website", "hours", "opens", "closes"),
        *("notify", "notify_hours", "notify_together", "notify_by", "source", "source_kind", "source_month"),
    ),
    references={"country": "countries"},
)
