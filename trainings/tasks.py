"""Certificates, made one after the other."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.db import OperationalError as Unreachable
from kombu.exceptions import OperationalError

from trainings.issuing import issue
from trainings.models import CertificateOrder, Seminar
from trainings.paper import Sheets
from victor.access import System

WORKER = System("worker")
log = structlog.get_logger(__name__)


def ask_for_certificates(seminar: int) -> None:
    """Queue the making of what is ordered, or leave it to the sweep."""
    try:
        issue_certificates.delay(seminar)
    except OperationalError:
        log.warning("broker unreachable, certificates wait for the sweep", seminar=seminar)


@shared_task(name="trainings.tasks.issue_certificates")
def issue_certificates(seminar: int) -> int:
    """Make every certificate of a seminar that is ordered; return how many were made here."""
    found = Seminar.objects.select_related("country", "organisation", "course").filter(pk=seminar).first()
    if found is None:  # deleted since somebody asked
        return 0
    sheets = Sheets(found)
    ordered = CertificateOrder.objects.due().filter(registration__seminar=seminar)
    return sum(_issued(order, sheets) for order in list(ordered.values_list("pk", flat=True)))


def _issued(order: int, sheets: Sheets) -> bool:
    """Whether it was made. What stands in the way of one keeps no other waiting: a file that could not be written is
    tried again by the sweep, anything else waits for people, who are shown whose it is."""
    try:
        return issue(order, sheets, by=WORKER) is not None
    except (OSError, Unreachable):
        log.exception("certificate not made", order=order)
    except Exception:
        log.exception("certificate cannot be made", order=order)
        CertificateOrder.objects.filter(pk=order).update(failed=True)
    return False
