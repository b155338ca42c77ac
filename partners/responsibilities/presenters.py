"""What the pages of the directory show, and whom a country has to notify."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partners.help_lines.models import HelpLine
from partners.help_lines.presenters import lines_to_call_first
from partners.memberships.errors import name_deciders
from partners.memberships.second_persons import Register, second_person_fault, second_persons
from partners.responsibilities.actions import CHECKERS
from partners.responsibilities.models import Responsibility
from partners.responsibilities.states import EntryState, Function
from victor.access import is_permitted

if TYPE_CHECKING:
    from partners.directory.models import Country
    from victor.accounts.models import User

PROPOSE = "partners.propose_responsibility"


@dataclass(frozen=True)
class Authority:
    """A body that is told of a child victim: within how many hours, how, and how sure that is."""

    entry: Responsibility
    within_hours: int
    way: str
    is_own_clock: bool
    is_together: bool
    is_checked: bool
    is_outdated: bool


def authorities_to_notify(country: Country) -> list[Authority]:
    """Whom to notify of a child victim in this country, the most urgent first, with hours and way.

    An entry that came with the site counts also before two people have checked it: `is_checked` says so.
    """
    entries = Responsibility.objects.to_notify(country).for_listing()
    authorities = [_authority(entry) for entry in entries]
    return sorted(authorities, key=lambda authority: authority.within_hours)


def _authority(entry: Responsibility) -> Authority:
    return Authority(
        entry,
        entry.within_hours or 0,
        str(entry.get_notify_by_display()),
        entry.is_own_clock,
        entry.notify_together,
        entry.state == EntryState.CHECKED,
        entry.is_outdated,
    )


@dataclass(frozen=True)
class CountryDirectory:
    """The directory of one country, narrowed to a need."""

    country: Country
    first_contact: Responsibility | None
    entries: list[Responsibility]
    waiting: list[Responsibility]
    told_together: int
    emergency: HelpLine
    need: str
    can_propose: bool

    @classmethod
    def of(cls, country: Country, need: str, reader: User) -> CountryDirectory:
        """Load what the page shows."""
        here = Responsibility.objects.visible_to(reader).filter(country=country).for_listing()
        all_entries = list(here.in_force())
        shown = [entry for entry in all_entries if need in {"", entry.function}]
        is_first = {entry.pk for entry in all_entries if _is_first_contact(entry)}
        return cls(
            country=country,
            first_contact=next((entry for entry in all_entries if entry.pk in is_first), None),
            entries=[entry for entry in shown if entry.pk not in is_first],
            waiting=[entry for entry in here.waiting() if need in {"", entry.function}],
            told_together=sum(entry.notify_together for entry in all_entries),
            emergency=lines_to_call_first(country.pk)[0],
            need=need,
            can_propose=is_permitted(reader, PROPOSE),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nobody is recorded for the need, which is not that of the first contact."""
        return not self.entries and self.need != Function.FOCAL_POINT


def _is_first_contact(entry: Responsibility) -> bool:
    return entry.function == Function.FOCAL_POINT and entry.state == EntryState.CHECKED


@dataclass(frozen=True)
class VisitorsDirectory:
    """The public bodies of one country, for whoever looks at the site."""

    first_contact: Responsibility | None
    entries: list[Responsibility]
    told_together: int
    emergency: HelpLine

    @classmethod
    def of(cls, country: Country) -> VisitorsDirectory:
        """Load what the page shows. Whom to notify at the same time counts also those that are not checked yet."""
        bodies = list(Responsibility.objects.for_visitors().filter(country=country))
        return cls(
            first_contact=next((entry for entry in bodies if _is_first_contact(entry)), None),
            entries=[entry for entry in bodies if not _is_first_contact(entry)],
            told_together=Responsibility.objects.to_notify(country).filter(notify_together=True).count(),
            emergency=lines_to_call_first(country.pk)[0],
        )


@dataclass(frozen=True)
class EntryPage:
    """One entry, and what its reader can do with it."""

    entry: Responsibility
    can_confirm: bool
    can_check: bool
    can_return: bool
    can_change: bool
    is_own: bool
    deciders: str
    history: list[Responsibility]

    @classmethod
    def of(cls, entry: Responsibility, reader: User) -> EntryPage:
        """Load what the page shows."""
        is_proposed = entry.state == EntryState.PROPOSED
        is_seed = is_proposed and entry.proposed_by is None
        may_check = is_permitted(reader, "partners.check_responsibility", entry)
        can_check, deciders = False, ""
        if not is_seed and entry.state in {EntryState.PROPOSED, EntryState.CHECKED}:
            can_check, deciders = _second(entry, reader)
        waits = entry.changes.filter(state=EntryState.PROPOSED).exists()
        return cls(
            entry=entry,
            can_confirm=is_seed and may_check,
            can_check=can_check,
            can_return=is_proposed and is_permitted(reader, "partners.return_responsibility", entry),
            can_change=is_permitted(reader, PROPOSE)
            and not waits
            and Responsibility.objects.in_force().filter(pk=entry.pk).exists(),
            is_own=is_proposed and entry.proposed_by_id == reader.pk,
            deciders=deciders if is_proposed and not can_check else "",
            history=list(_history(entry)),
        )


def _second(entry: Responsibility, reader: User) -> tuple[bool, str]:
    """Whether the reader can be the second person, and who else can."""
    register, asker = Register.load(), entry.proposed_by
    fault = second_person_fault(reader, asker=asker, roles=CHECKERS, register=register)
    people = second_persons(asker=asker, roles=CHECKERS, register=register)
    return fault is None, name_deciders(people)


def _history(entry: Responsibility) -> list[Responsibility]:
    """The entries that it has replaced, the newest first."""
    earlier, at = [], entry.replaces
    while at is not None:
        earlier.append(at)
        at = at.replaces
    return earlier
