"""The grant that comes with the site: `partners/data/grant.yaml`, loaded with the partnership."""

from __future__ import annotations

from partners.grants.models import Grant
from partners.help_lines.data_files import FILE_KINDS, FileKind

FILE_KINDS["grant"] = FileKind(
    "grant",
    Grant,
    key="key",
    texts=("title",),
    plain=("code", "programme", "funder", "starts_on", "ends_on", "currency", "source", "state"),
    references={"accounts_keeper": "organisations"},
)
