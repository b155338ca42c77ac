"""Static files as in production: collected, named by content, compressed; once a run."""

from __future__ import annotations

import os
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
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
