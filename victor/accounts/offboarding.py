"""Registries of what happens when a person's role ends, and of what has to be asked before an account is closed or
reopened. Apps declare both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from victor.accounts.actions import close_account, reopen_account

if TYPE_CHECKING:
    from victor.access import Actor
    from victor.accounts.models import User

# The first argument is a membership, which belongs to a higher layer.
Consequence: TypeAlias = "Callable[[Any, Actor], None]"
CONSEQUENCES: list[Consequence] = []
# Whether the account is to be open, and who asks. It returns True where it has taken the matter to a second person.
Guard: TypeAlias = "Callable[[User, bool, User], bool]"
GUARDS: list[Guard] = []


def on_role_end(act: Consequence) -> Consequence:
    """Call `act(membership, by)` when a role ends, in the same transaction. The membership is deleted by then."""
    CONSEQUENCES.append(act)
    return act


def guards_accounts(ask: Guard) -> Guard:
    """Call `ask(user, is_open, by)` before one person closes or reopens an account."""
    GUARDS.append(ask)
    return ask


def close_or_propose(user: User, *, is_open: bool, by: User) -> bool:
    """Close or reopen an account, unless a second person has to confirm it. Return whether it is done already.

    The caller has checked who may.
    """
    if [guard for guard in GUARDS if guard(user, is_open, by)]:
        return False
    (reopen_account if is_open else close_account)(user, by=by)
    return True
