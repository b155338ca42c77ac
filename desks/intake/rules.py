"""Who may send a report, and what the holder of a receipt may do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from desks.desk.rules import works_at
from victor.access import ReceiptHolder, Reporter, is_about, permit

if TYPE_CHECKING:
    from desks.desk.models import Desk


def takes_reports(_by: Reporter, desk: Desk | None) -> bool:
    """Whether this desk takes reports from the public."""
    return desk is not None and desk.takes_reports


rules.add_perm("desks.receive_report", works_at)
permit(Reporter, "desks.receive_report", takes_reports)
permit(ReceiptHolder, "desks.use_receipt", is_about)
