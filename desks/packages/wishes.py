"""A package is written: for whom, what for, what leaves. Nothing leaves before a supervisor makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.actions import new_reference
from desks.cases.locks import lock_running_case
from desks.packages.errors import FingerprintNotConfirmed, ReceiverMissing
from desks.packages.locks import lock_key, lock_unsent_package, write_words
from desks.packages.models import Package
from desks.packages.states import Method, PackageState, PackageWordsKind
from desks.referrals.code_lists import SharingPurpose
from desks.referrals.models import Referral
from desks.referrals.wishes import Choice, chosen_groups, chosen_items, letter_of, require_choice
from partners.directory.code_lists import COUNTRIES
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.stored_names import stored_reference
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.packages.models import PartnerKey


@dataclass(frozen=True)
class PackageWish:
    """For whom and what for. `office` and `country` name a receiver without a registered key."""

    method: Method
    purpose: SharingPurpose
    language: str
    partner: PartnerKey | None = None
    office: str = ""
    country: str = ""


@transaction.atomic
def start_package(case: Case, wish: PackageWish, *, by: Actor) -> Package:
    """Begin to write a package.

    Raises:
        CaseMoveNotPossible: the case has ended.
        ReceiverMissing: nobody is named to whom it goes.
        FingerprintNotConfirmed: the partner's key is not confirmed, or used no more.
    """
    case = lock_running_case(case, by=by)
    package = Package(case=case, reference=_new_reference(), author=account_of(by))
    _set_wish(package, wish)
    save_stamped(package)
    _write_office(package, wish, by=by)
    record("package.drafted", package, by=by, case=str(case.pk), method=str(wish.method), purpose=str(wish.purpose))
    return package


@transaction.atomic
def change_wish(package: Package, wish: PackageWish, *, by: Actor) -> Package:
    """Write to somebody else, or for something else.

    Raises:
        PackageMoveNotPossible: it is no draft any more.
        ReceiverMissing, FingerprintNotConfirmed: as above.
    """
    package, _case = lock_unsent_package(package, PackageState.DRAFT, by=by)
    _set_wish(package, wish)
    update_stamped(package, "method", "partner", "country", "purpose", "language")
    _write_office(package, wish, by=by)
    record("package.changed", package, by=by, method=str(wish.method), purpose=str(wish.purpose))
    return package


@transaction.atomic
def choose_groups(package: Package, choice: Choice, *, by: Actor) -> Package:
    """Say what leaves. The letter is sealed in the case.

    Raises:
        PackageMoveNotPossible: it is no draft any more.
        NoGroups, NothingChosen, ReasonLacks: the choice lacks something.
    """
    package, _case = lock_unsent_package(package, PackageState.DRAFT, by=by)
    require_choice(choice, SharingPurpose(package.purpose))
    package.groups, package.items = chosen_groups(choice), chosen_items(choice)
    update_stamped(package, "groups", "items")
    write_words(package, PackageWordsKind.LETTER, letter_of(choice), by=by)
    record("package.groups_chosen", package, by=by, groups=" ".join(package.groups))
    return package


@transaction.atomic
def drop_package(package: Package, *, by: Actor) -> None:
    """A draft is not needed. Only the log remembers it.

    Raises:
        PackageMoveNotPossible: it is no draft any more.
    """
    package, _case = lock_unsent_package(package, PackageState.DRAFT, by=by)
    reference = stored_reference(package)
    envelopes = [row.envelope for row in package.words.select_related("envelope")]
    envelopes += [consent.envelope for consent in package.consents.select_related("envelope")]
    envelopes += [basis.envelope for basis in package.bases.select_related("envelope")]
    if hasattr(package, "ground"):
        envelopes.append(package.ground.envelope)
    package.delete()
    for envelope in envelopes:
        envelope.delete()
    record("package.dropped", reference, by=by)


def require_confirmed_key(package: Package) -> PartnerKey:
    """The key with which a package is locked.

    Raises:
        ReceiverMissing: there is none.
        FingerprintNotConfirmed: only one person has read its fingerprint, or it is used no more.
        Unopenable: somebody has changed it in the database.
    """
    if package.partner is None:
        raise ReceiverMissing
    key = lock_key(package.partner)
    if not key.is_confirmed or key.desk_id != package.case.desk_id:
        raise FingerprintNotConfirmed
    return key


def _set_wish(package: Package, wish: PackageWish) -> None:
    package.method, package.purpose, package.language = wish.method, wish.purpose, wish.language
    if wish.method == Method.AGE:
        package.partner = wish.partner
        package.country = require_confirmed_key(package).country
    elif wish.country not in COUNTRIES or not wish.office.strip():
        raise ReceiverMissing
    else:
        package.partner, package.country = None, wish.country


def _write_office(package: Package, wish: PackageWish, *, by: Actor) -> None:
    """The receiver's office, as it stands on the cover: sealed, since it can tell what happened to a child."""
    name = f"{package.partner.organisation} · {package.partner.function}" if package.partner else wish.office.strip()
    write_words(package, PackageWordsKind.OFFICE, {"text": name}, by=by)


def _new_reference() -> str:
    """A name that tells nothing, which no case, referral or other package has."""
    while True:
        reference = new_reference()
        taken = [model.objects.filter(reference=reference).exists() for model in (Package, Referral)]
        if not any(taken):
            return reference
