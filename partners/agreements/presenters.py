"""What the pages of agreements show: what needs action, who has signed, what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partners.agreements.forms import OwnerForm, SignatureForm
from partners.agreements.models import Agreement
from partners.agreements.states import AGREEMENT_MOVES, AgreementMove, AgreementState, Gate
from victor.access import is_permitted

if TYPE_CHECKING:
    from partners.agreements.forms import AgreementFilterForm
    from partners.agreements.models import AgreementParty
    from victor.accounts.models import User

PERMISSION = "partners.manage_agreements"


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
class AgreementList:
    """The list: what needs action apart from the rest."""

    needing_action: list[AgreementRow]
    others: list[AgreementRow]
    can_manage: bool

    @classmethod
    def of(cls, form: AgreementFilterForm, reader: User) -> AgreementList:
        """Load what the page shows."""
        agreements = form.narrow(Agreement.objects.visible_to(reader))
        rows = [AgreementRow.of(agreement) for agreement in agreements.for_listing()]
        urgent = set(agreements.needing_action().values_list("pk", flat=True))
        return cls(
            needing_action=[row for row in rows if row.agreement.pk in urgent],
            others=[row for row in rows if row.agreement.pk not in urgent],
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
        )


def _moves(agreement: Agreement) -> set[str]:
    return {
        str(move)
        for move, (starts, _leads_to) in AGREEMENT_MOVES.items()
        if agreement.state in starts and move != AgreementMove.END
    }


def _signature_form(party: AgreementParty) -> SignatureForm:
    return SignatureForm(instance=party, prefix=f"party{party.pk}")
