"""Desks to which one can report: published, with a group of two colleagues whose vaults are open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from desks.desk.models import Desk
from desks.intake.receipt_keys import ReceiptKeys, derive_receipt_keys
from partners.directory.models import Organisation
from partners.help_lines.models import HelpLine
from partners.memberships.states import Role
from tests.desks.stamped_desks import stamp_group
from tests.people import organisation, person
from tests.vault.people import make_group, open_vault
from victor.vault import crypto
from victor.vault.keys.keyring import UnlockedVault

NAMES = ("title", "summary", "how", "limits", "for_children")
TEXTS = {f"{name}_{language}": "Desk" for name in NAMES for language in ("en", "el")}
CHEAP = (1, 8 * 1024 * 1024)


@dataclass
class StaffedDesk:
    """A desk and who works there."""

    desk: Desk
    worker: UnlockedVault
    supervisor: UnlockedVault


def staffed_desk(slug: str = "desk", *, at: Organisation | None = None, **fields: Any) -> StaffedDesk:
    """A desk in Greece that speaks English and Greek, and takes reports and files."""
    at = at or organisation("smile")
    worker, supervisor = (open_vault(person(role, at)) for role in (Role.WORKER, Role.SUPERVISOR))
    given = {"country": at.country, "languages": ["en", "el"], "takes_reports": True, **TEXTS} | fields
    desk = Desk.objects.create(slug=slug, organisation=at, group=make_group(worker, supervisor), **given)
    return StaffedDesk(stamp_group(desk), worker, supervisor)


def make_emergency_line(place: StaffedDesk) -> HelpLine:
    """The emergency number of a desk's country."""
    given = {"purpose": "emergency", "number": "112", "dial": "112", "name_en": "Emergency", "name_el": "Ανάγκη"}
    given |= {"confidence": "high", "publish": True, "source": "test"}
    return HelpLine.objects.create(key="gr-112", country=place.desk.country, **given)


@cache
def receipt_keys(number: int = 7) -> ReceiptKeys:
    """A derived receipt, at a cost that tests can pay."""
    return derive_receipt_keys(number)


def copy_of_receipt_keys(number: int = 7) -> ReceiptKeys:
    """The same receipt anew: an opened one is wiped after use."""
    keys = receipt_keys(number)
    return ReceiptKeys(keys.receipt_digest, crypto.PrivateKey(bytes(keys.private)))
