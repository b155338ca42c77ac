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
from victor.audit.models import Entry
from victor.formatting import long_day
from victor.languages import local_text
from victor.stored_names import stored_reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desks.cases.models import Case
    from desks.extracts.extract_parts import MakeLines
    from victor.vault.keys.keyring import UnlockedVault

READ = frozenset({"case.read", "case.paper_read"})
PRINTED = "case.extract_printed"
TO_AUTHORITIES = frozenset({"case.authority_notified", "case.letter_made", "case.missing_reported"})
GIVEN = TO_AUTHORITIES | {PRINTED, "case.missing_report_made"}


def read_log(case: Case, _by: UnlockedVault) -> MakeLines:
    """The lines of an extract: a day, and who has read or received something on it. Only people of the desk read."""
    references = [stored_reference(part) for part in (case, *absorbed_cases(case))]
    rows = Entry.objects.filter(object__in=references, action__in=READ | GIVEN).order_by("sequence")
    entries = list(rows.values_list("at", "action", "details"))
    organisation = case.desk.organisation

    def lines() -> Sequence[tuple[str, str]]:
        name = local_text(organisation, "name").text
        reader = _("the team that helps you") if is_revealing(name) else name
        numbers = Counter(
            (timezone.localdate(at), _in_words(action, details, reader)) for at, action, details in entries
        )
        return [(long_day(day), _times(words, number)) for (day, words), number in numbers.items()]

    return lines


def _in_words(action: str, details: str, reader: str) -> str:
    if action in READ:
        return _("Read by: %(name)s") % {"name": reader}
    if action == PRINTED:
        receiver = json.loads(details).get("receiver", "")
        return _("Printed for: %(name)s") % {"name": Receiver(receiver).label}
    return _("Given to: %(name)s") % {"name": _("an authority")}


def _times(words: str, number: int) -> str:
    """The words, with how often where that was several times."""
    if number == 1:
        return words
    times = ngettext("%(number)d time", "%(number)d times", number) % {"number": number}
    return f"{words} · {times}"
