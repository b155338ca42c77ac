"""What the page of exports shows: what was asked for, what the reader can do with it, and who has which right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from desks.cases.envelopes import words_of
from desks.cases.models import Case
from desks.cases.states import ELSEWHERE_STAGES
from desks.exchange.actions import decider_permission
from desks.exchange.forms import CasesForm, FiguresForm, RightForm
from desks.exchange.models import DataExport, ExportedCase, ExportRight
from desks.exchange.rules import holds_right
from desks.exchange.states import DESK_KINDS, NETWORK_KINDS, ExportKind, ExportState
from partners.memberships.models import Membership
from partners.memberships.states import DESK_ROLES, Role
from victor.vault.errors import VaultRefusal
from victor.vault.records.actions import read_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from desks.desk.models import Desk
    from victor.accounts.models import User
    from victor.publishing.forms import FormData
    from victor.vault.keys.keyring import UnlockedVault

LISTED = 50


@dataclass(frozen=True)
class ExportLine:
    """A request, with its cases, the words why where they can be read, and what the reader can do."""

    row: DataExport
    cases: Sequence[str]
    words: str
    is_own: bool
    may_decide: bool
    files: Sequence[tuple[str, str]]  # the form in words, and the address

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided yet."""
        return self.row.state == ExportState.ASKED


def export_lines(desk: Desk | None, user: User, vault: UnlockedVault | None) -> list[ExportLine]:
    """The newest requests of a desk, or of all desks together."""
    rows = list(DataExport.objects.visible_to(user).filter(desk=desk).for_listing()[:LISTED])
    words = _words(rows, vault)
    return [_line(row, user, words) for row in rows]


def _line(row: DataExport, user: User, words: Mapping[int, str]) -> ExportLine:
    items = list(row.items.all())
    is_own = row.asked_by_id == user.pk
    may_take = is_own and row.is_open and holds_right(ExportKind(row.kind), user, row.desk)
    return ExportLine(
        row,
        [item.case.reference for item in items],
        words.get(items[0].pk, "") if items else "",
        is_own,
        not is_own and user.has_perm(decider_permission(row), row.desk),
        [(str(form.label), _file_url(row, form)) for form in row.forms] if may_take else [],
    )


def _file_url(row: DataExport, form: str) -> str:
    if row.desk is None:
        return reverse("desks:network_export_file", args=[row.pk, form])
    route = "desks:export_cases_file" if row.kind == ExportKind.CASES else "desks:export_file"
    return reverse(route, args=[row.desk.slug, row.pk, form])


def _words(rows: Sequence[DataExport], vault: UnlockedVault | None) -> Mapping[int, str]:
    """Why whole cases are to leave, of each request that waits, where the reader's vault opens that."""
    waiting = [row.pk for row in rows if row.state == ExportState.ASKED]
    if vault is None or not waiting:
        return {}
    items = (
        ExportedCase.objects.filter(export__in=waiting).order_by("export_id", "case__reference").distinct("export_id")
    )
    first = list(items.select_related("case", "envelope__key"))
    try:
        contents = read_all([words_of(item.case, item) for item in first], by=vault)
    except VaultRefusal:
        return {}
    return {item.pk: str(contents[item.envelope_id]["text"]) for item in first}


def exportable_cases(desk: Desk, user: User) -> QuerySet[Case]:
    """Cases that can leave: those that everybody at the desk may read, and on which it works or has worked."""
    cases = Case.objects.visible_to(user).filter(desk=desk, restricted_group=None)
    return cases.exclude(stage__in=ELSEWHERE_STAGES).order_by("-opened_at")


def rights_at(desk: Desk | None) -> QuerySet[ExportRight]:
    """Who may ask for what."""
    rights = ExportRight.objects.of_network() if desk is None else ExportRight.objects.at(desk)
    return rights.select_related("membership__user", "given_by").order_by("membership__user__name", "kind")


def memberships_for(desk: Desk | None, user: User) -> QuerySet[Membership]:
    """To whom the reader can give a right."""
    roles = (
        {"role": Role.COORDINATOR} if desk is None else {"role__in": DESK_ROLES, "organisation": desk.organisation_id}
    )
    return Membership.objects.filter(user__is_active=True, **roles).exclude(user=user).order_by("user__name")


ExportForm = CasesForm | FiguresForm | RightForm


def export_forms(desk: Desk | None, user: User, name: str = "", data: FormData = None) -> dict[str, ExportForm]:
    """The forms that a reader may send, by name; with what was typed into the one that was sent."""
    kinds = NETWORK_KINDS if desk is None else DESK_KINDS
    forms: dict[str, ExportForm] = {}
    for kind in (kind for kind in ExportKind if kind in kinds and holds_right(kind, user, desk)):
        typed = data if name == kind else None
        if kind != ExportKind.CASES:
            forms[kind.value] = FiguresForm(typed, kind=kind)
        elif desk is not None:
            forms[kind.value] = CasesForm(typed, cases=exportable_cases(desk, user))
    if user.has_perm("desks.oversee" if desk is None else "desks.lead", desk):
        people = memberships_for(desk, user)
        forms["right"] = RightForm(data if name == "right" else None, memberships=people, kinds=kinds)
    return forms
