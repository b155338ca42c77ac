"""Twenty canaries are written, read, moved and recovered; nothing that is kept anywhere holds one of them."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import pytest
import redis
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.db import connection
from django.test import Client

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from tests.vault.conftest import take_queued
from tests.vault.people import PASSPHRASE, make_group, open_vault, own, replace_vault
from victor.access import System
from victor.accounts.models import User
from victor.vault.errors import NoGrant
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import recovery, rotation
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.keys.models import Key
from victor.vault.records import actions as records_actions
from victor.vault.records.actions import FileInfo
from victor.vault.records.models import Envelope, SealedFile

PORTAL = System("portal")
CANARIES = [f"canary-{token_hex(12)}" for _ in range(20)]
FORMS = [form for each in CANARIES for form in (each.encode(), base64.b64encode(each.encode()), each.encode().hex())]
READ = {
    b"string": lambda server, key: server.get(key),
    b"list": lambda server, key: server.lrange(key, 0, -1),
    b"hash": lambda server, key: server.hgetall(key),
    b"set": lambda server, key: server.smembers(key),
    b"zset": lambda server, key: server.zrange(key, 0, -1),
}


def write_all(group: object) -> None:
    """Half as texts, half as files: in their names and in what they contain."""
    for number, canary in enumerate(CANARIES):
        key = records_actions.create_record(group, by=PORTAL)
        if number % 2:
            records_actions.write_envelope(key, {"text": canary}, purpose="test", by=PORTAL)
        else:
            records_actions.write_file(key, [canary.encode()], about=FileInfo(canary, "text/plain"), by=PORTAL)


def read_all(by: UnlockedVault) -> set[str]:
    """The canaries that this person reads."""
    canaries = set()
    for envelope in Envelope.objects.all():
        canaries.add(records_actions.read_envelope(own(envelope), by=by)["text"])
    for sealed in SealedFile.objects.all():
        about, chunks = records_actions.read_file(sealed, key_id=sealed.key_id, by=by)
        canaries |= {about.name} & {b"".join(chunks).decode()}
    return canaries


def read_row(row: Envelope | SealedFile, *, by: UnlockedVault) -> None:
    """Try to read an envelope or a file."""
    if isinstance(row, Envelope):
        records_actions.read_envelope(own(row), by=by)
    else:
        records_actions.read_file(row, key_id=row.key_id, by=by)


def everything() -> bytes:
    """All tables (sessions, outbox and log too), the broker and cache, and the files, as a thief would carry them."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        contents = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            contents += [row[0].encode() for row in cursor.fetchall()]
    contents += [bytes(getattr(row, name)) for row in Envelope.objects.all() for name in ("content", "sealed_key")]
    contents += [path.read_bytes() for path in Path(storages["vault"].location).rglob("*") if path.is_file()]
    contents += [repr(session.get_decoded()).encode() for session in Session.objects.all()]
    for number in (0, 1):
        with redis.Redis(unix_socket_path=urlsplit(os.environ["CACHE_URL"]).path, db=number) as server:
            contents += [repr(READ[server.type(key)](server, key)).encode() for key in server.scan_iter()]
    return b"\n".join(contents)


@pytest.fixture
def used() -> tuple[UnlockedVault, Client]:
    """A group in full use: written to, read, in an open browser, with a new key, and with an access restored."""
    anna = open_vault(person(Role.WORKER, organisation("smile")))
    ben, olga, oscar = open_vault(), open_vault(), open_vault()
    group = make_group(anna, ben, officers=[olga, oscar])
    write_all(group)
    browser = browser_of(anna.person)
    browser.post("/en/workspace/vault/unlock/", {"passphrase": PASSPHRASE})
    groups_actions.dismiss_member(group, ben.person, by=anna)
    fresh = replace_vault(anna)
    ceremony = recovery.request_recovery(group, by=fresh)
    recovery.confirm_recovery(ceremony, by=olga)
    recovery.complete_recovery(ceremony, by=oscar)
    return fresh, browser


@pytest.mark.django_db(transaction=True)
def test_nothing_that_is_kept_holds_a_canary(used, figure):
    anna, _browser = used
    assert read_all(anna) == set(CANARIES)
    store = everything()
    rotation.continue_rotations(by=anna)
    store += repr(list(take_queued())).encode()
    assert read_all(anna) == set(CANARIES)
    store += everything()
    readable = [form for form in FORMS if (form if isinstance(form, bytes) else form.encode()) in store]
    figure("vault: canaries in database, files, sessions, broker and log", f"{len(readable)} of {len(CANARIES)}")
    assert readable == []
    assert all(each in store for each in (b"Desk", b"'sealed': '", b"vault.tasks.clean_tables"))  # it would be seen


@pytest.mark.django_db(transaction=True)
def test_superuser_reads_no_canary(used, figure):
    boss = person()
    User.objects.filter(pk=boss.pk).update(is_superuser=True, is_staff=True)
    eve = open_vault(User.objects.get(pk=boss.pk))
    read = 0
    for row in [*Envelope.objects.all(), *SealedFile.objects.all()]:
        with pytest.raises(NoGrant):
            read_row(row, by=eve)
    browser = browser_of(eve.person)
    for page in ("personalkey", "group", "recoveryrequest", "keyrotation"):
        answer = browser.get(f"/en/admin/vault/{page}/")
        assert answer.status_code == 200
        read += sum(canary in answer.content.decode() for canary in CANARIES)
    figure("vault: canaries that a superuser reads", f"{read} of {len(CANARIES)}")
    assert read == 0
    assert Key.objects.filter(kind="record").count() == len(CANARIES)
