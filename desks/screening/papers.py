"""The sheet of a screening from paper, a photo or PDF: a copy without hidden data, in the record of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.errors import NoCopyOfPaper
from desks.cases.locks import lock_worked_case
from desks.cases.papers import seal_paper
from victor.audit.actions import record
from victor.files.kinds import detect_kind
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import verify_stamp
from victor.vault.records.actions import FileInfo, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desks.cases.models import Case
    from desks.screening.models import Screening
    from victor.vault.keys.keyring import UnlockedVault
    from victor.vault.records.models import SealedFile

PICTURES, PDF = "image/", "application/pdf"
NO_PHOTO = "image/svg+xml"


def seal_sheet(case: Case, content: bytes) -> SealedFile:
    """Encrypt a copy of a sheet into a case's record. Its row is saved by the action that saves the screening.

    Raises:
        NoCopyOfPaper: it is neither a photo nor a PDF, a scanner warns of it, or no copy can be made.
    """
    kind = detect_kind(content)
    if kind is None or kind.type == NO_PHOTO or not (kind.type == PDF or kind.type.startswith(PICTURES)):
        raise NoCopyOfPaper
    return seal_paper(case, content)


@transaction.atomic
def open_sheet(screening: Screening, *, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """Read the sheet of a screening.

    Raises:
        NoGrant: the key of whoever reads does not open the case.
        Unopenable: somebody has exchanged it, or there is none.
    """
    case = lock_worked_case(screening.case, by=by.person)
    if verify_stamp(screening).case_id != case.pk or screening.sheet is None:
        raise Unopenable
    opened = read_file(screening.sheet, key_id=case.key_id, by=by)
    record("case.paper_read", case, by=by.person, screening=screening.pk)
    return opened
