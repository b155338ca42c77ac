"""What pages show of packages, loaded and decrypted before they render."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.packages.consents import confirmed_basis, needs_ground, valid_consent
from desks.packages.contents import read_words
from desks.packages.models import Package, PartnerKey
from desks.packages.states import Method, PackageState, PackageWordsKind
from desks.packages.steps import PackageStep, offered_steps
from desks.referrals.code_lists import FieldGroup
from desks.referrals.presenters import DraftTask
from victor.audit.models import Entry
from victor.audit.states import deed_in_words
from victor.stored_names import stored_reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from desks.cases.sections import CaseReader
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault

LOG_LENGTH = 50


@dataclass(frozen=True)
class PackageLogLine:
    """A row of the log: when, and what. The receiver's rows look like any other."""

    at: datetime
    what: str


@dataclass(frozen=True)
class PackagePage:
    """The page of a package. `words` is empty while the vault is locked."""

    package: Package
    is_locked: bool
    steps: Sequence[PackageStep]
    tasks: Sequence[DraftTask]
    words: Sequence[tuple[str, str]]
    log: Sequence[PackageLogLine]

    @property
    def groups(self) -> list[FieldGroup]:
        """The groups that leave, in their order."""
        return [FieldGroup(group) for group in self.package.groups]

    @property
    def is_unsent(self) -> bool:
        """Whether nothing has left the desk."""
        return self.package.sent_at is None

    @property
    def key_lacks(self) -> bool:
        """Whether it is to be locked with a key that cannot be used now."""
        partner = self.package.partner
        return self.package.method == Method.AGE and (partner is None or not partner.is_confirmed)


def package_page(package: Package, user: User, vault: UnlockedVault | None) -> PackagePage:
    """Everything that the page of a package shows."""
    return PackagePage(
        package=package,
        is_locked=vault is None,
        steps=offered_steps(package, user),
        tasks=_draft_tasks(package) if package.state == PackageState.DRAFT else (),
        words=_shown_words(read_words(package, by=vault)) if vault else (),
        log=_log_of(package),
    )


def _shown_words(words: Mapping[PackageWordsKind, Mapping[str, object]]) -> list[tuple[str, str]]:
    letter = words.get(PackageWordsKind.LETTER, {})
    lines = [
        (str(kind.label), str(words.get(kind, {}).get("text", "")))
        for kind in (PackageWordsKind.OFFICE, PackageWordsKind.FUNCTION, PackageWordsKind.KEPT)
    ]
    lines += [(_("Message"), str(letter.get("message", ""))), (_("Conditions"), str(letter.get("conditions", "")))]
    reasons = letter.get("reasons")
    if isinstance(reasons, dict):
        lines += [(_("Group %(number)s") % {"number": group[1:]}, str(reason)) for group, reason in reasons.items()]
    return [line for line in lines if line[1]]


def _draft_tasks(package: Package) -> list[DraftTask]:
    has_basis = confirmed_basis(package) is not None or valid_consent(package) is not None
    tasks = [
        DraftTask(_("For whom, and what for"), is_done=True, url_name="desks:package_wish"),
        DraftTask(_("What leaves"), is_done=bool(package.groups), url_name="desks:package_groups"),
        DraftTask(_("Consent, or another basis"), is_done=has_basis, url_name="desks:package_consent"),
    ]
    if needs_ground(package):
        tasks.append(DraftTask(_("Ground of the transfer"), hasattr(package, "ground"), "desks:package_ground"))
    return tasks


def _log_of(package: Package) -> list[PackageLogLine]:
    entries = Entry.objects.filter(object=stored_reference(package)).order_by("-sequence")[:LOG_LENGTH]
    return [PackageLogLine(entry.at, deed_in_words(entry.action)) for entry in entries]


@dataclass(frozen=True)
class PackagesOfCase:
    """The packages of a case, for the section that says what others see of it."""

    packages: Sequence[Package]
    may_write: bool


def packages_of_case(reader: CaseReader) -> PackagesOfCase:
    """The packages of a case, the newest first. Codes only."""
    rows = Package.objects.filter(case=reader.case).select_related("partner")
    return PackagesOfCase(list(rows), may_write=reader.case.is_running)


def keys_of_desk(desk_id: int, user: User) -> list[PartnerKey]:
    """The keys of a desk, those that can be used first."""
    keys = PartnerKey.objects.visible_to(user).filter(desk=desk_id)
    order = ["confirmed", "proposed", "removed"]
    rows = keys.select_related("read_by", "confirmed_by", "removed_by")
    return sorted(rows, key=lambda key: order.index(key.state))
