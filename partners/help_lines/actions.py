"""What can happen to help lines and to the people of an organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

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


@transaction.atomic
def confirm_help_line(line: HelpLine, *, by: User) -> HelpLine:
    """Note that `by` has just checked the number with its operator, which makes it one that may be relied on."""
    line = HelpLine.objects.select_for_update().get(pk=line.pk)
    require(by, "partners.check_help_lines", line)
    line.last_checked, line.check_precision = timezone.localdate(), Precision.DAY
    line.checked_by, line.confidence = by, Confidence.HIGH
    line.save(update_fields=["last_checked", "check_precision", "checked_by", "confidence"])
    record("help_line.confirmed", line, by=by, number=line.dial)
    return line


@transaction.atomic
def load_partnership(records: Iterable[Any], *, by: System, update: bool = False) -> dict[str, int]:
    """Write the checked records of the data files; return how many of each kind were written.

    What exists already is left as coordinators have edited it, unless `update` brings it back to the files.
    """
    written: Counter[str] = Counter()
    for record_ in records:
        existing = record_.kind.model.objects.filter(**{record_.kind.key: record_.key}).first()
        if existing is None or update:
            _write_record(record_, existing)
            written[record_.kind.file] += 1
    if written:
        record("partnership.loaded", "partners", by=by, **written)
        refresh_index()
    return dict(written)


def _write_record(source: Any, existing: Any) -> None:
    obj = source.obj
    obj.pk = existing.pk if existing else obj.pk
    for name, key in source.references.items():
        setattr(obj, name, _find_referenced(source.kind.model, name, key))
    obj.save(force_insert=existing is None)
    if isinstance(obj, Country):
        obj.parts.exclude(part__in=source.lists["roles"]).delete()
        for part in source.lists["roles"]:
            obj.parts.get_or_create(part=part)
    if isinstance(obj, Network):
        obj.countries.set(source.lists["members"])


def _find_referenced(model: type[Model], name: str, key: str | None) -> Model | None:
    target: Any = model._meta.get_field(name).related_model
    return target.objects.get(**{"code" if target is Country else "slug": key}) if key else None
