from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import storages
from django.db import connections, transaction
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.desks.staffed_desks import CHEAP
from tests.plugins.loaded import DATABASES, copy_files
from tests.plugins.migrated import make_migrated


@pytest.fixture(autouse=True)
def outbox(settings) -> None:
    """Mail becomes rows of the outbox, as in production; pytest-django would keep it in memory."""
    settings.EMAIL_BACKEND = "victor.mail.backend.OutboxBackend"


@pytest.fixture(scope="session", autouse=True)
def cheap_secrets() -> Iterator[None]:
    """Passwords, passphrases and receipts are derived by the hundred. The tests that measure the real cost say so."""
    with override_settings(PASSWORD_HASHERS=["tests.hashers.CheapHasher"], VAULT_COST=CHEAP, RECEIPT_COST=CHEAP):
        yield


@pytest.fixture(autouse=True)
def own_folders(request, monkeypatch, tmp_path) -> None:
    """Files of a test are gone with it."""
    aliases = (
        "default",
        "materials",
        "pictures",
        "evidence",
        "agreements",
        "grants",
        "seminars",
        "certificates",
        "vault",
    )
    for alias in aliases:
        monkeypatch.setitem(vars(storages[alias]), "location", str(tmp_path / alias))
    if DATABASES.wanted:
        request.getfixturevalue("django_db_setup")
        copy_files(tmp_path)


@pytest.fixture
def full_disk(own_folders: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The vault's folder takes no file: a file lies in its place, which is refused as a full disk refuses."""
    (tmp_path / "full").write_text("no folder")
    monkeypatch.setitem(vars(storages["vault"]), "location", str(tmp_path / "full"))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English: the client of the one before may have left another language active."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_keepdb: bool) -> None:
    """Make the database of the tests as a copy of one that is migrated, unless one of an earlier run is used again."""
    if not django_db_keepdb:
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = make_migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """From now on each test has the database that it wants."""
    DATABASES.begin(connections["default"].settings_dict["NAME"])
    yield
    DATABASES.end()


@pytest.fixture(scope="module")
def module_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around the tests of a module: what is loaded within it is there for all of them, then undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """Travel to a moment, at which the clock stands still: `at(moment)`."""
    with ExitStack() as travels:
        yield lambda moment: travels.enter_context(time_machine.travel(moment, tick=False))
