"""What runs by the clock: the file of a package goes after seven days."""

from __future__ import annotations

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from desks.packages.actions import erase_old_file
from desks.packages.errors import FileGone
from desks.packages.models import Package
from victor.access import System
from victor.vault.errors import Unopenable

CLOCK = System("clock")


@shared_task(name="desks.periodic.erase_packages")
def erase_packages() -> int:
    """Delete the files whose day has come, each in a transaction of its own; return how many that were."""
    count = 0
    for package in list(Package.objects.with_old_file(timezone.now()).select_related("case")):
        with suppress(FileGone, Unopenable, Package.DoesNotExist):
            erase_old_file(package, by=CLOCK)
            count += 1
    return count
