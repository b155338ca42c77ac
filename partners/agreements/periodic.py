"""What the clock does with agreements: it ends those whose last day is over, and tells of those that end soon."""

from __future__ import annotations

from celery import shared_task

from partners.agreements.actions import end_agreement, notify_of_end
from partners.agreements.models import Agreement, AgreementFile, agreement_storage
from victor.access import System
from victor.files.orphans import delete_orphans

CLOCK = System("clock")


@shared_task(name="partners.periodic.watch_agreements")
def watch_agreements() -> int:
    """End and tell. Returns how many agreements were ended or told of."""
    ended = [end_agreement(agreement, by=CLOCK) for agreement in Agreement.objects.past().order_by("pk")]
    ending = Agreement.objects.ending().select_related("owner").order_by("pk")
    notices = [notify_of_end(agreement, by=CLOCK) for agreement in ending]
    return len(ended) + sum(days is not None for days in notices)


@shared_task(name="partners.periodic.forget_agreement_files")
def forget_agreement_files() -> int:
    """Delete stored papers that no agreement names. Returns how many files."""
    return delete_orphans(agreement_storage(), set(AgreementFile.objects.values_list("file", flat=True)))
