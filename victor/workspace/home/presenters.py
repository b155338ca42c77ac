"""The first page of the workspace: what a person has to do, and what has happened to it within a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from partners.memberships.rules import organisations_of
from victor.accounts.models import User
from victor.audit.models import Chain, Entry
from victor.audit.states import deed_in_words
from victor.todo.declarations import KINDS, Line, Strip, audiences_of, buttons_of, strips_of, subject_line
from victor.todo.models import SettledItem
from victor.todo.presenters import MAX_READ, Worklist, worklist_of
from victor.workspace.home.first_steps import first_steps_of

if TYPE_CHECKING:
    from victor.todo.declarations import Button
    from victor.todo.models import Item
    from victor.workspace.home.first_steps import StepLine

MAX_HAPPENED = 8
RECENT = timedelta(hours=24)
# What colleagues see of each other's work, by the first word of its code; and what is never told: who has read.
SHARED = (
    r"^(agreement|contact_point|responsibility|help_line|helpline|group|meeting|minutes|decision|action|document"
    r"|grant|period|release|seminar|campaign|activity)\."
)
READING = r"(read|opened|downloaded|previewed)"
LAST_ENTRIES = 5000  # of the audit log, among which those of a day are looked for


@dataclass(frozen=True)
class Event:
    """Something that happened: when, who did it, what was done, to what, and the path of its page."""

    at: datetime
    person: str
    deed: str
    title: str
    url: str


@dataclass(frozen=True)
class Deed:
    """What a colleague has done today: who, and what, in words that name no object."""

    person: str
    deed: str


@dataclass(frozen=True)
class HomePage:
    """What the page shows."""

    work: Worklist
    happened: list[Event]
    buttons: list[Button]
    strips: list[Strip]
    first_steps: list[StepLine]
    today: list[Deed]

    @property
    def steps_done(self) -> int:
        """How many of the first steps are done."""
        return sum(step.is_done for step in self.first_steps)

    @property
    def pressing(self) -> list[Strip]:
        """The strips that stand beside what cannot wait."""
        return [strip for strip in self.strips if strip.is_pressing]

    @property
    def calm(self) -> list[Strip]:
        """The others."""
        return [strip for strip in self.strips if not strip.is_pressing]


def home_page(user: User) -> HomePage:
    """The first page of a person, as it is now."""
    work = worklist_of(user)
    settled = SettledItem.objects.for_person(user.pk, audiences_of(user))
    recent = settled.filter(settled_at__gte=timezone.now() - RECENT).order_by("-settled_at")[:MAX_READ]
    events = _events([*work.items, *recent])
    return HomePage(work, events, buttons_of(user), strips_of(user), first_steps_of(user), _today(user))


def _today(user: User) -> list[Deed]:
    """What colleagues at the person's organisations have done since midnight, the latest first, each once.

    Nothing of reports and cases is among it, and nothing that somebody has read.
    """
    colleagues = User.objects.filter(memberships__organisation__in=organisations_of(user)).exclude(pk=user.pk)
    names = {f"{User.stored_name}:{pk}": name for pk, name in colleagues.values_list("pk", "name")}
    if not names:
        return []
    end = Chain.objects.values_list("length", flat=True).first() or 0
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    day = Entry.objects.filter(sequence__gt=end - LAST_ENTRIES, at__gte=midnight, actor__in=list(names))
    shared = day.filter(action__regex=SHARED).exclude(action__regex=READING).order_by("-sequence")
    rows = shared.values_list("actor", "action")[:MAX_READ]
    deeds = dict.fromkeys((names[actor], deed_in_words(action)) for actor, action in rows)
    return [Deed(person, deed) for person, deed in deeds][:MAX_HAPPENED]


def _events(items: Iterable[Item]) -> list[Event]:
    """What happened within a day to what the person has or had to do, the latest first.

    What somebody did several times, as to read a case, is told once.
    """
    about = {item.subject: item for item in items if item.kind in KINDS}
    if not about:
        return []
    end = Chain.objects.values_list("length", flat=True).first() or 0
    day = {"sequence__gt": end - LAST_ENTRIES, "at__gte": timezone.now() - RECENT}
    deeds = Entry.objects.filter(object__in=list(about), **day).order_by("object", "action", "actor", "-sequence")
    once = deeds.distinct("object", "action", "actor")
    latest = sorted(once, key=lambda entry: entry.sequence, reverse=True)[:MAX_HAPPENED]
    names = _names({entry.actor for entry in latest})
    return [_event(entry, subject_line(about[entry.object]), names) for entry in latest]


def _event(entry: Entry, line: Line, names: dict[str, str]) -> Event:
    return Event(entry.at, names.get(entry.actor, "VICTOR"), deed_in_words(entry.action), line.title, line.url)


def _names(actors: Iterable[str]) -> dict[str, str]:
    """The names of those who have an account."""
    prefix = f"{User.stored_name}:"
    pks = [int(actor.removeprefix(prefix)) for actor in actors if actor.startswith(prefix)]
    return {f"{prefix}{pk}": name for pk, name in User.objects.filter(pk__in=pks).values_list("pk", "name")}
