"""What stands in a package: a cover with the code of the receipt, the chosen groups, and a file for their systems."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from desks.notifications.errors import NotPrintable
from desks.packages.encryption import attach_files
from desks.packages.states import REQUESTED, PackagePurpose, PackageWordsKind
from desks.referrals.code_lists import FieldGroup, SharingPurpose
from desks.referrals.field_groups import StoredLine, lines_in
from victor.formatting import long_day
from victor.languages import current_language
from victor.pdf import Unprintable, personal_pdf, printable
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import verify_stamp
from victor.vault.records.actions import read_all
from victor.vault.records.expectations import Expected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from desks.packages.models import Package
    from victor.vault.keys.keyring import UnlockedVault


@dataclass(frozen=True)
class Contents:
    """Everything that goes into a package, read from the case. `papers`: copies of documents, by their file names."""

    office: str
    letter: Mapping[str, object]
    groups: Mapping[FieldGroup, Sequence[StoredLine]]
    papers: Mapping[str, bytes]
    basis: Mapping[str, object]
    case_version: int


@transaction.atomic
def read_words(package: Package, *, by: UnlockedVault) -> dict[PackageWordsKind, Mapping[str, object]]:
    """The sealed words of a package, by their kind.

    Raises:
        NoGrant, Unopenable: they cannot be read, or were altered.
    """
    rows = list(package.words.select_related("envelope__key"))
    if any(verify_stamp(row).package_id != package.pk for row in rows):
        raise Unopenable
    key_id = package.case.key_id
    contents = read_all([Expected(row.envelope, key_id, {PackagePurpose.WORDS}) for row in rows], by=by)
    return {PackageWordsKind(row.kind): contents[row.envelope_id] for row in rows}


def package_pdf(package: Package, contents: Contents, code: str, day: date) -> bytes:
    """The package as a tagged PDF in its language, with its files inside. It is not locked yet.

    Raises:
        NotPrintable: our fonts lack a sign of what is written.
    """
    with override(package.language):
        try:
            paper = personal_pdf("package", printed_words(package, contents, code, day))
        except Unprintable as failure:
            raise NotPrintable from failure
        data = json.dumps(task_in_fhir_words(package, contents, code, day), ensure_ascii=False, indent=2)
    return attach_files(paper, {f"{package.reference}.json": data.encode(), **contents.papers})


def printed_words(package: Package, contents: Contents, code: str, day: date) -> Mapping[str, object]:
    """The values for the template, in the active language. The title names neither a child nor what the desk does."""
    letter = contents.letter
    return {
        "language": current_language(),
        "title": pgettext("extract", "Record"),
        "reference": _("Our reference: %(reference)s") % {"reference": package.reference},
        "day": long_day(day),
        "sender": printable(package.case.desk.name),
        "cover": [
            [_("To"), printable(contents.office)],
            [_("Purpose"), str(SharingPurpose(package.purpose).label)],
            *_filled([_("Message"), str(letter.get("message", ""))]),
            *_filled([_("Conditions"), str(letter.get("conditions", ""))]),
            *[[_("Group %(number)s") % {"number": group[1:]}, reason] for group, reason in _reasons(letter).items()],
        ],
        "receipt_title": _("Please confirm that you have received this"),
        "receipt": [[_("Address"), receipt_address()], [_("Code"), code]],
        "rules": [
            _("Only those who need it for this purpose read it."),
            _("Do not forward it, and keep it encrypted."),
            _("If we ask you to destroy it, please answer at the same address with the same code."),
        ],
        "parts": [
            {
                "title": f"{group.number} {group.label}",
                "lines": [list(line) for line in lines_in(lines, package.language)],
            }
            for group, lines in sorted(contents.groups.items(), key=lambda item: item[0].number)
        ],
        "nothing": _("Nothing is written there."),
        "files": [_("Attached file: %(name)s") % {"name": name} for name in contents.papers],
        "confidential": _("Confidential. This paper is only for whoever it was given to."),
        "page": _("Page"),
    }


def task_in_fhir_words(package: Package, contents: Contents, code: str, day: date) -> Mapping[str, object]:
    """The package for the receiver's own system: a task in the words of FHIR (R5), in codes. No word of a child."""
    return {
        "resourceType": "Task",
        "identifier": [{"value": package.reference}],
        "status": REQUESTED,
        "intent": "order",
        "authoredOn": day.isoformat(),
        "requester": {"display": package.case.desk.name},
        "owner": {"display": contents.office},
        "code": {"text": package.purpose},
        "input": [
            {"type": {"text": str(group)}, "valueInteger": len(lines)} for group, lines in contents.groups.items()
        ],
        "basis": contents.basis,
        "note": [{"text": conditions}] if (conditions := str(contents.letter.get("conditions", ""))) else [],
        "answer": {"address": receipt_address(), "code": code},
    }


def receipt_address() -> str:
    """Where a receipt is confirmed, in the active language."""
    return urljoin(settings.SITE_URL, reverse("desks:package_receipt"))


def _filled(line: list[str]) -> list[list[str]]:
    return [line] if line[1].strip() else []


def _reasons(letter: Mapping[str, object]) -> Mapping[str, str]:
    reasons = letter.get("reasons")
    return {str(group): str(reason) for group, reason in reasons.items()} if isinstance(reasons, dict) else {}
