"""What must be said of the European Union's support. The app that stores the notices declares how one is found.

Pages, mails and papers ask here, so that no lower layer knows that app.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

Finder = Callable[[], Model | None]
FINDERS: list[Finder] = []


def finds_funder_notice(find: Finder) -> Finder:
    """Declare what returns the notice in force today: a row with the texts `statement` and `disclaimer`."""
    FINDERS.append(find)
    return find


def current_funder_notice() -> Model | None:
    """The notice in force today; None where there is none."""
    return next((notice for find in FINDERS if (notice := find())), None)
