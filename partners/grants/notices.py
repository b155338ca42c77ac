"""Declares to the kernel how the funder's notice is found."""

from __future__ import annotations

from partners.grants.models import FunderNotice
from victor.funding import finds_funder_notice


@finds_funder_notice
def find_notice_in_force() -> FunderNotice | None:
    """The newest of the notices that are in force today."""
    return FunderNotice.objects.in_force().first()
