"""Whoever approves a text is independent of its author, and has had the role for seven days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partners.memberships.errors import NotSecondPerson, name_deciders
from partners.memberships.second_persons import second_person_fault, second_persons
from partners.memberships.states import Role, SecondPersonFault
from victor.access import is_permitted
from victor.publishing.errors import OwnWork, ReviewerRefused
from victor.publishing.publication_checks import checks_reviewers

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.publishing.models import LanguageVersion

REVIEWERS = frozenset({Role.EDITOR, Role.TRANSLATOR, Role.COORDINATOR})


@checks_reviewers
def refuse_dependent_reviewer(reviewer: User, version: LanguageVersion) -> None:
    """Refuse the author, a reviewer who is not independent of the author, and one who is new.

    Raises:
        OwnWork: with who can.
        ReviewerRefused: with the reason, and who can.
    """
    fault = second_person_fault(reviewer, asker=version.author, roles=REVIEWERS)
    if fault is None:
        return
    people = second_persons(asker=version.author, roles=REVIEWERS)
    deciders = [person for person in people if is_permitted(person, "publishing.review", version)]
    if fault == SecondPersonFault.OWN:
        raise OwnWork(name_deciders(deciders))
    raise ReviewerRefused(str(NotSecondPerson(fault, deciders)))
