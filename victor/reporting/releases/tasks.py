"""The task that counts and checks the figures of a release. It notes how far it is: nobody has to wait for it."""

from __future__ import annotations

from celery import shared_task

from victor.access import System
from victor.reporting.releases.actions import finish_release
from victor.reporting.releases.contents import Frozen, freeze_figure, frozen_sections, wanted_figures
from victor.reporting.releases.errors import ReleaseMoveNotPossible
from victor.reporting.releases.models import Release
from victor.reporting.releases.verification import Audit
from victor.task_queue import only_worker

WORKER = System("worker")
RELEASE_LOCK = 0x72656C65  # "rele"


@shared_task(name="victor.reporting.releases.tasks.make_release")
def make_release(pk: int) -> bool:
    """Count and check, unless it is done or another worker is at it. Returns whether it was done now."""
    with only_worker(RELEASE_LOCK, pk) as is_only:
        release = Release.objects.unmade().filter(pk=pk).first() if is_only else None
        if release is None:
            return False
        wanted = wanted_figures(release.periods, release.left_out)
        frozen: dict[str, Frozen] = {}
        for figure in wanted:
            _note_progress(release, len(frozen), len(wanted) + 1)
            frozen[figure.name] = freeze_figure(figure)
        _note_progress(release, len(wanted), len(wanted) + 1)
        audit = Audit(wanted, frozen, _figures_online()).run()
        sections = frozen_sections(release.periods)
        try:
            finish_release(release, figures=list(frozen.values()), sections=sections, audit=audit, by=WORKER)
        except ReleaseMoveNotPossible:
            return False
    return True


def _figures_online() -> list[list[Frozen]]:
    """The figures of every release that went out."""
    return [release.frozen("figures") for release in Release.objects.online().order_by("pk")]


def _note_progress(release: Release, done: int, total: int) -> None:
    Release.objects.filter(pk=release.pk).update(done=done, total=total)
