"""Entries of the directory, and those who check them."""

from __future__ import annotations

from typing import Any

from partners.directory.models import Country
from partners.memberships.states import Role
from partners.responsibilities.actions import check_responsibility, propose_responsibility
from partners.responsibilities.models import Responsibility
from tests.people import organisation, person
from victor.accounts.models import User

FACTS = {"body_en": "Office for Guardians", "source": "The office", "source_kind": "body"}


def greece() -> Country:
    return organisation("smile").country


def prepared_entry(**fields: Any) -> Responsibility:
    """An entry that nobody has saved yet."""
    return Responsibility(**{"country": greece(), "function": "guardianship"} | FACTS | fields)


def proposed_entry(by: User | None = None, **fields: Any) -> Responsibility:
    return propose_responsibility(prepared_entry(**fields), by=by or person(Role.WORKER))


def checked_entry(**fields: Any) -> Responsibility:
    return check_responsibility(proposed_entry(**fields), by=person(Role.COORDINATOR))
