"""Agreements of partners, signed and not, for tests of what they allow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from partners.agreements.models import Agreement
from partners.agreements.paperwork import CheckedFile
from partners.agreements.states import AgreementKind, AgreementState, Gate
from partners.directory.models import Organisation
from partners.memberships.states import Role
from tests.people import person
from victor.files.states import FileFormat


def make_agreement(*organisations: Organisation, **fields: Any) -> Agreement:
    """An agreement that these organisations have signed yesterday, with an owner, unless something else is said."""
    yesterday = timezone.localdate() - timedelta(days=1)
    given = {"kind": AgreementKind.DATA_SHARING, "title_en": "Data sharing", "state": AgreementState.SIGNED}
    given |= {"code": f"AG-{Agreement.objects.count() + 1:02d}", "valid_from": yesterday}
    given |= {"gates": [Gate.DESK_PUBLICATION]} | fields
    if "owner" not in given:
        given["owner"] = person(Role.COORDINATOR, factor=False)
    agreement = Agreement.objects.create(**given)
    is_signed = agreement.state == AgreementState.SIGNED
    for organisation in organisations:
        agreement.parties.create(
            organisation=organisation, office="Director", signed_on=yesterday if is_signed else None
        )
    return agreement


def checked_paper() -> CheckedFile:
    """A paper whose content was looked at."""
    return CheckedFile(ContentFile(b"%PDF-1.4", name="paper.pdf"), FileFormat.PDF, was_scanned=True)
