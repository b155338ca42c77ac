"""What the clock does with the audit log: it anchors the log, and counts what is often repeated."""

from __future__ import annotations

import logging
from logging.handlers import SysLogHandler

import structlog
from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail

from victor.access import System
from victor.audit.actions import record_counts
from victor.audit.anchors import Anchor, current_head, write_anchor

log = structlog.get_logger(__name__)
SUBJECT = "VICTOR: audit log"


@shared_task(name="victor.audit.periodic.anchor")
def anchor() -> int:
    """Note where the log stands, outside the database: in a file, and where settings say so by syslog and mail.

    Returns the number of the last entry. One way that fails does not stop the others.
    """
    head = current_head()
    if head is None:
        return 0
    for way in (write_anchor, _send_to_syslog, _send_by_mail):
        try:
            way(head)
        except OSError as failure:
            log.warning("audit log not anchored", way=way.__name__, type=type(failure).__name__)
    return head.sequence


@shared_task(name="victor.audit.periodic.record_hourly_counts")
def record_hourly_counts() -> int:
    """Write how often log-ins failed and requests were refused in hours that are over."""
    return record_counts(by=System("clock"))


def _send_to_syslog(head: Anchor) -> None:
    if not settings.AUDIT_SYSLOG:
        return
    host, _colon, port = settings.AUDIT_SYSLOG.rpartition(":")
    handler = SysLogHandler(address=(host, int(port)))
    try:
        handler.emit(logging.makeLogRecord({"levelno": logging.INFO, "msg": f"victor-audit {head.line()}"}))
    finally:
        handler.close()


def _send_by_mail(head: Anchor) -> None:
    if settings.AUDIT_ANCHOR_EMAIL:
        send_mail(f"{SUBJECT} {head.sequence}", head.line(), None, [settings.AUDIT_ANCHOR_EMAIL])
