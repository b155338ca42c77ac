"""What must be said of the European Union's support. The app that stores the notices declares how one is found.

Pages, mails and papers ask here, so that no lower layer knows that app.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Model

from victor.languages import local_text


class FunderTexts(NamedTuple):
    """The sentence that says who pays, and whose views the project's papers express."""

    statement: str
    disclaimer: str


Finder = Callable[[], Model | None]
FINDERS: list[Finder] = []


def finds_funder_notice(find: Finder) -> Finder:
    """Declare what returns the notice in force today: a row with the texts `statement` and `disclaimer`."""
    FINDERS.append(find)
    return find


def current_funder_notice() -> Model | None:
    """The notice in force today; None where there is none."""
    return next((notice for find in FINDERS if (notice := find())), None)


def current_funder_texts() -> FunderTexts:
    """The texts of the notice in force today, in the active language. Empty where there is none."""
    notice = current_funder_notice()
    if notice is None:
        return FunderTexts("", "")
    return FunderTexts(local_text(notice, "statement").text, local_text(notice, "disclaimer").text)
