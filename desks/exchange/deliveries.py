"""Files that leave are made and taken: by whoever asked, for a day, with a row in the log of each case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from desks.cases.locks import lock_worked_case, save_case
from desks.cases.states import EntryKind
from desks.cases.timeline import add_entry
from desks.desk.models import Desk
from desks.exchange.actions import lock_export, require_exportable, rows_of
from desks.exchange.case_contents import read_case, read_kept
from desks.exchange.case_mapping import with_kept
from desks.exchange.ctdc_rows import GLOBAL_COLUMNS, SYNTHETIC_COLUMNS, ctdc_rows
from desks.exchange.errors import ExportClosed
from desks.exchange.eu_tables import count_facts, count_periods, eu_csv, eu_tables, eu_xlsx
from desks.exchange.rules import PERMISSIONS
from desks.exchange.standard_files import write_json, write_xlsx
from desks.exchange.states import ExportKind, FileForm
from desks.facts.indicators import CASES, facts_in
from desks.retention.indicators import DeskPeriod
from partners.directory.states import UNION
from victor.access import require
from victor.audit.actions import record
from victor.files.workbooks import write_csv
from victor.indicators.actions import freeze_figures
from victor.indicators.periods import HalfYear
from victor.indicators.tables import CountedIndicator
from victor.vault.keys.keyring import verify_stamp

if TYPE_CHECKING:
    from desks.exchange.models import DataExport, ExportedCase
    from desks.exchange.standard_rows import StandardCase
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault

COLUMNS = {FileForm.GLOBAL: GLOBAL_COLUMNS, FileForm.SYNTHETIC: SYNTHETIC_COLUMNS}


def open_cases(export: DataExport, form: FileForm, *, by: UnlockedVault) -> bytes:
    """The file of whole cases. Nobody waits while it is written: the cases are read before.

    Raises:
        PermissionDenied: the right was withdrawn, or `by` does not work there any more.
        ExportClosed: nobody has agreed, a day has passed, or somebody else asked for it.
        RestrictedCase, DeskMoveNotPossible: a case does not leave any more.
        NoGrant, Unopenable: a case cannot be read, or was altered.
    """
    cases = [_read_case(item, by=by) for item in _items_of(export, by.person)]
    _note_cases(export, by.person)
    return write_json(cases) if form == FileForm.JSON else write_xlsx(cases)


@transaction.atomic
def _items_of(export: DataExport, by: User) -> list[ExportedCase]:
    items = _lock_open(export, by).items.select_related("case__desk", "export__desk")
    return [verify_stamp(item) for item in items.order_by("case_id")]


@transaction.atomic
def _read_case(item: ExportedCase, *, by: UnlockedVault) -> StandardCase:
    """One case. The log is held for no longer than that."""
    case = lock_worked_case(item.case, by=by.person)
    require_exportable(case, item.export.desk)
    return with_kept(read_case(case, by=by), read_kept(case, by=by), case.reference)


@transaction.atomic
def _note_cases(export: DataExport, by: User) -> None:
    """Each case, and the log, say that it left."""
    export = _lock_open(export, by)
    cases = [lock_worked_case(item.case, by=by) for item in export.items.order_by("case_id")]
    for case in cases:
        save_case(case)
        add_entry(case, EntryKind.EXPORTED, by=by)
    _note_taken(export, by)
    for case in cases:
        record("case.exported", case, by=by, export=export.pk, why=export.why)


@transaction.atomic
def open_figures(export: DataExport, form: FileForm, *, by: User) -> bytes:
    """The file of tables, or of rows for the collaborative.

    Raises:
        PermissionDenied, ExportClosed: as above.
    """
    export = _lock_open(export, by)
    content = _rows(export, form) if export.kind == ExportKind.ROWS else _tables(export, form)
    _note_taken(export, by)
    return content


def _lock_open(export: DataExport, by: User) -> DataExport:
    export = lock_export(export)
    require(by, PERMISSIONS[ExportKind(export.kind)], export.desk)
    if export.asked_by_id != by.pk or not export.is_open:
        raise ExportClosed
    return export


def _note_taken(export: DataExport, by: User) -> None:
    export.taken_at = timezone.now()
    export.save(update_fields=["taken_at"])
    record("export.file_exported", export, by=by, kind=export.kind)


def _rows(export: DataExport, form: FileForm) -> bytes:
    """Separated by commas: the collaborative reads them by a program."""
    with override("en"):
        return write_csv(ctdc_rows(rows_of(export), COLUMNS[form], year=export.year or 0)).encode()


def _tables(export: DataExport, form: FileForm) -> bytes:
    year, desk = export.year or 0, export.desk
    halves = [HalfYear(year, 1), HalfYear(year, 2)]
    if desk is not None:
        facts = facts_in(DeskPeriod([desk.pk], halves[0].first, halves[1].last), "opened")
        tables, place = eu_tables(count_facts(facts), in_union=desk.country_id in UNION), str(desk.country)
    else:
        periods = [_shown_figures(half) for half in halves]
        tables, place = eu_tables(count_periods(periods), in_union=True), "VICTOR"
    if form == FileForm.CSV:
        return eu_csv(tables, place=place, year=year).encode()
    return eu_xlsx(tables, place=place, year=year)


def _shown_figures(half: HalfYear) -> CountedIndicator:
    """The figures of a half-year, as coordinators see them."""
    scope = DeskPeriod(list(Desk.objects.values_list("pk", flat=True)), half.first, half.last)
    frozen = freeze_figures(CASES, half, scope, subject="desks")
    return CountedIndicator.protected(CASES, frozen, period=half.months)
