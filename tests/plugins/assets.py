"""Static files as in production: collected, named by content, compressed, and listed; once a run."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

import pytest

STATIC_ROOT = Path(os.environ.get("VICTOR_VAR", Path(__file__).resolve().parents[2] / "var")) / "test" / "static"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Tell the settings where."""
    os.environ["STATIC_ROOT"] = str(STATIC_ROOT)


def pytest_sessionstart() -> None:
    """Collect before the first test; the workers of xdist find it done."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        from django.core.management import call_command  # noqa: PLC0415 - settings are ready only now

        call_command("compile_catalogues", verbosity=0)
        _collect_changed()
    _list_once()


def _collect_changed() -> None:
    """Collect the static files, unless they are as they were."""
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - settings are ready only now
    from django.core.management import call_command  # noqa: PLC0415 - as above

    digest = blake2b()
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as file:
                digest.update(path.encode() + file.read())
    collected = STATIC_ROOT.with_suffix(".digest")
    if not collected.exists() or collected.read_text() != digest.hexdigest():
        collected.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        collected.write_text(digest.hexdigest())


def _list_once() -> None:
    """Let every client of a process share one list of the files: WhiteNoise would read the folder for each of them."""
    from whitenoise.middleware import WhiteNoiseMiddleware  # noqa: PLC0415 - settings are ready only now

    read, lists = WhiteNoiseMiddleware.add_files, {}

    def add_files(self: WhiteNoiseMiddleware, root: str, prefix: str | None = None) -> None:
        if (root, prefix) not in lists:
            read(self, root, prefix)
            lists[root, prefix] = self.files
        self.files = lists[root, prefix]

    WhiteNoiseMiddleware.add_files = add_files
