"""What happens elsewhere when somebody's role in an organisation ends: told by those apps that know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Consequence = Callable[[Any, Any], None]
CONSEQUENCES: list[Consequence] = []


def on_role_end(act: Consequence) -> Consequence:
    """Do `act(membership, by)` whenever a role is withdrawn, in the same transaction."""
    CONSEQUENCES.append(act)
    return act
