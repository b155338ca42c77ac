"""Partners outside with keys, and packages as somebody would have written and made them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
from django.utils import timezone
from pyrage import x25519

from desks.cases.code_lists import Block
from desks.cases.models import Case
from desks.packages import actions, consents, partner_keys, wishes
from desks.packages.actions import Made
from desks.packages.models import Package, PartnerKey
from desks.packages.partner_keys import KeyFacts
from desks.packages.receipts import digest_of
from desks.packages.states import Method
from desks.packages.wishes import PackageWish
from desks.referrals.code_lists import CONSENT_POINTS, ConsentWay, FieldGroup, Giver, SharingPurpose
from desks.referrals.consents import ConsentFacts
from desks.referrals.wishes import Choice
from partners.directory.models import Country
from tests.desks.cases.case_desks import CaseDesk
from victor.vault.keys.keyring import update_stamped

NAME, STREET, LETTER, OFFICE = "Zornitsa", "Ulitsa Pirin 12", "She likes drawing", "Youth welfare office, duty officer"
GROUPS = frozenset({FieldGroup.IDENTITY, FieldGroup.CONTACT})
IDENTITY, OTHER_IDENTITY = x25519.Identity.generate(), x25519.Identity.generate()


def a_case(here: CaseDesk) -> Case:
    """A case with a name and an address."""
    child = {Block.IDENTITY: {"given": NAME, "family": "Ilieva"}, Block.CONTACT: {"address": STREET}}
    return here.case(child=child)


def key_facts(here: CaseDesk, **given: Any) -> KeyFacts:
    """The key of a partner in the desk's country."""
    facts: dict[str, Any] = {"organisation": "Kinderhilfe", "function": "Duty officer", "country": here.desk.country_id}
    return KeyFacts(**facts | {"recipient": str(IDENTITY.to_public())} | given)


def registered(here: CaseDesk, **given: Any) -> PartnerKey:
    """A key that one person has written down."""
    return partner_keys.register_key(here.desk, key_facts(here, **given), by=here.anna.person)


def confirmed(here: CaseDesk, **given: Any) -> PartnerKey:
    """The same, and another person has heard its fingerprint."""
    key = registered(here, **given)
    return partner_keys.confirm_key(key, key.fingerprint, by=here.ben.person)


def pdf_wish(here: CaseDesk, **given: Any) -> PackageWish:
    """A locked PDF for an office without a key."""
    facts: dict[str, Any] = {"method": Method.PDF, "purpose": SharingPurpose.SAFE_PLACE, "language": "en"}
    return PackageWish(**facts | {"office": OFFICE, "country": here.desk.country_id} | given)


def key_wish(partner: PartnerKey, **given: Any) -> PackageWish:
    """A file that the partner's key opens."""
    facts: dict[str, Any] = {"method": Method.AGE, "purpose": SharingPurpose.SAFE_PLACE, "language": "en"}
    return PackageWish(**facts | {"partner": partner} | given)


def consent(**given: Any) -> ConsentFacts:
    """The child has said yes seven times."""
    today = timezone.localdate()
    facts: dict[str, Any] = {"giver": Giver.CHILD, "way": ConsentWay.SPOKEN, "language": "bg", "groups": GROUPS}
    facts |= {"points": dict.fromkeys(CONSENT_POINTS, True), "view": "She agrees", "explained": "With pictures"}
    return ConsentFacts(**facts | {"valid_from": today, "valid_to": today + timedelta(days=30)} | given)


def drafted(here: CaseDesk, wish: PackageWish | None = None, case: Case | None = None) -> Package:
    """A draft with its groups and a consent."""
    by = here.anna.person
    package = wishes.start_package(case or a_case(here), wish or pdf_wish(here), by=by)
    package = wishes.choose_groups(package, Choice(GROUPS, message=LETTER), by=by)
    consents.record_consent(package, consent(), by=by)
    return package


def asked(here: CaseDesk, wish: PackageWish | None = None, case: Case | None = None) -> Package:
    """A supervisor is asked."""
    return actions.ask_supervisor(drafted(here, wish, case), by=here.anna.person)


def made(here: CaseDesk, wish: PackageWish | None = None) -> Made:
    """A supervisor has made it."""
    return actions.make_package(asked(here, wish), child_informed=True, by=here.chief)


def with_code(package: Package, code: str) -> Package:
    """The same package, of which somebody knows the code."""
    package.receipt_digest = digest_of(code)
    update_stamped(package, "receipt_digest")
    return package


def file_of(here: CaseDesk, package: Package) -> bytes:
    """The locked file, as the desk fetches it."""
    _about, chunks = actions.read_package(package, by=here.anna)
    return b"".join(chunks)


def attached(pdf: bytes, name: str, password: str = "") -> bytes:
    """A file in a PDF."""
    with pikepdf.open(BytesIO(pdf), password=password) as document:
        return bytes(document.attachments[name].get_file().read_bytes())


def partner_country(*, is_adequate: bool = False) -> str:
    """A country of the partnership outside the European Union."""
    facts = {"name": "Moldova", "name_en": "Moldova", "time_zone": "Europe/Chisinau", "is_adequate": is_adequate}
    Country.objects.update_or_create(code="MD", defaults=facts)
    return "MD"
