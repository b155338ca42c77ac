"""Somebody chooses how often they are told of their tasks, and is told: once a day or a week, if there is anything."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from victor.access import System, require
from victor.accounts.models import User
from victor.accounts.states import Digest
from victor.audit.actions import record
from victor.todo.declarations import KINDS, audiences_of
from victor.todo.models import OpenItem
from victor.workspace.digest.emails import compose_digest
from victor.workspace.digest.states import FROM, UNTIL, WORKING_DAYS, Part, part_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.core.mail import EmailMultiAlternatives

    from victor.todo.querysets import WorkItemQuerySet


@transaction.atomic
def choose_digest(often: Digest, without: Collection[Part], *, by: User) -> None:
    """Save how often, and of which parts of the portal nothing is told."""
    person = User.objects.select_for_update().get(pk=by.pk)
    require(by, "workspace.choose_digest", person)
    person.digest, person.digest_without = often, sorted(without)
    person.save(update_fields=["digest", "digest_without"])
    record("account.digest_chosen", person, by=by, often=str(often))


@transaction.atomic
def hide_first_steps(*, by: User) -> None:
    """Show the list of first steps no more."""
    person = User.objects.select_for_update().get(pk=by.pk)
    require(by, "workspace.choose_digest", person)
    person.hides_first_steps = True
    person.save(update_fields=["hides_first_steps"])
    record("account.first_steps_hidden", person, by=by)


def send_digest(person: User, *, by: System) -> bool:
    """Send what is due. Return whether there was anything. The words are made before anything is locked."""
    now = timezone.now()
    if not is_due(person, now):
        return False
    numbers, overdue = count_tasks(person, now)
    mails = [compose_digest(person, numbers, overdue)] if numbers else []
    return _send(person, mails, sum(numbers.values()), now, by=by)


@transaction.atomic
def _send(person: User, mails: list[EmailMultiAlternatives], tasks: int, now: datetime, *, by: System) -> bool:
    """Queue the mail and note that it was due. Whoever comes second finds that it was done."""
    locked = User.objects.select_for_update(skip_locked=True).filter(pk=person.pk, is_active=True).first()
    if locked is None or not is_due(locked, now):
        return False
    locked.digest_at = now
    locked.save(update_fields=["digest_at"])
    for mail in mails:
        mail.send()
        record("account.digest_sent", locked, by=by, tasks=tasks)
    return bool(mails)


def is_due(person: User, now: datetime) -> bool:
    """Whether it is a working hour where the person works, and the day or the week has had no mail yet."""
    zone = zone_of(person)
    here = now.astimezone(zone)
    if here.weekday() >= WORKING_DAYS or not FROM <= here.time() < UNTIL:
        return False
    last = person.digest_at.astimezone(zone) if person.digest_at else None
    if person.digest == Digest.DAILY:
        return last is None or last.date() < here.date()
    return person.digest == Digest.WEEKLY and (last is None or last.isocalendar()[:2] < here.isocalendar()[:2])


def zone_of(person: User) -> ZoneInfo:
    """The zone of the organisation for which somebody works, else that of the portal."""
    membership = person.memberships.select_related("organisation__country").order_by("pk").first()
    zone = membership.organisation.country.time_zone if membership else ""
    return ZoneInfo(zone or timezone.get_default_timezone_name())


def count_tasks(person: User, now: datetime) -> tuple[dict[Part, int], int]:
    """How many tasks somebody has in each part that is wanted, and how many of them are overdue."""
    mine = OpenItem.objects.for_person(person.pk, audiences_of(person)).open_at(now)
    numbers, overdue = Counter[Part](), 0
    for kind, number, late in [*_countable(mine, now), *_settleable(person, mine, now)]:
        part = part_of(KINDS[kind].describe.__module__)
        if number and part not in person.digest_without:
            numbers[part] += number
            overdue += late
    return dict(numbers), overdue


def _countable(mine: WorkItemQuerySet, now: datetime) -> list[tuple[str, int, int]]:
    """The kinds of which the audience says who can settle them: how many there are, and how many are overdue."""
    rows = mine.filter(kind__in=[name for name, kind in KINDS.items() if kind.keep_for is None]).order_by()
    counted = rows.values("kind").annotate(number=Count("pk"), late=Count("pk", filter=Q(due_at__lte=now)))
    return [(row["kind"], row["number"], row["late"]) for row in counted]


def _settleable(person: User, mine: WorkItemQuerySet, now: datetime) -> list[tuple[str, int, int]]:
    """The same of the other kinds, of which each item is asked."""
    by_kind = defaultdict(list)
    for item in mine.filter(kind__in=[name for name, kind in KINDS.items() if kind.keep_for]):
        by_kind[item.kind].append(item)
    own = {name: (KINDS[name].keep_for or _every)(person, items) for name, items in by_kind.items()}
    return [(name, len(items), sum(_is_late(item, now) for item in items)) for name, items in own.items()]


def _every(_person: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    return items


def _is_late(item: OpenItem, now: datetime) -> bool:
    return item.due_at is not None and item.due_at <= now
