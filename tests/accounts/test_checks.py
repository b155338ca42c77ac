"""Production refuses to start with demo accounts, or with keys that cannot encrypt."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.conf import settings as project
from django.core.checks import run_checks

from tests.people import person
from tests.plugins.production import PRODUCTION, manage
from tests.waiting import LIMIT
from victor.accounts.checks import keys_are_usable, no_demo_accounts, refuse_demo_accounts

SERVERS = {
    "web": ["-c", "import victor.wsgi"],
    "worker": ["-m", "celery", "-A", "victor", "worker", "--pool", "solo", "--loglevel", "error"],
    "beat": ["-m", "celery", "-A", "victor", "beat", "--pidfile="],
}


@pytest.mark.django_db
def test_demo_accounts_are_an_error_in_production(settings):
    person(email="worker@Demo.Victor.example")
    assert no_demo_accounts(databases=["default"]) == []
    settings.DEMO = False
    assert [fault.id for fault in run_checks(databases=["default"], tags=["database"])] == ["accounts.E001"]
    with pytest.raises(SystemExit, match="There are demo accounts"):
        refuse_demo_accounts()


@pytest.mark.django_db
def test_other_accounts_are_none(settings):
    settings.DEMO = False
    person(email="worker@partner.example")
    refuse_demo_accounts()


def test_a_key_that_cannot_encrypt_is_an_error(settings):
    assert keys_are_usable() == []
    settings.FIELD_KEYS = [*settings.FIELD_KEYS, "no key"]
    assert [fault.id for fault in keys_are_usable()] == ["accounts.E002"]


ELSEWHERE = {
    "DATABASE_URL": ("postgres://v:s@db.example/v", "postgres://v:s@db.example/v?sslmode=verify-full"),
    "CACHE_URL": ("redis://cache.example:1/1", "rediss://cache.example:1/1"),
    "BROKER_URL": ("amqp://v:s@broker.example/v", "amqps://v:s@broker.example/v"),
    "EMAIL_URL": ("smtp://v:s@mail.example:25", "smtp+tls://v:s@mail.example:587"),
}


def unencrypted(addresses: dict[str, str]) -> list[str]:
    """The variables of which the check for production says that the connection is not encrypted."""
    warnings = manage("check", "--deploy", **addresses).stderr
    return [variable for variable in ELSEWHERE if f"{variable}: the connection to" in warnings]


def test_server_elsewhere_that_is_asked_without_tls_is_a_warning():
    """ASVS 12.3."""
    assert unencrypted({variable: plain for variable, (plain, _encrypted) in ELSEWHERE.items()}) == [*ELSEWHERE]


def test_server_elsewhere_that_is_asked_over_tls_is_none():
    assert unencrypted({variable: encrypted for variable, (_plain, encrypted) in ELSEWHERE.items()}) == []


def test_server_on_this_machine_that_is_asked_without_tls_is_none():
    assert unencrypted({}) == []


@pytest.mark.long
@pytest.mark.parametrize("server", SERVERS)
def test_server_of_production_ends_at_once_where_demo_accounts_are(portal, tmp_path, server):
    portal.manage("load_demo_accounts")
    servers = {name: portal.environment[name] for name in ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "PATH")}
    state = {"STATE_ROOT": str(tmp_path / "state")}
    done = subprocess.run(
        [sys.executable, *SERVERS[server]],
        cwd=tmp_path,  # where beat leaves its schedule
        env=PRODUCTION | servers | {"PYTHONWARNINGS": "ignore", "PYTHONPATH": str(project.BASE_DIR)} | state,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 1
    assert "There are demo accounts" in done.stderr
