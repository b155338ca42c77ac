"""Actions of a group: agreed, done, confirmed by the chair or dropped, and carried to the next agenda by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.groups.actions import lock_group
from partners.groups.models import GroupMember, WorkingGroup
from partners.minutes.actions import WRITE, require_no_reference
from partners.minutes.agendas import carry_open_actions
from partners.minutes.decisions import require_draft
from partners.minutes.errors import ActionMoveNotPossible, OwnerNotInGroup, VerifiedBySame, WordsMissing
from partners.minutes.models import Action
from partners.minutes.rules import chair_of
from partners.minutes.states import ACTION_MOVES, ActionMove, ActionState, Priority
from victor.access import Actor, require
from victor.audit.actions import record

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from partners.meetings.models import AgendaItem
    from partners.minutes.models import Decision
    from victor.accounts.models import User


@dataclass(frozen=True)
class Task:
    """What is agreed: what, who, who else, until when, how pressing."""

    words: str
    owner: User
    due_on: date
    deputy: User | None = None
    priority: Priority = Priority.NORMAL


@transaction.atomic
def add_action(
    group: WorkingGroup,
    task: Task,
    *,
    item: AgendaItem | None = None,
    decision: Decision | None = None,
    by: User,
    allowed: Collection[str] = (),
) -> Action:
    """Note what somebody of a group takes on: in the draft of minutes, under an item; else in the list of the group.

    Raises:
        MinutesMoveNotPossible: the minutes are no draft.
        OwnerNotInGroup: owner or deputy is not of the group, or cannot log in.
        WordsMissing, LooksLikeReference: the words are empty, or look as if they named a case.
    """
    group = lock_group(group)
    require(by, WRITE, group)
    if item is not None:
        require_draft(item)
    _require_whole(group, task, saved="", allowed=allowed)
    action = Action(group=group, item=item, decision=decision, made_by=by)
    _fill(action, task)
    action.save(force_insert=True)
    carry_open_actions(group)
    record("action.added", action, by=by, owner=str(task.owner.pk))
    return action


@transaction.atomic
def change_action(action: Action, task: Task, *, by: User, allowed: Collection[str] = ()) -> Action:
    """Change an open action.

    Raises:
        ActionMoveNotPossible: it is not open.
        OwnerNotInGroup, WordsMissing, LooksLikeReference: as `add_action`.
    """
    action = _lock(action)
    require(by, WRITE, action.group)
    _require_move(action, ActionMove.CHANGE)
    _require_whole(action.group, task, saved=action.words, allowed=allowed)
    if action.owner_id != task.owner.pk:
        action.fell_to_chair = False
    _fill(action, task)
    action.save()
    carry_open_actions(action.group)
    record("action.changed", action, by=by, owner=str(task.owner.pk))
    return action


@transaction.atomic
def finish_action(action: Action, evidence: str, *, by: User, allowed: Collection[str] = ()) -> Action:
    """Mark an action as done, with what shows it, if anything does. The chair confirms it.

    Raises:
        ActionMoveNotPossible: it is not open.
        LooksLikeReference: what is said looks as if it named a case.
    """
    action = _lock(action)
    require(by, "partners.settle_action", action)
    _require_move(action, ActionMove.FINISH)
    require_no_reference(evidence, allowed=allowed)
    action.state, action.evidence = ActionState.DONE, evidence.strip()
    action.done_by, action.done_at = by, timezone.now()
    action.save(update_fields=["state", "evidence", "done_by", "done_at"])
    carry_open_actions(action.group)
    record("action.done", action, by=by)
    return action


@transaction.atomic
def verify_action(action: Action, *, by: User) -> Action:
    """Confirm that an action is done, as the chair, who has not done it.

    Raises:
        ActionMoveNotPossible: nobody has marked it as done.
        VerifiedBySame: `by` has.
    """
    action = _lock(action)
    require(by, "partners.verify_action", action.group)
    _require_move(action, ActionMove.VERIFY)
    if action.done_by_id == by.pk:
        raise VerifiedBySame
    action.state, action.verified_by, action.settled_at = ActionState.VERIFIED, by, timezone.now()
    action.save(update_fields=["state", "verified_by", "settled_at"])
    record("action.verified", action, by=by)
    return action


@transaction.atomic
def return_action(action: Action, *, by: User) -> Action:
    """Open an action again that is not done after all.

    Raises:
        ActionMoveNotPossible: nobody has marked it as done.
    """
    action = _lock(action)
    require(by, "partners.drop_action", action.group)
    _require_move(action, ActionMove.RETURN)
    action.state, action.done_by, action.done_at = ActionState.OPEN, None, None
    action.save(update_fields=["state", "done_by", "done_at"])
    carry_open_actions(action.group)
    record("action.returned", action, by=by)
    return action


@transaction.atomic
def drop_action(action: Action, reason: str, *, by: User, allowed: Collection[str] = ()) -> Action:
    """Drop an action, with the reason.

    Raises:
        ActionMoveNotPossible: it is settled.
        WordsMissing, LooksLikeReference: the reason is empty, or looks as if it named a case.
    """
    action = _lock(action)
    require(by, "partners.drop_action", action.group)
    _require_move(action, ActionMove.DROP)
    if not reason.strip():
        raise WordsMissing
    require_no_reference(reason, allowed=allowed)
    action.state, action.reason, action.settled_at = ActionState.DROPPED, reason.strip(), timezone.now()
    action.save(update_fields=["state", "reason", "settled_at"])
    carry_open_actions(action.group)
    record("action.dropped", action, by=by)
    return action


def hand_to_chair(group: WorkingGroup, user: User, *, by: Actor) -> int:
    """Give what somebody who has left a group still had to do there to its chair. Return how many actions these were.

    Where the group has no chair, nobody owns them, and coordinators have them in their tasks. The caller has locked
    the group.
    """
    unsettled = Action.objects.unsettled().filter(group=group)
    unsettled.filter(deputy=user).update(deputy=None)
    left = list(unsettled.filter(owner=user).select_for_update(of=["self"]).order_by("pk"))
    chair = chair_of(group)
    for action in left:
        action.owner, action.fell_to_chair = chair, True
        action.save(update_fields=["owner", "fell_to_chair"])
        record("action.handed_to_chair", action, by=by, owner=str(chair.pk) if chair else "")
    return len(left)


def _require_whole(group: WorkingGroup, task: Task, *, saved: str, allowed: Collection[str]) -> None:
    if not task.words.strip():
        raise WordsMissing
    people = {person.pk for person in (task.owner, task.deputy) if person is not None}
    active = GroupMember.objects.active().filter(group=group, user__in=people, user__is_active=True)
    if len(set(active.values_list("user", flat=True))) < len(people):
        raise OwnerNotInGroup
    require_no_reference(task.words, saved=saved, allowed=allowed)


def _fill(action: Action, task: Task) -> None:
    action.words, action.due_on, action.priority = task.words.strip(), task.due_on, task.priority
    action.owner, action.deputy = task.owner, task.deputy


def _require_move(action: Action, move: ActionMove) -> None:
    if action.state not in ACTION_MOVES[move]:
        raise ActionMoveNotPossible


def _lock(action: Action) -> Action:
    """The action, after its group: agendas of the group are written meanwhile."""
    lock_group(action.group)
    return Action.objects.select_for_update(of=["self"]).select_related("group").get(pk=action.pk)
