"""Enquiries are figures: recorded with one press, and taken back where the press was wrong."""

from __future__ import annotations

from django.db import transaction

from desks.enquiries.models import Enquiry
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record


@transaction.atomic
def record_enquiry(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Keep an enquiry."""
    require(by, "desks.work", enquiry.desk)
    enquiry.save(force_insert=True)
    record("enquiry.recorded", enquiry, by=by)
    return enquiry


@transaction.atomic
def remove_enquiry(enquiry: Enquiry, *, by: User) -> None:
    """Take an enquiry back that was recorded by mistake. For how long that is possible, the door says."""
    enquiry = Enquiry.objects.select_for_update(of=["self"]).select_related("desk").get(pk=enquiry.pk)
    require(by, "desks.work", enquiry.desk)
    record("enquiry.undone", enquiry, by=by)
    enquiry.delete()
