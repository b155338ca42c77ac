"""The stories of the demo: what invented people do on which day, by the same actions as everybody.

A slice declares its parts of a story in its `demo.py`. A story is played in order of time and in one transaction, and
the log says that it was: a run that was interrupted leaves no half of one, and a second run plays none again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone

from victor.access import System
from victor.accounts.demo import DOMAIN, passphrase_of, refuse_outside_demo
from victor.accounts.models import User
from victor.audit.actions import record
from victor.audit.models import Entry
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.passphrases.actions import unlock_vault

NARRATOR = System("play_stories")
Row = TypeVar("Row", bound=models.Model)


@dataclass
class Scene:
    """Where a story plays: the rows that its parts have made, the last one of each model, and the vaults that are open.

    Stories share the vaults: to open one takes as long as it does for people.
    """

    rows: dict[type[models.Model], object] = field(default_factory=dict)
    vaults: dict[int, UnlockedVault] = field(default_factory=dict)

    def put(self, row: models.Model) -> None:
        """Let the later parts act on this row."""
        self.rows[type(row)] = row.pk

    def get(self, model: type[Row]) -> Row:
        """The row of a model, as it is now."""
        return model._default_manager.get(pk=self.rows[model])

    def person(self, name: str) -> User:
        """A person of the demo, by the first part of the address."""
        return User.objects.get(email=f"{name}@{DOMAIN}")

    def vault_of(self, person: User) -> UnlockedVault:
        """The vault of a person of the demo, opened with the passphrase that is printed."""
        if person.pk not in self.vaults:
            self.vaults[person.pk] = unlock_vault(person, passphrase_of(person.email))
        return self.vaults[person.pk]


@dataclass(frozen=True)
class Part:
    """What happens in a story so many days before today, at an hour in UTC."""

    story: str
    days_ago: int
    hour: int
    play: Callable[[Scene], object]


PARTS: list[Part] = []
PROGRESS, PROGRESS_SECONDS = "stories", 120  # where the number of stories is noted, and for how long without a new one


def declare_part(part: Part) -> None:
    """Let this happen in a story. Of two parts at the same hour the one that was declared first happens first."""
    PARTS.append(part)


def play_stories() -> int:
    """Play each story that the log does not name yet. Return their number.

    Raises:
        NotADemo: `DEMO` is not set.
    """
    refuse_outside_demo()
    today = timezone.now().replace(minute=0, second=0, microsecond=0)
    played = set(Entry.objects.filter(action="demo_story.added").values_list("object", flat=True))
    names = [name for name in dict.fromkeys(part.story for part in PARTS) if f"story:{name}" not in played]
    vaults: dict[int, UnlockedVault] = {}
    for number, name in enumerate(names):
        cache.set(PROGRESS, (len(played) + number, len(played) + len(names)), PROGRESS_SECONDS)
        _play_story(name, today, vaults)
    cache.delete(PROGRESS)
    return len(names)


def progress_of_stories() -> tuple[int, int] | None:
    """How many stories have been played, of how many; None where none is being played."""
    return cache.get(PROGRESS) if settings.DEMO else None


@transaction.atomic
def _play_story(name: str, today: datetime, vaults: dict[int, UnlockedVault]) -> None:
    scene = Scene(vaults=vaults)
    parts = [part for part in PARTS if part.story == name]
    for part in sorted(parts, key=lambda part: (-part.days_ago, part.hour)):
        with time_set_to(min(today, (today - timedelta(days=part.days_ago)).replace(hour=part.hour))):
            part.play(scene)
    record("demo_story.added", f"story:{name}", by=NARRATOR)


@contextmanager
def time_set_to(moment: datetime) -> Iterator[None]:
    """Let Django's clock stand at a moment in this process. The log reads another clock: it keeps the real time.

    Django's `now` and all defaults of fields read one name in its module, which is replaced meanwhile.

    Raises:
        NotADemo: `DEMO` is not set.
    """
    refuse_outside_demo()

    class StandingClock(datetime):
        """A clock that stands."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    usual = timezone.datetime  # type: ignore[attr-defined]
    timezone.datetime = StandingClock  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = usual  # type: ignore[attr-defined]
