"""What must be there before a text goes public, besides the text itself: told by those apps that know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.functional import Promise

Requirement = Callable[[Any, str], Iterator[str | Promise]]
REQUIREMENTS: list[Requirement] = []
CONDITIONS: list[Requirement] = []


def publication_requirement(check: Requirement) -> Requirement:
    """Ask `check(obj, language)` before each publication; what it yields is what lacks, in words."""
    REQUIREMENTS.append(check)
    return check


def publication_condition(check: Requirement) -> Requirement:
    """Ask it only when a text is made public, not when it is given to review: what texts cannot mend."""
    CONDITIONS.append(check)
    return check
