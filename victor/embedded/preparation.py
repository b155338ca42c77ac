"""What has to be done before the first page: in one process, and only what is not done yet."""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def prepare() -> None:
    """Bring database, catalogues, static files and the demo's data up to date."""
    django.setup()
    call_command("compile_catalogues")
    call_command("migrate", verbosity=0)
    if _static_changed():
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        _stamp().touch()
    call_command("load_partnership")
    call_command("load_demo_accounts")


def _stamp() -> Path:
    return Path(f"{settings.STATIC_ROOT}.stamp")


def _static_changed() -> bool:
    if not _stamp().exists():
        return True
    last = _stamp().stat().st_mtime
    sources = [settings.BASE_DIR / "requirements.txt"]
    sources += [path for folder in settings.STATICFILES_DIRS for path in folder.rglob("*")]
    return any(path.stat().st_mtime > last for path in sources)


if __name__ == "__main__":
    prepare()
    sys.stdout.flush()
