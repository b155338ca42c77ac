"""Decisions of a group: recorded with the next number of the year, and worded while the minutes are a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partners.groups.actions import lock_group
from partners.minutes.actions import WRITE, require_no_reference
from partners.minutes.errors import MinutesMoveNotPossible, WordsMissing
from partners.minutes.models import Decision, Minutes
from partners.minutes.states import MinutesState
from victor.access import require
from victor.audit.actions import record

if TYPE_CHECKING:
    from collections.abc import Collection

    from partners.meetings.models import AgendaItem
    from victor.accounts.models import User


@dataclass(frozen=True)
class Votes:
    """How many were for it, against it, or for neither."""

    votes_for: int = 0
    votes_against: int = 0
    abstained: int = 0


@transaction.atomic
def record_decision(item: AgendaItem, words: str, votes: Votes, *, by: User, allowed: Collection[str] = ()) -> Decision:
    """Record what was decided under an item. It gets the next number of its group and year; who comes later waits.

    Raises:
        MinutesMoveNotPossible: the minutes of the meeting are no draft.
        WordsMissing, LooksLikeReference: the words are empty, or look as if they named a case.
    """
    group = lock_group(item.meeting.group)
    require(by, WRITE, group)
    require_draft(item)
    _require_words(words, saved="", allowed=allowed)
    year = timezone.localdate(item.meeting.starts).year
    last = Decision.objects.filter(group=group, year=year).aggregate(last=Max("number"))["last"] or 0
    decision = Decision(group=group, year=year, number=last + 1, item=item, words=words.strip(), made_by=by)
    _count(decision, votes)
    decision.save(force_insert=True)
    record("decision.recorded", decision, by=by, year=year, number=decision.number)
    return decision


@transaction.atomic
def change_decision(
    decision: Decision, words: str, votes: Votes, *, by: User, allowed: Collection[str] = ()
) -> Decision:
    """Change words and votes of a decision while the minutes are a draft. Its number stays.

    Raises:
        MinutesMoveNotPossible, WordsMissing, LooksLikeReference: as `record_decision`.
    """
    decision = Decision.objects.select_for_update(of=["self"]).select_related("group", "item").get(pk=decision.pk)
    require(by, WRITE, decision.group)
    require_draft(decision.item)
    _require_words(words, saved=decision.words, allowed=allowed)
    decision.words = words.strip()
    _count(decision, votes)
    decision.save(update_fields=["words", "votes_for", "votes_against", "abstained"])
    record("decision.changed", decision, by=by, year=decision.year, number=decision.number)
    return decision


def require_draft(item: AgendaItem) -> Minutes:
    """The draft in which the item stands, locked.

    Raises:
        MinutesMoveNotPossible: there is none.
    """
    drafts = Minutes.objects.select_for_update(of=["self"], no_key=True)
    draft = drafts.filter(meeting=item.meeting_id, state=MinutesState.DRAFT).first()
    if draft is None:
        raise MinutesMoveNotPossible
    return draft


def _count(decision: Decision, votes: Votes) -> None:
    decision.votes_for, decision.votes_against = votes.votes_for, votes.votes_against
    decision.abstained = votes.abstained


def _require_words(words: str, *, saved: str, allowed: Collection[str]) -> None:
    if not words.strip():
        raise WordsMissing
    require_no_reference(words, saved=saved, allowed=allowed)
