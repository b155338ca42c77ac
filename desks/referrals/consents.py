"""On which basis a referral is shared: a consent with its seven answers, or another basis by two people; and beyond the
European Union a ground for that, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.errors import InTheFuture, NeedsWords
from desks.cases.models import today
from desks.cases.states import CasePurpose
from desks.cases.timeline import seal_words
from desks.referrals.code_lists import CONSENT_POINTS, BasisKind, ConsentWay, FieldGroup, Giver, TransferGround
from desks.referrals.errors import (
    ChildsViewLacks,
    ConsentIncomplete,
    GroundNotPossible,
    NoBasis,
    NoTransferGround,
    NotTheFirst,
    ReferralMoveNotPossible,
    TooLong,
)
from desks.referrals.legal_bases import Consent, LawfulBasis, TransferBasis
from desks.referrals.locks import lock_referral, lock_sent_referral
from desks.referrals.models import Referral
from desks.referrals.states import OPEN, READABLE, UNANSWERED, ReferralKind, ReferralState, Side
from desks.referrals.wishes import end_of
from partners.agreements.models import Agreement
from partners.agreements.states import AgreementKind
from partners.directory.models import Country
from partners.directory.states import ECONOMIC_AREA, UNION, Category
from victor.access import Actor, account_of, require
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desks.desk.models import Desk
    from victor.accounts.models import User


@dataclass(frozen=True)
class ConsentFacts:
    """What was asked and answered. `view`: the child's own view, or why the child was not asked."""

    giver: Giver
    way: ConsentWay
    language: str
    points: Mapping[str, bool]
    groups: frozenset[FieldGroup]
    valid_from: date
    valid_to: date
    view: str
    explained: str
    with_interpreter: bool = False


@transaction.atomic
def record_consent(referral: Referral, facts: ConsentFacts, *, by: Actor) -> Consent:
    """Write down a consent to this sharing act. It can be renewed while the referral is shared, too.

    Raises:
        ReferralMoveNotPossible: the referral is over.
        ConsentIncomplete: one of the seven answers is missing or no.
        ChildsViewLacks: the child's own view is not recorded.
        TooLong: it ends before the access does.
        InTheFuture: it was not given yet.
    """
    referral, case = lock_sent_referral(referral, by=by)
    if referral.state not in OPEN:
        raise ReferralMoveNotPossible
    require_complete(facts)
    if facts.valid_to < facts.valid_from or not lasts_until(facts.valid_to, referral):
        raise TooLong
    consent = Consent(referral=referral, giver=facts.giver, way=facts.way, language=facts.language)
    consent.with_interpreter, consent.groups = facts.with_interpreter, sorted(facts.groups)
    consent.valid_from, consent.valid_to = facts.valid_from, facts.valid_to
    for name in CONSENT_POINTS:
        setattr(consent, name, True)
    consent.author = account_of(by)
    words = {"view": facts.view, "explained": facts.explained}
    consent.envelope = seal_words(case, words, CasePurpose.REFERRAL, by=by)
    save_stamped(consent)
    record("referral.consent_recorded", referral, by=by, giver=str(facts.giver), until=facts.valid_to.isoformat())
    return consent


def require_complete(facts: ConsentFacts) -> None:
    """Refuse a consent that lacks something.

    Raises:
        ConsentIncomplete, ChildsViewLacks, InTheFuture: as above.
    """
    if lacking := [name for name in CONSENT_POINTS if not facts.points.get(name)]:
        raise ConsentIncomplete(lacking, [str(CONSENT_POINTS[name]) for name in lacking])
    if not facts.view.strip():
        raise ChildsViewLacks
    if facts.valid_from > today():
        raise InTheFuture


@transaction.atomic
def record_basis(referral: Referral, kind: BasisKind, reasons: str, *, by: User) -> LawfulBasis:
    """Say why it is shared without consent. It counts once another person has confirmed it.

    Raises:
        ReferralMoveNotPossible: the referral is over.
        NeedsWords: there is no reason.
    """
    referral, case = lock_sent_referral(referral, by=by)
    if referral.state not in OPEN:
        raise ReferralMoveNotPossible
    if not reasons.strip():
        raise NeedsWords
    envelope = seal_words(case, {"text": reasons}, CasePurpose.REFERRAL, by=by)
    basis = LawfulBasis(referral=referral, kind=kind, envelope=envelope, first=by)
    save_stamped(basis)
    record("referral.basis_recorded", referral, by=by, basis=str(kind))
    return basis


@transaction.atomic
def confirm_basis(basis: LawfulBasis, *, by: User) -> LawfulBasis:
    """Another person agrees that it may be shared on this basis.

    Raises:
        PermissionDenied: `by` does not supervise the desk.
        NotTheFirst: it is the one who wrote it.
        ReferralMoveNotPossible: it is confirmed already, or the referral is over.
    """
    referral, _case = lock_sent_referral(basis.referral, by=by)
    require(by, "desks.approve_referral", referral)
    basis = LawfulBasis.objects.select_for_update(of=["self"]).get(pk=basis.pk)
    if basis.first_id == by.pk:
        raise NotTheFirst
    if basis.second_id is not None or referral.state not in OPEN:
        raise ReferralMoveNotPossible
    basis.second, basis.confirmed_at = by, timezone.now()
    update_stamped(basis, "second", "confirmed_at")
    record("referral.basis_confirmed", referral, by=by, basis=basis.kind)
    return basis


@transaction.atomic
def record_transfer_basis(referral: Referral, ground: TransferGround, necessity: str, *, by: Actor) -> TransferBasis:
    """Say on what ground the data leave the European Union.

    Raises:
        ReferralMoveNotPossible: it is no draft any more.
        GroundNotPossible: this ground is not open to the sender, or nothing shows it.
        NeedsWords: nothing says why it is necessary.
    """
    referral, case = lock_sent_referral(referral, by=by)
    if referral.state != ReferralState.DRAFT:
        raise ReferralMoveNotPossible
    if ground not in possible_grounds(referral):
        raise GroundNotPossible
    if not necessity.strip():
        raise NeedsWords
    for earlier in TransferBasis.objects.filter(referral=referral).select_related("envelope"):
        earlier.delete()
        if earlier.envelope:
            earlier.envelope.delete()
    row = TransferBasis(referral=referral, ground=ground, author=account_of(by))
    row.envelope = seal_words(case, {"text": necessity}, CasePurpose.REFERRAL, by=by)
    save_stamped(row)
    record("referral.ground_recorded", referral, by=by, ground=str(ground))
    return row


def possible_grounds(referral: Referral) -> list[TransferGround]:
    """The grounds that this sender can rely on for this receiver."""
    grounds = grounds_towards(referral.to_desk.country_id, of=referral.from_desk)
    clauses = Agreement.objects.valid().filter(kind=AgreementKind.STANDARD_CLAUSES)
    for party in (referral.from_desk.organisation_id, referral.to_desk.organisation_id):
        clauses = clauses.filter(parties__organisation=party)
    return [*grounds, TransferGround.CLAUSES] if clauses.exists() else grounds


def grounds_towards(country: str, *, of: Desk) -> list[TransferGround]:
    """The grounds that a desk can rely on for a country, by its two letters, without an agreement.

    A country counts as adequate only where its row says so. A public body cannot rely on explicit consent (GDPR,
    article 49(3)).
    """
    grounds = [TransferGround.PUBLIC_INTEREST, TransferGround.CLAIMS, TransferGround.VITAL]
    if Country.objects.filter(pk=country, is_adequate=True).exists():
        grounds.insert(0, TransferGround.ADEQUACY)
    if of.organisation.category != Category.STATE_AUTHORITY:
        grounds.append(TransferGround.CONSENT)
    return grounds


def needs_transfer_ground(referral: Referral) -> bool:
    """Whether the data leave the European Union."""
    return leaves_union(referral.to_desk.country_id, of=referral.from_desk)


def leaves_union(country: str, *, of: Desk) -> bool:
    """Whether what a desk gives to a country, by its two letters, leaves where the law of the Union protects it.

    That is the European Economic Area: there the GDPR holds by decision 154/2018 of its joint committee.
    """
    return of.country.is_in_union and country not in UNION | ECONOMIC_AREA


def valid_consent(referral: Referral) -> Consent | None:
    """The consent that covers all that is shared today."""
    day, groups = timezone.localdate(timezone=referral.from_desk.zone), leaving_groups(referral)
    covering = (consent for consent in referral.consents.all() if consent.covers(groups, day))
    return next((verify_stamp(consent) for consent in covering), None)


def leaving_groups(referral: Referral) -> set[str]:
    """What a consent has to cover: what was chosen; of a transfer, everything."""
    return set(FieldGroup.values) if referral.kind == ReferralKind.TRANSFER else set(referral.groups)


def confirmed_basis(referral: Referral) -> LawfulBasis | None:
    """The other basis that two people have said; in an emergency one is enough, until the day on which it ends."""
    is_urgent = referral.kind == ReferralKind.EMERGENCY
    given = (basis for basis in referral.bases.all() if basis.second_id is not None or is_urgent)
    return next((verify_stamp(basis) for basis in given), None)


def require_basis(referral: Referral) -> None:
    """Refuse what nothing allows.

    Raises:
        NoBasis: neither a consent nor another basis covers it.
        TooLong: the access would last longer than the consent.
        NoTransferGround: it would leave the European Union without a ground.
    """
    if confirmed_basis(referral) is None:
        consent = valid_consent(referral)
        if consent is None:
            raise NoBasis
        if not lasts_until(consent.valid_to, referral):
            raise TooLong
    ground = TransferBasis.objects.filter(referral=referral).first()
    if needs_transfer_ground(referral) and not (ground and verify_stamp(ground).ground in possible_grounds(referral)):
        raise NoTransferGround


@transaction.atomic
def withdraw_consent(referral: Referral, side: Side, *, by: Actor) -> Referral:
    """The child, or whoever consented, takes the consent back. Either desk writes it down, and it acts at both.

    The caller ends the access in the same transaction.

    Raises:
        PermissionDenied: `by` works at neither desk.
        ReferralMoveNotPossible: there is no consent, or nothing is shared.
    """
    referral = lock_referral(referral)
    require(by, "desks.send_referral" if side == Side.SENDER else "desks.work_on_referral", referral)
    given = list(referral.consents.select_for_update().filter(withdrawn_at=None))
    if not given or referral.state not in READABLE | UNANSWERED:
        raise ReferralMoveNotPossible
    for consent in given:
        consent.withdrawn_at, consent.withdrawn_side = timezone.now(), side
        update_stamped(consent, "withdrawn_at", "withdrawn_side")
    record("referral.consent_withdrawn", referral, by=by, side=str(side))
    return referral


def lasts_until(day: date, referral: Referral) -> bool:
    """Whether the access ends on this day or before."""
    return referral.expires_at is not None and end_of(day, referral.from_desk) >= referral.expires_at
