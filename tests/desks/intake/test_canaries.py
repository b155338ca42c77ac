"""Twenty reports with a word in every place: it is found nowhere outside the vault's envelopes."""

from __future__ import annotations

from contextlib import redirect_stderr
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from desks.intake import proof_of_work
from desks.reports.models import Attachment, Report
from tests.desks.staffed_desks import make_emergency_line, staffed_desk
from tests.files.metadata.samples import CANARY, SAMPLES
from tests.people import visitor
from victor.celery import app
from victor.logs import configure

ANSWERS = {"danger": "yes", "reporter": "other", "contact": "yes", "at": "2", "go": "send"}
FORM = dict.fromkeys(("story", "place", "when", "link", "how", "safe", "name"), CANARY)
NEEDLES = [CANARY.encode(), CANARY.encode().hex().encode(), CANARY.encode("utf-16-le")]


def dump() -> bytes:
    """Every row of every table, as PostgreSQL writes them down."""
    whole = BytesIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', whole)
    return whole.getvalue()


def broker_and_cache() -> bytes:
    """What lies in the broker and in the cache."""
    contents = []
    for client in (cache._cache.get_client(), app.connection_for_read().default_channel.client):
        contents += [client.dump(key) or b"" for key in client.keys("*")] + list(client.keys("*"))
    return b"\n".join(contents)


def files() -> bytes:
    """Every file with its name, of every storage."""
    contents = []
    for alias in ("materials", "evidence", "vault"):
        for path in (each for each in Path(storages[alias].location).rglob("*") if each.is_file()):
            contents += [str(path).encode(), path.read_bytes()]
    return b"\n".join(contents)


@pytest.mark.django_db(transaction=True)
def test_nothing_outside_the_envelopes_holds_what_was_said(figure):
    make_emergency_line(staffed_desk())
    written = StringIO()
    with redirect_stderr(written):
        configure(level="debug")
        for number in range(20):
            kind = list(SAMPLES)[number % len(SAMPLES)]
            file = SimpleUploadedFile(f"{CANARY}.{kind.lower()}", SAMPLES[kind]())
            own = {"notice": f"{CANARY}@mail.example", "ticket": proof_of_work.new_ticket(), "files": [file]}
            form = ANSWERS | FORM | own
            assert visitor().post("/el/report/gr/", form, HTTP_USER_AGENT=CANARY).status_code == 200
    configure(level="error")
    assert Report.objects.count() == 20
    assert Attachment.objects.count() == 20
    assert not Attachment.objects.filter(clean=None).exists()
    places = {
        "database": dump(),
        "files": files(),
        "broker and cache": broker_and_cache(),
        "log": written.getvalue().encode(),
    }
    hits = {name: sum(content.count(needle) for needle in NEEDLES) for name, content in places.items()}
    figure("canaries outside the envelopes, of 20 reports", sum(hits.values()))
    assert all(places.values())
    assert hits == dict.fromkeys(places, 0)
