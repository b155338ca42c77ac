"""Registry of what must exist before a text is published, besides the text itself. Apps declare it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.functional import Promise

Requirement = Callable[[Any, str], Iterator[str | Promise]]
REQUIREMENTS: list[Requirement] = []
CONDITIONS: list[Requirement] = []
# Called with the reviewer and a text that needs two people. It raises `OwnWork` or `ReviewerRefused`.
ReviewerCheck = Callable[[Any, Any], None]
REVIEWER_CHECKS: list[ReviewerCheck] = []


def publication_requirement(check: Requirement) -> Requirement:
    """Call `check(obj, language)` before each review and publication. It yields what is missing, in words."""
    REQUIREMENTS.append(check)
    return check


def publication_condition(check: Requirement) -> Requirement:
    """Call it at the publication only, not before a review: for what the author cannot change."""
    CONDITIONS.append(check)
    return check


def checks_reviewers(check: ReviewerCheck) -> ReviewerCheck:
    """Call `check(reviewer, version)` before a text is approved."""
    REVIEWER_CHECKS.append(check)
    return check
