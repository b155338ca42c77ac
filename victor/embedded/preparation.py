"""`python -m victor.embedded.preparation structure | contents`: prepares the site before its first page."""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def structure() -> None:
    """Update catalogues, database and static files, which the web server needs to start."""
    call_command("compile_catalogues")
    call_command("migrate", verbosity=0)
    if _static_changed():
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        _stamp().touch()


def contents() -> None:
    """Load the content of pages and the demo's accounts. The web server may start at the same time."""
    call_command("load_partnership")
    call_command("load_pages")
    call_command("load_desks")
    call_command("load_campaigns")
    call_command("load_trainings")
    call_command("load_demo_accounts")
    call_command("load_demo_desk")
    call_command("load_demo_seminars")


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
    django.setup()
    {"structure": structure, "contents": contents}[sys.argv[1]]()
    sys.stdout.flush()
