"""What the page of the audit log shows: who did what to what, and whether the log was verified. No content."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from victor.audit.models import Entry
from victor.audit.presenters import name_actors
from victor.audit.states import deed_in_words
from victor.audit.verification import latest_verification, waits_for_verification
from victor.stored_names import describe_reference

if TYPE_CHECKING:
    from victor.workspace.log.forms import LogFilterForm

PAGE_LENGTH = 50


@dataclass(frozen=True)
class LogRow:
    """An entry in words. `facts` are codes and numbers, never a text about a person."""

    entry: Entry
    person: str
    deed: str
    about: str
    facts: list[tuple[str, str]]

    @classmethod
    def of(cls, entry: Entry) -> LogRow:
        """An entry of which the name of whoever did it is loaded."""
        facts = [(name, str(value)) for name, value in json.loads(entry.details).items()]
        person = str(vars(entry)["actor_name"])
        return cls(entry, person, deed_in_words(entry.action), describe_reference(entry.object), facts)


@dataclass(frozen=True)
class Verification:
    """When the log was last read as a whole, and what was seen."""

    at: datetime
    entries: int
    anchors: int
    faults: int

    @classmethod
    def of(cls, entry: Entry) -> Verification:
        """What the entry of a verification says."""
        return cls(entry.at, **{name: json.loads(entry.details)[name] for name in ("entries", "anchors", "faults")})


@dataclass(frozen=True)
class LogPage:
    """A page of the log, the latest entries first. `next_before` leads to the older ones, where there are any."""

    rows: list[LogRow]
    next_before: int | None
    verification: Verification | None
    is_waiting: bool

    @classmethod
    def of(cls, form: LogFilterForm) -> LogPage:
        """Load what the page shows."""
        entries = list(form.narrow(Entry.objects.order_by("-sequence"))[: PAGE_LENGTH + 1])
        shown = entries[:PAGE_LENGTH]
        name_actors(shown)
        last = latest_verification()
        return cls(
            rows=[LogRow.of(entry) for entry in shown],
            next_before=shown[-1].sequence if len(entries) > PAGE_LENGTH else None,
            verification=Verification.of(last) if last else None,
            is_waiting=waits_for_verification(),
        )
