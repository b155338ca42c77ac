"""Notes in the log that somebody has read a case: who, which section, and nothing of what was read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from victor.access import require
from victor.audit.actions import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desks.cases.models import Case
    from desks.desk.models import Desk
    from victor.accounts.models import User


@transaction.atomic
def note_reading(case: Case, section: str, *, by: User) -> None:
    """Somebody has read a section of a case."""
    require(by, "desks.work_on_case", case)
    record("case.read", case, by=by, section=section)


@transaction.atomic
def note_names(desk: Desk, cases: Sequence[Case], *, by: User) -> None:
    """Somebody has read the names of the cases of one page of the list: how many, and a digest that names them."""
    require(by, "desks.work", desk)
    digest = hashlib.sha256(" ".join(sorted(str(case.pk) for case in cases)).encode()).hexdigest()
    record("case.names_read", desk, by=by, cases=len(cases), digest=digest)
