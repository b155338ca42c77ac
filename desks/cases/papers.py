"""The paper of a decision: checked, copied without hidden data and encrypted into the record of its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.envelopes import paper_of
from desks.cases.errors import NoCopyOfPaper
from desks.cases.locks import lock_worked_case
from victor.audit.actions import record
from victor.files.antivirus import is_infected
from victor.files.metadata.copies import make_clean_copy
from victor.files.metadata.errors import NoCopy
from victor.vault.records.actions import FileInfo, read_file, seal_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desks.cases.casework import StatusDecision
    from desks.cases.models import Case
    from victor.vault.keys.keyring import UnlockedVault
    from victor.vault.records.models import SealedFile

COPY_SECONDS = 25.0


def seal_paper(case: Case, content: bytes) -> SealedFile:
    """Encrypt a copy of a paper into a case's record. Its row is saved by the action that records the decision.

    Raises:
        NoCopyOfPaper: a scanner warns of it, or no copy without hidden data can be made.
    """
    if is_infected(content):
        raise NoCopyOfPaper
    try:
        copy = make_clean_copy(content, seconds=COPY_SECONDS)
    except NoCopy as failure:
        raise NoCopyOfPaper from failure
    about = FileInfo("", copy.type, copy.seconds, copy.missing)
    return seal_file(case.key, [copy.content], about=about)


@transaction.atomic
def open_paper(decision: StatusDecision, *, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """Read the paper of a decision.

    Raises:
        NoGrant: the key of whoever reads does not open the case.
        Unopenable: somebody has exchanged it.
    """
    case = lock_worked_case(decision.case, by=by.person)
    opened = read_file(paper_of(case, decision), key_id=case.key_id, by=by)
    record("case.paper_read", case, by=by.person, decision=decision.pk)
    return opened
