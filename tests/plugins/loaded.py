"""`@pytest.mark.loaded("load_partnership")`: the test runs in a database in which these commands have run.

To load what the project brings along takes seconds. So each process of a run makes one copy for each set of commands,
and its tests change it in transactions that are undone.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.plugins.migrated import make_loaded, server

# What needs the settings is imported inside: a plugin is loaded before they are ready.
# ruff: noqa: PLC0415


@dataclass
class Databases:
    """The databases of this process: the tests' own, and the copies by their commands, with their files."""

    own: str = ""
    wanted: tuple[str, ...] = ()
    copies: dict[tuple[str, ...], tuple[str, Path]] = field(default_factory=dict)

    def switch(self) -> None:
        """Let Django connect to the database that the test wants."""
        from django.contrib.contenttypes.models import ContentType
        from django.db import connection

        name = self._copy() if self.wanted else self.own
        if connection.settings_dict["NAME"] != name:
            assert not connection.in_atomic_block, "all tests of a module that share a transaction have the same mark"
            connection.close()
            connection.settings_dict["NAME"] = name
            ContentType.objects.clear_cache()  # a test that commits numbers them anew

    def _copy(self) -> str:
        if self.wanted not in self.copies:
            template, files = make_loaded(self.wanted)
            name = f"{self.own}_{len(self.copies)}"
            with server() as query:
                query.execute(f"DROP DATABASE IF EXISTS {name}")
                query.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            self.copies[self.wanted] = name, files
        return self.copies[self.wanted][0]

    def begin(self, own: str) -> None:
        """The tests' own database is there."""
        self.own = own
        self.switch()

    def end(self) -> None:
        """Drop the copies, so that only the tests' own database is left."""
        self.wanted = ()
        self.switch()
        with server() as query:
            for name, _files in self.copies.values():
                query.execute(f"DROP DATABASE {name}")


DATABASES = Databases()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before anything of the test is set up, its database is the one that it wants."""
    marker = item.get_closest_marker("loaded")
    DATABASES.wanted = marker.args if marker else ()
    if DATABASES.own:
        DATABASES.switch()


def copy_files(folder: Path) -> None:
    """Put the files of the loaded database into the folder of a test."""
    _name, files = DATABASES.copies[DATABASES.wanted]
    if (files / "files").exists():
        shutil.copytree(files / "files", folder, dirs_exist_ok=True)
