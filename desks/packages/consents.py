"""On which basis a package leaves: by the same rules as a referral."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.errors import NeedsWords
from desks.packages.errors import NoGroundOutside, PackageMoveNotPossible
from desks.packages.legal_bases import PackageBasis, PackageConsent, PackageGround
from desks.packages.locks import lock_unsent_package
from desks.packages.states import PackagePurpose, PackageState
from desks.referrals.code_lists import CONSENT_POINTS, MAX_DAYS, BasisKind, TransferGround
from desks.referrals.consents import ConsentFacts, grounds_towards, leaves_union, require_complete
from desks.referrals.errors import GroundNotPossible, NoBasis, NotTheFirst, TooLong
from victor.access import Actor, account_of, require
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import write_envelope

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.packages.models import Package
    from victor.accounts.models import User
    from victor.vault.records.models import Envelope

UNSENT = (PackageState.DRAFT, PackageState.ASKED)


@transaction.atomic
def record_consent(package: Package, facts: ConsentFacts, *, by: Actor) -> PackageConsent:
    """Write down a consent to this package.

    Raises:
        PackageMoveNotPossible: it was made already.
        ConsentIncomplete, ChildsViewLacks, InTheFuture: something of the consent lacks.
        TooLong: it would last longer than ninety days, or ends before it begins.
    """
    package, case = lock_unsent_package(package, *UNSENT, by=by)
    require_complete(facts)
    if not 0 <= (facts.valid_to - facts.valid_from).days <= MAX_DAYS:
        raise TooLong
    consent = PackageConsent(package=package, giver=facts.giver, way=facts.way, language=facts.language)
    consent.with_interpreter, consent.points = facts.with_interpreter, list(CONSENT_POINTS)
    consent.groups, consent.author = sorted(facts.groups), account_of(by)
    consent.valid_from, consent.valid_to = facts.valid_from, facts.valid_to
    consent.envelope = _seal(case, {"view": facts.view, "explained": facts.explained}, by=by)
    save_stamped(consent)
    record("package.consent_recorded", package, by=by, giver=str(facts.giver), until=facts.valid_to.isoformat())
    return consent


@transaction.atomic
def record_basis(package: Package, kind: BasisKind, reasons: str, *, by: User) -> PackageBasis:
    """Say why it leaves without consent. It counts once another person has confirmed it.

    Raises:
        PackageMoveNotPossible: it was made already.
        NeedsWords: there is no reason.
    """
    package, case = lock_unsent_package(package, *UNSENT, by=by)
    if not reasons.strip():
        raise NeedsWords
    basis = PackageBasis(package=package, kind=kind, first=by, envelope=_seal(case, {"text": reasons}, by=by))
    save_stamped(basis)
    record("package.basis_recorded", package, by=by, basis=str(kind))
    return basis


@transaction.atomic
def confirm_basis(basis: PackageBasis, *, by: User) -> PackageBasis:
    """Another person agrees that it may leave on this basis.

    Raises:
        PermissionDenied: `by` does not supervise the desk.
        NotTheFirst: it is the one who wrote it.
        PackageMoveNotPossible: it is confirmed already, or the package was made.
    """
    package, case = lock_unsent_package(basis.package, *UNSENT, by=by)
    require(by, "desks.supervise_case", case)
    basis = PackageBasis.objects.select_for_update(of=["self"]).get(pk=basis.pk)
    if basis.first_id == by.pk:
        raise NotTheFirst
    if verify_stamp(basis).second_id is not None:
        raise PackageMoveNotPossible
    basis.second, basis.confirmed_at = by, timezone.now()
    update_stamped(basis, "second", "confirmed_at")
    record("package.basis_confirmed", package, by=by, basis=basis.kind)
    return basis


@transaction.atomic
def record_ground(package: Package, ground: TransferGround, necessity: str, *, by: Actor) -> PackageGround:
    """Say on what ground the data leave the European Union.

    Raises:
        PackageMoveNotPossible: it was made already.
        GroundNotPossible: this ground is not open to the sender.
        NeedsWords: nothing says why it is necessary.
    """
    package, case = lock_unsent_package(package, *UNSENT, by=by)
    if ground not in possible_grounds(package):
        raise GroundNotPossible
    if not necessity.strip():
        raise NeedsWords
    for earlier in PackageGround.objects.filter(package=package).select_related("envelope"):
        earlier.delete()
        earlier.envelope.delete()
    row = PackageGround(package=package, ground=ground, author=account_of(by))
    row.envelope = _seal(case, {"text": necessity}, by=by)
    save_stamped(row)
    record("package.ground_recorded", package, by=by, ground=str(ground))
    return row


def possible_grounds(package: Package) -> list[TransferGround]:
    """The grounds on which this desk can give data to this country. The receiver is no partner: no clauses count."""
    return grounds_towards(package.country, of=package.case.desk)


def needs_ground(package: Package) -> bool:
    """Whether the data leave the European Union."""
    return leaves_union(package.country, of=package.case.desk)


def valid_consent(package: Package) -> PackageConsent | None:
    """The consent that covers all that leaves, today."""
    day, groups = timezone.localdate(timezone=package.case.desk.zone), set(package.groups)
    covering = (consent for consent in package.consents.all() if consent.covers(groups, day))
    return next((verify_stamp(consent) for consent in covering), None)


def confirmed_basis(package: Package) -> PackageBasis | None:
    """The other basis that two people have said."""
    return next((verify_stamp(basis) for basis in package.bases.all() if basis.second_id is not None), None)


def require_basis(package: Package) -> None:
    """Refuse what nothing allows.

    Raises:
        NoBasis: neither a consent nor another basis covers it.
        NoGroundOutside: it would leave the European Union without a ground.
    """
    if confirmed_basis(package) is None and valid_consent(package) is None:
        raise NoBasis
    ground = PackageGround.objects.filter(package=package).first()
    if needs_ground(package) and not (ground and verify_stamp(ground).ground in possible_grounds(package)):
        raise NoGroundOutside


def _seal(case: Case, words: dict[str, object], *, by: Actor) -> Envelope:
    return write_envelope(case.key, words, purpose=PackagePurpose.WORDS, by=by)
