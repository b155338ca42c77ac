"""Registry of what happens when a person's role in an organisation ends. Apps declare it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from victor.access import Actor

# The first argument is a membership, which belongs to a higher layer.
Consequence: TypeAlias = "Callable[[Any, Actor], None]"
CONSEQUENCES: list[Consequence] = []


def on_role_end(act: Consequence) -> Consequence:
    """Call `act(membership, by)` when a role ends, in the same transaction. The membership is deleted by then."""
    CONSEQUENCES.append(act)
    return act
