"""Is this child known already? Tokens of a record are stored; one's own desk is searched, and other desks are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from desks.desk.models import Desk
from desks.desk.querysets import require_key
from desks.duplicates.blind_tokens import Question, TypedIdentity, question_about, tokens_to_store
from desks.duplicates.errors import NoSearchReason, NothingToSearch, TooManySearches
from desks.duplicates.matching import MAX_CANDIDATES, RECORD_GUARDS, Candidate, rank
from desks.duplicates.models import BlindToken, DeskQuestion, DeskSearch
from desks.duplicates.states import SearchReason, TokenKind
from desks.reports.actions import people_to_notify
from desks.reports.emails import compose_alerts
from desks.reports.states import EscalationLevel
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.models import Key

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from desks.duplicates.querysets import BlindTokenQuerySet
    from victor.access import Actor

EVERY_KIND = frozenset(TokenKind)
MAX_SEARCHES = 20  # at other desks, for each person and day


class OwnMatches(NamedTuple):
    """What one's own desk knows. Where something is hidden, a supervisor has to be asked first."""

    candidates: list[Candidate]
    has_hidden: bool


@transaction.atomic
def store_tokens(
    identity: TypedIdentity,
    *,
    key: Key,
    desk: Desk,
    kinds: Collection[TokenKind] = EVERY_KIND,
    replaced: Collection[TokenKind] = EVERY_KIND,
    by: Actor,
) -> None:
    """Let the child of a record be found by what is known now, as far as it is of these kinds.

    The record's earlier tokens go, of the kinds that are `replaced`.
    """
    key = Key.objects.select_for_update(of=["self"], no_key=True).get(pk=key.pk)
    require(by, "desks.work", desk)
    BlindToken.objects.filter(key=key, kind__in=list(replaced)).delete()
    tokens = {value: kind for value, kind in tokens_to_store(identity).items() if kind in kinds}
    rows = [BlindToken(kind=kind, value=value, desk=desk, key=key) for value, kind in tokens.items()]
    BlindToken.objects.bulk_create(rows, ignore_conflicts=True)
    record("duplicates.stored", key, by=by, kinds=" ".join(sorted(set(tokens.values()))))


@transaction.atomic
def move_tokens(key: Key, *, desk: Desk, by: Actor) -> None:
    """A record has gone to another desk, which finds it from now on."""
    require(by, "desks.work", desk)
    BlindToken.objects.filter(key=key).update(desk=desk)
    record("duplicates.moved", key, by=by, to=desk.slug)


@transaction.atomic
def search_own_desk(identity: TypedIdentity, *, desk: Desk, by: User) -> OwnMatches:
    """The records of one's own desk that are perhaps about this child: ten at most, the likeliest first.

    Raises:
        NothingToSearch: nothing was typed that can be compared.
        NoDeskKey: the person does not hold the desk's keys.
    """
    require(by, "desks.work", desk)
    require_key(desk, by)
    question = _question(identity)
    ranked = _ranked(question, BlindToken.objects.at(desk))
    keys = {candidate.key_id for candidate in ranked}
    hidden: set[UUID] = set()
    for guard in RECORD_GUARDS:
        hidden_here = guard.hidden_from(by, keys)
        guard.tell_of_search(hidden_here)
        hidden |= hidden_here
    candidates = [candidate for candidate in ranked if candidate.key_id not in hidden][:MAX_CANDIDATES]
    record("duplicates.searched", desk, by=by, kinds=" ".join(question.kinds), number=len(candidates))
    return OwnMatches(candidates, bool(hidden))


@transaction.atomic
def search_other_desks(identity: TypedIdentity, *, desk: Desk, reason: str, by: User) -> list[Desk]:
    """The other desks that perhaps know this child. They are told that this desk has asked; nothing else is revealed.

    Raises:
        NoSearchReason: neither consent nor danger to life is named.
        NothingToSearch: nothing was typed that can be compared.
        NoDeskKey: the person does not hold the desk's keys.
        TooManySearches: the person has asked as often as one may on a day.
    """
    require(by, "desks.work", desk)
    require_key(desk, by)
    if reason not in SearchReason:
        raise NoSearchReason
    question = _question(identity)
    ranked = _ranked(question, BlindToken.objects.elsewhere(desk))
    keys = [candidate.key_id for candidate in ranked]
    asked = list(Desk.objects.filter(blind_tokens__key__in=keys).distinct().order_by("slug"))
    people = {person for other in asked for person in people_to_notify(other, EscalationLevel.DESK)}
    alerts = compose_alerts(people)  # composed before anything is locked
    search = _count_search(desk, reason, by)
    DeskQuestion.objects.bulk_create(DeskQuestion(search=search, desk=other) for other in asked)
    for alert in alerts.values():
        alert.send()
    slugs = " ".join(other.slug for other in asked)
    record("duplicates.asked", search, by=by, desks=slugs, kinds=" ".join(question.kinds), reason=reason)
    return asked


def _question(identity: TypedIdentity) -> Question:
    question = question_about(identity)
    if not question.tokens:
        raise NothingToSearch
    return question


def _ranked(question: Question, tokens: BlindTokenQuerySet) -> list[Candidate]:
    hits = list(tokens.like(question.tokens).values_list("key_id", "value"))
    dated = BlindToken.objects.with_year({key_id for key_id, _value in hits})
    return rank(question, hits, dated)


def _count_search(desk: Desk, reason: str, by: User) -> DeskSearch:
    """Note the search, one after the other for each person, so that nobody asks more often by asking at once."""
    User.objects.select_for_update(of=["self"], no_key=True).get(pk=by.pk)
    if DeskSearch.objects.today(by, desk).count() >= MAX_SEARCHES:
        raise TooManySearches
    return DeskSearch.objects.create(desk=desk, by=by, reason=reason, at=timezone.now())


def searches_left(person: User, desk: Desk) -> int:
    """How often a person may still ask other desks today."""
    return max(MAX_SEARCHES - DeskSearch.objects.today(person, desk).count(), 0)
