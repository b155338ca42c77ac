"""Whose seminars a person's statistics count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partners.memberships.rules import coordinates
from trainings.seminars.rules import organisations_of_trainer

if TYPE_CHECKING:
    from victor.accounts.models import User


def statistics_subject(user: User) -> str:
    """The name under which figures of people are stored: the same for everybody who counts the same seminars."""
    if coordinates(user):
        return "seminars"
    organisations = sorted(set(organisations_of_trainer(user)))
    return f"seminars of {','.join(map(str, organisations))}"
