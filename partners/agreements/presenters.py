"""What the pages of agreements show: what needs action, who has signed, what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy

from partners.agreements.dependants import dependants_in_words
from partners.agreements.forms import OwnerForm, SignatureForm
from partners.agreements.models import Agreement
from partners.agreements.states import (
    AGREEMENT_MOVES,
    OVER,
    REMINDER_DAYS,
    AgreementMove,
    AgreementState,
    Gate,
    Shown,
)
from victor.access import is_permitted

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from partners.agreements.forms import AgreementFilterForm
    from partners.agreements.models import AgreementFile, AgreementParty
    from partners.agreements.querysets import AgreementQuerySet
    from victor.accounts.models import User

PERMISSION, ASK = "partners.manage_agreements", "partners.ask_renewal"


@dataclass(frozen=True)
class AgreementRow:
    """An agreement in the list, in words."""

    agreement: Agreement
    allows: list[str]
    unsigned: int

    @classmethod
    def of(cls, agreement: Agreement) -> AgreementRow:
        """One whose parties are loaded."""
        allows = [str(Gate(gate).label) for gate in agreement.gates]
        unsigned = sum(party.signed_on is None for party in agreement.parties.all())
        return cls(agreement, allows, unsigned if agreement.state == AgreementState.IN_SIGNATURE else 0)


@dataclass(frozen=True)
class Part:
    """A part of the list, how many agreements are in it, and its address."""

    label: StrOrPromise
    number: int
    address: str
    is_current: bool


@dataclass(frozen=True)
class AgreementList:
    """The list: what needs action apart from the rest. A part that was chosen stands alone."""

    needing_action: list[AgreementRow]
    others: list[AgreementRow]
    part: Shown | None
    parts: list[Part]
    next_end: Agreement | None
    can_manage: bool

    @classmethod
    def of(cls, form: AgreementFilterForm, reader: User) -> AgreementList:
        """Load what the page shows."""
        every = form.narrow(Agreement.objects.visible_to(reader))
        part = form.chosen_part
        agreements = every.shown_as(part) if part else every
        rows = [AgreementRow.of(agreement) for agreement in agreements.for_listing()]
        urgent = set(agreements.needing_action().values_list("pk", flat=True))
        return cls(
            needing_action=[row for row in rows if row.agreement.pk in urgent],
            others=[row for row in rows if row.agreement.pk not in urgent],
            part=part,
            parts=_parts(form, every, part),
            next_end=_next_end(every) if part == Shown.ACTION and not rows else None,
            can_manage=is_permitted(reader, PERMISSION),
        )


@dataclass(frozen=True)
class AgreementPage:
    """One agreement, its parties with their forms, and the moves that its reader can make."""

    row: AgreementRow
    parties: list[tuple[AgreementParty, SignatureForm | None]]
    moves: set[str]
    can_edit: bool
    can_renew: bool
    owner_form: OwnerForm | None
    renewals: list[Agreement]
    files: list[AgreementFile]
    dependants: list[str]
    reminder_days: list[int]
    noticing: set[int]
    can_add_file: bool
    can_ask: bool
    has_asked: bool

    @classmethod
    def of(cls, agreement: Agreement, reader: User) -> AgreementPage:
        """Load what the page shows."""
        manages = is_permitted(reader, PERMISSION, agreement)
        is_signing = manages and agreement.state == AgreementState.IN_SIGNATURE
        renewals = list(agreement.renewals.all())
        return cls(
            row=AgreementRow.of(agreement),
            parties=[(party, _signature_form(party) if is_signing else None) for party in agreement.parties.all()],
            moves=_moves(agreement) if manages else set(),
            can_edit=manages and agreement.state == AgreementState.DRAFT,
            can_renew=manages and agreement.was_signed and agreement.valid_to is not None and not renewals,
            owner_form=OwnerForm(initial={"owner": agreement.owner_id}) if manages else None,
            renewals=renewals,
            files=list(agreement.files.select_related("added_by")),
            dependants=_dependants(agreement, reader),
            reminder_days=sorted(agreement.reminders.values_list("days", flat=True), reverse=True),
            noticing=_parties_to_notice(agreement) if manages else set(),
            can_add_file=manages and agreement.state not in OVER,
            can_ask=not manages and is_permitted(reader, ASK, agreement) and _needs_renewal(agreement, renewals),
            has_asked=agreement.requests.filter(asked_by=reader.pk).exists(),
        )


def _next_end(agreements: AgreementQuerySet) -> Agreement | None:
    return agreements.valid().filter(valid_to__isnull=False).order_by("valid_to").first()


def _parts(form: AgreementFilterForm, every: AgreementQuerySet, chosen: Shown | None) -> list[Part]:
    """All agreements, and each part of them; each number is that of the list behind it."""
    members = {part.name: Q(pk__in=every.shown_as(part).values("pk")) for part in Shown}
    counted = {name: Count("pk", filter=among, distinct=True) for name, among in members.items()}
    numbers = every.aggregate(all=Count("pk", distinct=True), **counted)
    parts = [Part(part.label, numbers[part.name], form.address_of(part), part == chosen) for part in Shown]
    return [Part(gettext_lazy("All"), numbers["all"], form.address_of(None), chosen is None), *parts]


def _dependants(agreement: Agreement, reader: User) -> list[str]:
    if agreement.state != AgreementState.SIGNED or not is_permitted(reader, "partners.view_dependants"):
        return []
    return dependants_in_words(agreement)


def _parties_to_notice(agreement: Agreement) -> set[int]:
    """The parties that can still give notice."""
    if agreement.state != AgreementState.SIGNED or agreement.notice_months is None:
        return set()
    return {party.pk for party in agreement.parties.all() if party.notice_on is None}


def _needs_renewal(agreement: Agreement, renewals: list[Agreement]) -> bool:
    """Whether it has ended or ends soon, and no next period is signed."""
    if not agreement.was_signed or any(renewal.was_signed for renewal in renewals):
        return False
    left = agreement.days_left
    return not agreement.is_valid or (left is not None and left <= max(REMINDER_DAYS))


def _moves(agreement: Agreement) -> set[str]:
    return {
        str(move)
        for move, (starts, _leads_to) in AGREEMENT_MOVES.items()
        if agreement.state in starts and move != AgreementMove.END
    }


def _signature_form(party: AgreementParty) -> SignatureForm:
    return SignatureForm(instance=party, prefix=f"party{party.pk}")
