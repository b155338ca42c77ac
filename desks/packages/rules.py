"""Who may? The people of a desk register keys; the rights on a package are those on its case."""

from __future__ import annotations

import rules

from desks.desk.rules import works_at
from victor.access import OutsideReceiver, is_about, permit

rules.add_perm("desks.register_partner_key", works_at)
permit(OutsideReceiver, "desks.answer_package", is_about)
