"""Actions on help lines, and loading the partnership's data files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from partners.directory.models import Country, Network
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Confidence, Precision
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.publishing.search_index import refresh_index

if TYPE_CHECKING:
    from partners.help_lines.data_files import FileRecord


@transaction.atomic
def confirm_help_line(line: HelpLine, *, by: User) -> HelpLine:
    """Note that `by` has just checked the number with its operator. Its confidence is high from now on."""
    line = HelpLine.objects.select_for_update().get(pk=line.pk)
    require(by, "partners.check_help_lines", line)
    line.last_checked, line.check_precision = timezone.localdate(), Precision.DAY
    line.checked_by, line.confidence = by, Confidence.HIGH
    line.save(update_fields=["last_checked", "check_precision", "checked_by", "confidence"])
    record("help_line.confirmed", line, by=by, number=line.dial)
    return line


@transaction.atomic
def load_partnership(sources: Iterable[FileRecord], *, by: System, update: bool = False) -> dict[str, int]:
    """Save the checked records of the data files. Returns how many of each file were saved.

    What exists already stays as coordinators have edited it, unless `update` overwrites it with the files.
    """
    counts: Counter[str] = Counter()
    for source in sources:
        existing = source.kind.model._default_manager.filter(**{source.kind.key: source.key}).first()
        if existing is None or update:
            _save_record(source, existing)
            counts[source.kind.file] += 1
    if counts:
        refresh_index()
        record("partnership.loaded", "partners", by=by, **counts)
    return dict(counts)


def _save_record(source: FileRecord, existing: Model | None) -> None:
    obj = source.obj
    obj.pk = existing.pk if existing else obj.pk
    for name in source.references:
        setattr(obj, name, source.find_referenced(name))
    obj.save(force_insert=existing is None)
    if isinstance(obj, Country):
        obj.parts.exclude(part__in=source.lists["roles"]).delete()
        for part in source.lists["roles"]:
            obj.parts.get_or_create(part=part)
    if isinstance(obj, Network):
        obj.countries.set(Country.objects.filter(code__in=source.lists["members"]))
