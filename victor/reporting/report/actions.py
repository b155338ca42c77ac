"""Ask for the report of a release, and note how far it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from victor.access import Actor, require
from victor.audit.actions import record
from victor.reporting.releases.errors import ReleaseMoveNotPossible
from victor.reporting.releases.models import Release
from victor.reporting.releases.states import ONLINE
from victor.reporting.report.models import ReportFile
from victor.task_queue import queue_task

if TYPE_CHECKING:
    from victor.access import System

MAKE_TASK = "victor.reporting.report.tasks.make_report"


@transaction.atomic
def ask_for_report(release: Release, *, language: str, file_format: str, by: Actor) -> ReportFile:
    """Let the worker make the report in a language and a format. One that is there is given again.

    Raises:
        ReleaseMoveNotPossible: the release did not go out.
    """
    release = Release.objects.select_for_update(of=["self"]).get(pk=release.pk)
    require(by, "reporting.view_releases", release)
    if release.state not in ONLINE:
        raise ReleaseMoveNotPossible
    report, is_new = ReportFile.objects.get_or_create(release=release, language=language, file_format=file_format)
    if report.failed:
        report.failed, report.done, report.asked_at = False, 0, timezone.now()
        report.save()
    if report.is_being_made:
        transaction.on_commit(partial(queue_task, MAKE_TASK, report.pk))
    if is_new:
        record("report.asked", release, by=by, number=release.label, language=language, format=file_format)
    return report


@transaction.atomic
def finish_report(report: ReportFile, content: bytes | None, *, by: System) -> ReportFile:
    """Store the file; None where it could not be made."""
    report = ReportFile.objects.select_for_update(of=["self"]).get(pk=report.pk)
    require(by, "reporting.view_releases", report)
    report.content, report.failed, report.done = content, content is None, report.total
    report.made_at = None if content is None else timezone.now()
    report.save()
    return report
