"""Somebody has left; then the disk is stolen: database, write-ahead log, files, and the broker's file (finding 1)."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis
from django.conf import settings
from django.db import connection
from django.test import Client

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from tests.plugins.migrated import url_of
from tests.vault.people import PASSPHRASE, make_group, open_vault, write_records
from tests.waiting import wait_until
from victor.access import System
from victor.embedded.postgres import binaries
from victor.vault.groups import actions as groups_actions
from victor.vault.groups.models import Group, KeyRotation
from victor.vault.groups.states import RotationState
from victor.vault.groups.tasks import clean_tables
from victor.vault.keys.keyring import UnlockedVault, private_key_of
from victor.vault.keys.models import Grant, Key
from victor.vault.passphrases.actions import replace_known_passphrase
from victor.vault.passphrases.sessions import unlock_again
from victor.vault.records.actions import create_record
from victor.vault.records.models import Envelope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long, pytest.mark.prove]
UNLOCK = "/en/workspace/vault/unlock/"
NEW = "another word for every river"


def files_below(folder: str) -> Iterator[Path]:
    return (path for path in Path(folder).rglob("*") if path.is_file())


def contents(paths: Iterator[Path]) -> bytes:
    """What lies in these files; a file that goes while we look is gone."""
    parts = []
    for path in paths:
        try:
            parts.append(path.read_bytes())
        except FileNotFoundError:
            continue
    return b"\n".join(parts)


def data_folder() -> Path:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        return Path(cursor.fetchone()[0])


def database_file(table: str) -> Path:
    """The file of a table; its earlier files are gone."""
    folder = data_folder()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath(%s)", [table])
        return folder / cursor.fetchone()[0]


def dump() -> bytes:
    """What `pg_dump` writes."""
    url = url_of(connection.settings_dict["NAME"])
    return subprocess.run([binaries() / "pg_dump", url], capture_output=True, check=True).stdout


def broker_files() -> bytes:
    with redis.Redis(unix_socket_path=urlsplit(os.environ["CACHE_URL"]).path) as server:
        return contents(files_below(server.config_get("dir")["dir"]))


def disk() -> bytes:
    """All that a thief finds."""
    vault = str(settings.STORAGES["vault"]["OPTIONS"]["location"])
    return b"\n".join([dump(), contents(files_below(str(data_folder()))), contents(files_below(vault)), broker_files()])


def forms(key: bytes) -> list[bytes]:
    """What a key may look like where it is stored."""
    return [key, key.hex().encode(), base64.b64encode(key).rstrip(b"="), base64.urlsafe_b64encode(key).rstrip(b"=")]


def keys_reached(group: Group, by: UnlockedVault) -> list[bytes]:
    """The private parts of the person, of the group and of its records."""
    group.refresh_from_db()
    reached = [bytes(by.private), bytes(private_key_of(group.key, by=by))]
    return reached + [bytes(private_key_of(key, by=by)) for key in Key.objects.filter(kind="record")]


class Left:
    """A desk that somebody has left, and what was known on the way."""

    def __init__(self) -> None:
        anna, self.ben = open_vault(person(Role.WORKER, organisation("smile"))), open_vault()
        self.group = make_group(anna, self.ben)
        write_records(self.group, 60)
        self.receipt = create_record(self.group, by=System("test"))
        self.keys = [*keys_reached(self.group, anna), bytes(self.ben.private)]
        self.grant = bytes(Grant.objects.get(key=self.group.key, holder=self.ben.key_id).sealed)
        groups_actions.dismiss_member(self.group, self.ben.person, by=anna)
        self.browser = browser_of(anna.person)
        self.move(PASSPHRASE)
        self.keys += keys_reached(self.group, anna)
        again = replace_known_passphrase(anna.person, PASSPHRASE, new=NEW)
        self.move(NEW)
        self.keys += keys_reached(self.group, again)

    def move(self, passphrase: str) -> None:
        """A member unlocks the vault, which moves what waits and notes the key in the session."""
        self.browser.post(UNLOCK, {"passphrase": passphrase})
        self.browser.post("/en/workspace/vault/tend/")


@pytest.fixture
def left() -> Left:
    return Left()


def test_disk_after_somebody_left_holds_no_private_key_that_existed(left, figure):
    """Finding 1."""
    assert set(KeyRotation.objects.values_list("state", flat=True)) == {RotationState.DONE}
    clean_tables()
    stolen = disk()
    stolen_keys = [key for key in set(left.keys) if any(form in stolen for form in forms(key))]
    figure("vault: private keys on the disk after somebody left", f"{len(stolen_keys)} of {len(set(left.keys))}")
    assert stolen_keys == []
    assert all(bytes(envelope.content) in stolen for envelope in Envelope.objects.all())  # a key would be seen


def test_disk_after_somebody_left_holds_no_key_of_a_session(left):
    """What opens the vault of a session is in the browser only."""
    secret = base64.urlsafe_b64decode(left.browser.cookies["vault"].value)
    stolen = disk()
    assert [form for form in forms(secret) if form in stolen] == []


def test_broker_after_somebody_left_was_sent_nothing_but_names(left):
    """Finding 1: no message has an argument that could be a key."""
    messages = broker_files()
    assert b"victor.vault.tasks.reseal" not in messages
    assert b"victor.vault.tasks.clean_tables" in messages


@contextmanager
def somebody_still_reads() -> Iterator[None]:
    """A transaction of another connection that may see what is deleted meanwhile: PostgreSQL keeps it that long."""
    with closing(psycopg2.connect(url_of(connection.settings_dict["NAME"]))) as other, other, other.cursor() as cursor:
        other.set_session(isolation_level="REPEATABLE READ")
        cursor.execute("SELECT 1")
        yield


def test_clean_tables_leaves_no_deleted_grant_in_the_file_of_the_table():
    """Finding 1: the grant of whoever has left lies in a dead row, until the table is rewritten."""
    with somebody_still_reads():
        left = Left()
        assert left.grant in database_file("vault_grant").read_bytes()
    # A transaction that began before may still see the row, and keeps it as long as it lasts.
    wait_until(lambda: clean_tables() == 6 and left.grant not in database_file("vault_grant").read_bytes())


def test_clean_tables_leaves_every_record_readable(left):
    clean_tables()
    assert len(keys_reached(left.group, vault_of(left.browser))) == 2 + 61


def vault_of(browser: Client) -> UnlockedVault:
    """The vault that is unlocked in a browser."""
    user = KeyRotation.objects.first().target.members.get().user
    return unlock_again(browser.session, browser.cookies["vault"].value, user)
