"""Actions on help lines, and loading the partnership's data files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country, Network
from partners.help_lines.errors import EmergencyNumber
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Confidence, Precision, Purpose
from partners.memberships import proposals
from partners.memberships.errors import ProposalSettled, ReadOtherProposal
from partners.memberships.states import ProposalKind
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.languages import local_text
from victor.publishing.search_index import refresh_index

if TYPE_CHECKING:
    from partners.help_lines.data_files import FileRecord

Values: TypeAlias = dict[str, Any]  # by column, as JSON holds them
Changes: TypeAlias = dict[str, tuple[Any, Any]]


@transaction.atomic
def confirm_help_line(line: HelpLine, *, by: User, number: str | None = None) -> HelpLine:
    """Note that `by` has just checked the number with its operator. Its confidence is high from now on.

    `number` is the one that was read. A line that this would show again waits for a second coordinator.

    Raises:
        ReadOtherProposal: the line has another number now.
    """
    line = HelpLine.objects.select_for_update().get(pk=line.pk)
    require(by, "partners.check_help_lines", line)
    if number is not None and number != line.dial:
        raise ReadOtherProposal
    if line.publish and not HelpLine.objects.published().filter(pk=line.pk).exists():
        _propose(line, {"confidence": (line.confidence, str(Confidence.HIGH))}, by)
        return line
    _note_check(line, by)
    line.save(update_fields=["last_checked", "check_precision", "checked_by", "confidence"])
    record("help_line.confirmed", line, by=by, number=line.dial)
    return line


@transaction.atomic
def change_help_line(line: HelpLine, *, by: User) -> bool:
    """Save a line as `by` has edited it. Return whether it is done: to show or to change a line takes two coordinators.

    One is enough to hide a line, and to prepare one that is not shown.

    Raises:
        EmergencyNumber: the emergency number would no longer be shown.
    """
    require(by, "partners.change_helpline", line)
    before = HelpLine.objects.select_for_update().filter(pk=line.pk).first() if line.pk else None
    if before is None:
        return _add(line, by)
    changes = changes_of(before, line)
    refuse_hidden_emergency(before, line)
    if not changes:
        return True
    if not (before.publish or line.publish) or _only_hides(changes):
        line.save()
        record("help_line.hidden" if before.publish else "help_line.prepared", line, by=by, fields=" ".join(changes))
        return True
    _propose(before, changes, by)
    return False


def refuse_hidden_emergency(before: HelpLine, after: HelpLine) -> None:
    """Refuse a change after which an emergency number is not shown for its country.

    Raises:
        EmergencyNumber: it would not be.
    """
    if before.purpose != Purpose.EMERGENCY or not before.publish:
        return
    stays = (after.purpose, after.country_id, after.publish) == (before.purpose, before.country_id, True)
    if not stays or (after.confidence != Confidence.HIGH and before.confidence == Confidence.HIGH):
        raise EmergencyNumber


def changes_of(before: HelpLine, after: HelpLine) -> Changes:
    """Each field that differs, as plain values: before and after."""
    old, new = _plain_values(before), _plain_values(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


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


def _add(line: HelpLine, by: User) -> bool:
    is_shown, line.publish = line.publish, False
    line.save(force_insert=True)
    record("help_line.added", line, by=by)
    if is_shown:
        _propose(line, {"publish": (False, True)}, by)
    return not is_shown


def _propose(line: HelpLine, changes: Changes, by: User) -> None:
    payload = {"line": line.pk, "changes": {name: list(values) for name, values in changes.items()}}
    proposals.propose(ProposalKind.HELP_LINE, payload, by=by)


def _only_hides(changes: Changes) -> bool:
    return changes.get("publish") == (True, False) and set(changes) <= {"publish", "confidence"}


def _note_check(line: HelpLine, by: User) -> None:
    line.last_checked, line.check_precision = timezone.localdate(), Precision.DAY
    line.checked_by, line.confidence = by, Confidence.HIGH


def _fields() -> dict[str, Field]:
    """The fields that people edit, by column. The columns of a text are those of its languages."""
    left_out = {"id", "checked_by_id", "name", "operator"}
    return {field.attname: field for field in HelpLine._meta.concrete_fields if field.attname not in left_out}


def _plain_values(line: HelpLine) -> Values:
    values = {name: field.to_python(field.value_from_object(line)) for name, field in _fields().items()}
    plain: Values = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


def _with_changes(payload: proposals.Payload) -> HelpLine:
    """The locked line as it would be.

    Raises:
        ProposalSettled: it is gone, or not as it was when this was proposed.
    """
    line = HelpLine.objects.select_for_update(of=["self"]).filter(pk=payload["line"]).first()
    if line is None:
        raise ProposalSettled
    current = _plain_values(line)
    fields = _fields()
    for name, (old, new) in payload["changes"].items():
        if current[name] != old:
            raise ProposalSettled
        setattr(line, name, fields[name].to_python(new))
    return line


def _carry_out(payload: proposals.Payload, first: User, second: User) -> None:
    """Change the line. Whoever confirms has dialled the number, which is its check."""
    line = _with_changes(payload)
    if line.publish:
        _note_check(line, second)
    line.save()
    fields = " ".join(payload["changes"])
    record("help_line.changed", line, by=second, proposed_by=first.pk, number=line.dial, fields=fields)


def _rows_of(payload: proposals.Payload) -> list[proposals.Fact]:
    before = HelpLine.objects.select_related("country", "organisation").filter(pk=payload["line"]).first()
    if before is None:
        return []
    fields, after = _fields(), copy(before)
    for name, (old, new) in payload["changes"].items():
        setattr(before, name, fields[name].to_python(old))
        setattr(after, name, fields[name].to_python(new))
    facts: list[proposals.Fact] = [
        (_("number as dialled"), after.dial),
        (_("country"), local_text(after.country, "name").text),
        (_("purpose"), after.get_purpose_display()),
    ]
    changed = [fields[name] for name in payload["changes"]]
    return facts + [
        (field.verbose_name, f"{_in_words(before, field)} → {_in_words(after, field)}") for field in changed
    ]


def _in_words(line: HelpLine, field: Field) -> str:
    value = getattr(line, field.name)
    if field.choices:
        value = dict(field.flatchoices).get(value, value)
    elif isinstance(value, bool):
        value = _("yes") if value else _("no")
    elif isinstance(value, list):
        names = dict(settings.CONTENT_LANGUAGES)
        value = ", ".join(str(names[code]) for code in value)
    return "–" if value in (None, "") else str(value)


def _has_number(payload: proposals.Payload) -> bool:
    shown = payload["changes"].get("publish")
    if shown is not None:
        return bool(shown[1])
    return HelpLine.objects.filter(pk=payload["line"], publish=True).exists()


proposals.KINDS[ProposalKind.HELP_LINE] = proposals.KindOfProposal(_carry_out, _rows_of, has_number=_has_number)
