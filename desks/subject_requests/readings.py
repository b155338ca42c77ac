"""Who has read a record, and to whom it was given: by organisation and day, from the audit log."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.cases.merges import absorbed_cases
from desks.extracts.revealing_words import is_revealing
from desks.extracts.states import Receiver
from desks.packages.models import Package
from desks.referrals.models import Referral
from desks.referrals.states import Side
from victor.audit.models import Entry
from victor.formatting import long_day
from victor.languages import local_text
from victor.stored_names import stored_reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desks.cases.models import Case
    from desks.desk.models import Desk
    from desks.extracts.extract_parts import MakeLines
    from victor.vault.keys.keyring import UnlockedVault

READ = frozenset({"case.read", "case.paper_read", "referral.read", "referral.file_read"})
PRINTED = "case.extract_printed"
TO_AUTHORITIES = frozenset({"case.authority_notified", "case.letter_made", "case.missing_reported"})
ACCEPTED, PACKED, EXPORTED = "referral.accepted", "package.file_read", "case.exported"
GIVEN = TO_AUTHORITIES | {PRINTED, "case.missing_report_made", ACCEPTED, PACKED, EXPORTED}


def read_log(case: Case, _by: UnlockedVault) -> MakeLines:
    """The lines of an extract: a day, and who has read or received something on it, at this desk and elsewhere."""
    cases = [case, *absorbed_cases(case)]
    referrals = {
        stored_reference(referral): referral
        for referral in Referral.objects.filter(case__in=cases).select_related("to_desk__organisation")
    }
    packages = [stored_reference(package) for package in Package.objects.filter(case__in=cases)]
    references = [*map(stored_reference, cases), *referrals, *packages]
    rows = Entry.objects.filter(object__in=references, action__in=READ | GIVEN).order_by("sequence")
    entries = list(rows.values_list("at", "action", "object", "details"))

    def lines() -> Sequence[tuple[str, str]]:
        numbers = Counter(
            (timezone.localdate(at), _in_words(action, json.loads(details), case, referrals.get(of)))
            for at, action, of, details in entries
        )
        return [(long_day(day), _times(words, number)) for (day, words), number in numbers.items()]

    return lines


def _in_words(action: str, details: Mapping[str, object], case: Case, referral: Referral | None) -> str:
    if action in READ:
        is_elsewhere = referral is not None and details.get("side") == Side.RECEIVER
        return _("Read by: %(name)s") % {"name": _name_of(referral.to_desk if referral and is_elsewhere else case.desk)}
    if action == PRINTED:
        return _("Printed for: %(name)s") % {"name": Receiver(str(details.get("receiver", ""))).label}
    if action == ACCEPTED and referral is not None:
        return _("Given to: %(name)s") % {"name": _name_of(referral.to_desk)}
    if action == EXPORTED:
        return _("Given to: %(name)s") % {"name": _("another organisation, as a file")}
    if action == PACKED:
        return _("Given to: %(name)s") % {"name": _("a partner without an account here")}
    return _("Given to: %(name)s") % {"name": _("an authority")}


def _name_of(desk: Desk) -> str:
    """The organisation of a desk; where its name tells what it does, no name."""
    name = local_text(desk.organisation, "name").text
    return _("the team that helps you") if is_revealing(name) else name


def _times(words: str, number: int) -> str:
    """The words, with how often where that was several times."""
    if number == 1:
        return words
    times = ngettext("%(number)d time", "%(number)d times", number) % {"number": number}
    return f"{words} · {times}"
