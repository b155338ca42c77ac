"""Certificates, made one after the other."""

from __future__ import annotations

import structlog
from celery import shared_task
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


@shared_task
def issue_certificates(seminar: int) -> int:
    """Make every certificate of a seminar that is ordered; return how many were made here."""
    sheets = Sheets(Seminar.objects.select_related("country", "organisation", "course").get(pk=seminar))
    ordered = CertificateOrder.objects.due().filter(registration__seminar=seminar)
    return sum(_issued(order, sheets) for order in list(ordered.values_list("pk", flat=True)))


def _issued(order: int, sheets: Sheets) -> bool:
    try:
        return issue(order, sheets, by=WORKER) is not None
    except OSError:  # the next does not wait for one whose file could not be written; the sweep tries again
        log.exception("certificate not made", order=order)
        return False
