"""What happens to an agreement: it is drafted, signed by every party, suspended, terminated, renewed, and ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.agreements.emails import compose_end_notices
from partners.agreements.errors import (
    AgreementMoveNotPossible,
    NoOwner,
    ReasonMissing,
    SignatureMissing,
    SignedFileMissing,
    SignedInFuture,
    TooFewParties,
)
from partners.agreements.models import CODE, Agreement, AgreementParty, AgreementReminder
from partners.agreements.states import (
    AGREEMENT_MOVES,
    MIN_PARTIES,
    MOVES_WITH_REASON,
    REMINDER_DAYS,
    AgreementMove,
    AgreementState,
    FileKind,
    Renewal,
)
from partners.memberships.actions import active_coordinators
from victor.access import Actor, System, require
from victor.audit.actions import record

if TYPE_CHECKING:
    from partners.directory.models import Country, Organisation
    from victor.accounts.models import User

PERMISSION = "partners.manage_agreements"
COPIED = ["kind", "scope", "gates", "notice_months", "renewal", "owner"]


@transaction.atomic
def prepare_agreement(
    agreement: Agreement, *, organisations: Collection[Organisation], countries: Collection[Country], by: Actor
) -> Agreement:
    """Save a new draft, or a changed one, with its parties.

    Raises:
        AgreementMoveNotPossible: it is no draft any more.
    """
    if agreement.pk:
        stored = lock_agreement(agreement)
        require(by, PERMISSION, stored)
        if stored.state != AgreementState.DRAFT:
            raise AgreementMoveNotPossible
    else:
        require(by, PERMISSION)
        agreement.code = _next_code()
    agreement.state = AgreementState.DRAFT
    agreement.save()
    agreement.countries.set(countries)
    agreement.parties.exclude(organisation__in=organisations).delete()
    for organisation in organisations:
        agreement.parties.get_or_create(organisation=organisation)
    record("agreement.drafted", agreement, by=by, code=agreement.code)
    return agreement


@transaction.atomic
def record_signature(party: AgreementParty, *, office: str, signed_on: date, by: Actor) -> AgreementParty:
    """Note on which day an office has signed for its organisation.

    Raises:
        AgreementMoveNotPossible: the agreement is not in signature.
        SignedInFuture: the day lies ahead.
    """
    agreement = lock_agreement(party.agreement)
    require(by, PERMISSION, agreement)
    if agreement.state != AgreementState.IN_SIGNATURE:
        raise AgreementMoveNotPossible
    if signed_on > timezone.localdate():
        raise SignedInFuture
    party.office, party.signed_on = office, signed_on
    party.save(update_fields=["office", "signed_on"])
    record("agreement.party_signed", agreement, by=by, code=agreement.code, organisation=party.organisation_id)
    return party


@transaction.atomic
def move_agreement(agreement: Agreement, move: AgreementMove, *, by: Actor, reason: str = "") -> Agreement:
    """Take an agreement from one state to the next.

    Raises:
        AgreementMoveNotPossible: the move does not start from where it stands.
        TooFewParties, NoOwner, SignatureMissing, SignedFileMissing: something lacks.
        ReasonMissing: it is taken away without a reason.
    """
    agreement = lock_agreement(agreement)
    require(by, PERMISSION, agreement)
    _require_what_lacks(agreement, move, reason)
    _move(agreement, move, reason=reason.strip(), by=by)
    return agreement


@transaction.atomic
def change_owner(agreement: Agreement, owner: User, *, by: Actor) -> Agreement:
    """Name another person who is told of the end.

    Raises:
        NoOwner: the person may not log in.
    """
    agreement = lock_agreement(agreement)
    require(by, PERMISSION, agreement)
    if not owner.is_active:
        raise NoOwner
    agreement.owner = owner
    agreement.save(update_fields=["owner"])
    record("agreement.owner_changed", agreement, by=by, code=agreement.code, owner=owner.pk)
    return agreement


@transaction.atomic
def renew_agreement(agreement: Agreement, *, by: Actor) -> Agreement:
    """Make the draft of the next period, which begins the day after the last one. The old one stays as it is.

    Raises:
        AgreementMoveNotPossible: it was never signed, has no last day, or its next period exists.
    """
    agreement = lock_agreement(agreement)
    require(by, PERMISSION, agreement)
    if not agreement.was_signed or agreement.valid_to is None or agreement.renewals.exists():
        raise AgreementMoveNotPossible
    renewal = _create_next_period(agreement, agreement.valid_to, AgreementState.DRAFT)
    record("agreement.renewed", renewal, by=by, code=renewal.code, renews=agreement.code)
    return renewal


@transaction.atomic
def notify_of_end(agreement: Agreement, *, by: System) -> int | None:
    """Tell the owner, or all coordinators where there is none, that an agreement ends: once for each number of days.

    Return the number of days of which they were told; None where there was nothing new to tell.
    """
    notices = compose_end_notices(agreement, people_to_tell(agreement))
    agreement = lock_agreement(agreement)
    left = agreement.days_left
    if left is None or agreement.renewals.filter(state=AgreementState.SIGNED).exists():
        return None
    reached = [days for days in REMINDER_DAYS if left <= days]
    new = set(reached) - set(agreement.reminders.values_list("days", flat=True))
    if not new or min(reached) not in new:
        return None
    AgreementReminder.objects.bulk_create(AgreementReminder(agreement=agreement, days=days) for days in sorted(new))
    for notice in notices:
        notice.send()
    record("agreement.end_told", agreement, by=by, code=agreement.code, days=min(reached))
    return min(reached)


@transaction.atomic
def end_agreement(agreement: Agreement, *, by: System) -> Agreement:
    """End an agreement whose last day is over. One that is renewed tacitly goes on for as long again.

    Raises:
        AgreementMoveNotPossible: its last day is not over.
    """
    agreement = lock_agreement(agreement)
    if agreement.valid_to is None or agreement.valid_to >= timezone.localdate():
        raise AgreementMoveNotPossible
    goes_on = agreement.renewal == Renewal.TACIT and agreement.state == AgreementState.SIGNED
    if goes_on and not agreement.renewals.exists():
        renewal = _create_next_period(agreement, agreement.valid_to, AgreementState.SIGNED)
        record("agreement.renewed", renewal, by=by, code=renewal.code, renews=agreement.code)
    _move(agreement, AgreementMove.END, reason="", by=by)
    return agreement


def _require_what_lacks(agreement: Agreement, move: AgreementMove, reason: str) -> None:
    starts, _leads_to = AGREEMENT_MOVES[move]
    if agreement.state not in starts or move == AgreementMove.END:
        raise AgreementMoveNotPossible
    if move in MOVES_WITH_REASON and not reason.strip():
        raise ReasonMissing
    if move == AgreementMove.SEND and agreement.parties.count() < MIN_PARTIES:
        raise TooFewParties
    if move == AgreementMove.SIGN:
        _require_signatures(agreement)


def _require_signatures(agreement: Agreement) -> None:
    if not agreement.has_live_owner:
        raise NoOwner
    dates = list(agreement.parties.values_list("signed_on", flat=True))
    signed = [day for day in dates if day is not None]
    if len(dates) < MIN_PARTIES or len(signed) < len(dates):
        raise SignatureMissing
    if not agreement.files.filter(kind=FileKind.SIGNED).exists():
        raise SignedFileMissing
    if max(signed) > timezone.localdate():
        raise SignedInFuture


def _move(agreement: Agreement, move: AgreementMove, *, reason: str, by: Actor) -> None:
    _starts, leads_to = AGREEMENT_MOVES[move]
    agreement.state, agreement.reason, agreement.moved_at = leads_to, reason, timezone.now()
    agreement.save(update_fields=["state", "reason", "moved_at"])
    record(f"agreement.{leads_to}", agreement, by=by, code=agreement.code)


def _create_next_period(agreement: Agreement, last: date, state: AgreementState) -> Agreement:
    """The period after the last day, for as long again. One that is signed has the signatures of the one before."""
    length, first = last - agreement.valid_from, last + timedelta(days=1)
    renewal = Agreement(code=_next_code(), renews=agreement, state=state, valid_from=first, valid_to=first + length)
    for name in _copied_columns():
        setattr(renewal, name, getattr(agreement, name))
    renewal.save(force_insert=True)
    renewal.countries.set(agreement.countries.all())
    is_signed = state == AgreementState.SIGNED
    for party in agreement.parties.all():
        given: Mapping[str, object] = {"office": party.office, "signed_on": party.signed_on if is_signed else None}
        renewal.parties.create(organisation_id=party.organisation_id, **given)
    return renewal


def _copied_columns() -> list[str]:
    """The fields that the next period takes over; a title in every language."""
    return [
        field.name
        for field in Agreement._meta.concrete_fields
        if field.name in COPIED or field.name.startswith("title_")
    ]


def people_to_tell(agreement: Agreement) -> list[User]:
    """The owner; all coordinators where there is none who can log in."""
    return [agreement.owner] if agreement.owner and agreement.has_live_owner else active_coordinators()


def _next_code() -> str:
    """The code after the last one. Who makes two at a time waits for the first."""
    last = Agreement.objects.select_for_update().order_by("-pk").first()
    return CODE.format(int(last.code.rpartition("-")[2]) + 1 if last else 1)


def lock_agreement(agreement: Agreement) -> Agreement:
    """The agreement as it is now. Nobody else changes it until the transaction ends."""
    return Agreement.objects.select_for_update(of=["self"]).select_related("owner").get(pk=agreement.pk)
