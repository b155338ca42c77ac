"""Rights to export are given, files are asked for, and another person agrees.

A whole case is read when the file is taken, and the file is kept nowhere. Rows for the collaborative are counted once a
year, when the first request for it is approved: whoever could compare two countings could work out a child.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.errors import NeedsWords
from desks.cases.locks import lock_worked_case
from desks.cases.states import ELSEWHERE_STAGES, CasePurpose
from desks.cases.timeline import seal_words
from desks.desk.errors import DeskMoveNotPossible, NotIndependent
from desks.desk.models import Desk
from desks.exchange.ctdc_rows import Kind, kinds_of, protect_kinds
from desks.exchange.errors import NoSuchRight, NothingChosen, RestrictedCase, YearNotOver
from desks.exchange.models import DataExport, ExportedCase, ExportRight
from desks.exchange.rules import PERMISSIONS, kinds_for
from desks.exchange.states import NETWORK_KINDS, ExportKind, ExportReason, ExportState
from desks.facts.indicators import facts_in
from desks.retention.indicators import DeskPeriod
from partners.memberships.errors import NotSecondPerson
from partners.memberships.second_persons import require_second_person
from partners.memberships.states import Role
from victor.access import require
from victor.audit.actions import record
from victor.field_encryption import decrypt_value, encrypt_value
from victor.indicators.periods import HalfYear
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp

if TYPE_CHECKING:
    from desks.cases.models import Case
    from partners.memberships.models import Membership
    from victor.accounts.models import User

MAX_CASES = 50


@transaction.atomic
def give_right(membership: Membership, kind: ExportKind, *, by: User) -> ExportRight:
    """Let somebody ask for exports of a kind. Nobody lets themselves.

    Raises:
        PermissionDenied: `by` does not supervise there, or is the person.
        NoSuchRight: the role does not go with the kind.
        DeskMoveNotPossible: they have the right already.
    """
    require(by, "desks.give_export_right", membership)
    if kind not in kinds_for(membership):
        raise NoSuchRight
    right, is_new = ExportRight.objects.get_or_create(membership=membership, kind=kind, defaults={"given_by": by})
    if not is_new:
        raise DeskMoveNotPossible
    record("export.right_given", membership, by=by, kind=str(kind))
    return right


@transaction.atomic
def withdraw_right(right: ExportRight, *, by: User) -> None:
    """Take a right away. What its holder has asked for cannot be taken any more."""
    require(by, "desks.withdraw_export_right", right.membership)
    right.delete()
    record("export.right_withdrawn", right.membership, by=by, kind=right.kind)


@transaction.atomic
def ask_for_cases(desk: Desk, cases: Sequence[Case], why: ExportReason, words: str, *, by: User) -> DataExport:
    """Ask for a file of whole cases. The words why are sealed in each of them.

    Raises:
        PermissionDenied: `by` has no right to that.
        NothingChosen: there is no case, or there are too many.
        NeedsWords: there is no reason.
        RestrictedCase: one is open to named people only.
        DeskMoveNotPossible: one is of another desk, or its work goes on elsewhere.
    """
    require(by, PERMISSIONS[ExportKind.CASES], desk)
    if not 0 < len(cases) <= MAX_CASES:
        raise NothingChosen
    if not words.strip():
        raise NeedsWords
    locked = [lock_worked_case(case, by=by) for case in sorted(cases, key=lambda case: case.pk)]
    for case in locked:
        require_exportable(case, desk)
    export = DataExport(kind=ExportKind.CASES, desk=desk, why=why, asked_by=by)
    save_stamped(export)
    for case in locked:
        envelope = seal_words(case, {"text": words}, CasePurpose.EXPORT, by=by)
        save_stamped(ExportedCase(export=export, case=case, envelope=envelope, author=by))
    record("export.asked", export, by=by, kind=export.kind, why=str(why), cases=len(locked))
    return export


def require_exportable(case: Case, desk: Desk | None) -> None:
    """Refuse a case that does not leave with others.

    Raises:
        RestrictedCase: it is open to named people only.
        DeskMoveNotPossible: it is of another desk, or its work goes on elsewhere.
    """
    if case.is_restricted:
        raise RestrictedCase
    if case.desk != desk or case.stage in ELSEWHERE_STAGES:
        raise DeskMoveNotPossible


@transaction.atomic
def ask_for_figures(
    kind: ExportKind, year: int, why: ExportReason, *, desk: Desk | None = None, by: User
) -> DataExport:
    """Ask for tables of a desk, or for what all desks have together.

    Raises:
        PermissionDenied: `by` has no right to that.
        YearNotOver: what all desks have together is not shown yet.
    """
    require(by, PERMISSIONS[kind], desk)
    if desk is None and not HalfYear(year, 2).is_shown:
        raise YearNotOver
    export = DataExport(kind=kind, desk=desk, year=year, why=why, asked_by=by)
    save_stamped(export)
    record("export.asked", export, by=by, kind=export.kind, why=str(why), year=year)
    return export


@transaction.atomic
def approve_export(export: DataExport, *, by: User) -> DataExport:
    """Agree, as a second person. For a day the asker can take the file.

    Raises:
        PermissionDenied: `by` does not supervise the desk; for all desks: is no coordinator.
        NotIndependent: `by` asked for it, is not independent of whoever did, or is too new.
        DeskMoveNotPossible: somebody has decided already.
    """
    content = _rows_of_year(export) if export.kind == ExportKind.ROWS else ""
    export = _decide(export, ExportState.APPROVED, content, by=by)
    record("export.approved", export, by=by, kind=export.kind)
    return export


@transaction.atomic
def decline_export(export: DataExport, *, by: User) -> DataExport:
    """Do not agree. Whoever asked may take it back so, too.

    Raises:
        PermissionDenied, NotIndependent, DeskMoveNotPossible: as above.
    """
    export = _decide(export, ExportState.DECLINED, "", by=by)
    record("export.declined", export, by=by, kind=export.kind)
    return export


def lock_export(export: DataExport) -> DataExport:
    """The request as it is now.

    Raises:
        Unopenable: somebody else has changed it.
    """
    exports = DataExport.objects.select_for_update(of=["self"]).select_related("desk__organisation", "asked_by")
    return verify_stamp(exports.get(pk=export.pk))


def _decide(export: DataExport, state: ExportState, content: str, *, by: User) -> DataExport:
    export = lock_export(export)
    is_own = state == ExportState.DECLINED and export.asked_by_id == by.pk
    require(by, "desks.work" if is_own and export.desk else decider_permission(export), export.desk)
    if export.state != ExportState.ASKED:
        raise DeskMoveNotPossible
    if not is_own:
        _require_independent(export, by)
    export.state, export.decided_by, export.decided_at, export.content = state, by, timezone.now(), content
    update_stamped(export, "state", "decided_by", "decided_at", "content")
    return export


def decider_permission(export: DataExport) -> str:
    """What somebody needs to decide."""
    return "desks.oversee" if export.kind in NETWORK_KINDS else "desks.lead"


def _require_independent(export: DataExport, by: User) -> None:
    role, at = (Role.SUPERVISOR, export.desk.organisation) if export.desk else (Role.COORDINATOR, None)
    try:
        require_second_person(by, asker=export.asked_by, roles=[role], at=at)
    except NotSecondPerson as refusal:
        raise NotIndependent(refusal) from refusal


def _rows_of_year(export: DataExport) -> str:
    """The rows of a year, encrypted: as they were counted for the first request that was approved."""
    year = export.year or 0
    # Whoever approves another request for the year waits, and takes over what is counted here.
    list(DataExport.objects.select_for_update(of=["self"]).filter(kind=ExportKind.ROWS, year=year).order_by("pk"))
    earlier = DataExport.objects.filter(kind=ExportKind.ROWS, year=year).exclude(content="").order_by("decided_at")
    if first := earlier.first():
        return verify_stamp(first).content
    first_half, second_half = HalfYear(year, 1), HalfYear(year, 2)
    scope = DeskPeriod(list(Desk.objects.values_list("pk", flat=True)), first_half.first, second_half.last)
    counted = protect_kinds(kinds_of(facts_in(scope, "opened")))
    return encrypt_value(json.dumps(sorted(counted.items())))


def rows_of(export: DataExport) -> Counter[Kind]:
    """The rows of an approved request for the collaborative: how many people each stands for."""
    return Counter({Kind(*kind): number for kind, number in json.loads(decrypt_value(export.content))})
