"""A desk with its keys and people, and reports with texts and a file, as somebody would have sent them."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from model_bakery import baker

from desks.desk.models import Desk
from desks.reports.models import Attachment, Message, Report
from desks.reports.states import ReportState, Voice
from partners.memberships.states import Role
from tests.desks.stamped_desks import stamp_group
from tests.people import organisation, person
from tests.vault.people import make_group, open_vault
from victor.access import System
from victor.vault import crypto
from victor.vault.keys.keyring import save_stamped
from victor.vault.keys.models import Key
from victor.vault.records import actions as records_actions
from victor.vault.records.actions import FileInfo
from victor.vault.records.models import Envelope, SealedFile
from victor.vault.records.models import vault_storage as storage

TEST = System("test")
NUMBERS = itertools.count(1)


class RetentionDesk:
    """A desk, with two who open its reports: one who works there, and one who leads it."""

    def __init__(self, slug: str = "smile", **fields: Any) -> None:
        self.organisation = organisation(slug)
        self.anna = open_vault(person(Role.WORKER, self.organisation))
        self.chief = open_vault(person(Role.SUPERVISOR, self.organisation))
        given = {"title_en": slug.title(), "country": self.organisation.country, "languages": ["el"]} | fields
        self.desk: Desk = baker.make(
            Desk, slug=slug, organisation=self.organisation, group=make_group(self.anna, self.chief), **given
        )
        stamp_group(self.desk)
        self.url = f"/en/workspace/desks/{slug}/"

    def report(self, **fields: Any) -> Report:
        """A report with a receipt, a text and a file, closed as unfounded unless told otherwise."""
        with crypto.new_private_key() as receipt:
            key = records_actions.create_record(self.desk.group, by=TEST, receipt=receipt)
        given = {
            "state": ReportState.CLOSED,
            "outcome": ReportState.UNFOUNDED,
            "language": "el",
            "country": self.desk.country,
        }
        report = Report(reference=f"R{next(NUMBERS):05}", desk=self.desk, key=key, **given | fields)
        save_stamped(report)
        message = add_message(report, "Two children at the station", at=report.received_at)
        file = records_actions.write_file(key, [b"lamp"], about=FileInfo("lamp.png", "image/png"), by=TEST)
        save_stamped(Attachment(message=message, original=file))
        return report


def add_message(report: Report, text: str, *, at: datetime, voice: Voice = Voice.REPORTER) -> Message:
    """Something that was said in a report."""
    envelope = records_actions.write_envelope(report.key, {"text": text}, purpose="message", by=TEST)
    given = {"envelope": envelope, "voice": voice, "language": report.language, "written_at": at}
    message = Message(report=report, **given)
    save_stamped(message)
    return message


def identifiers_of(report: Report) -> list[str]:
    """By what anything may name a report or what is in it."""
    inside = [model.objects.filter(key=report.key_id) for model in (Envelope, SealedFile)]
    things = [*Key.objects.filter(grants_held__key=report.key_id, kind="receipt"), *inside[0], *inside[1]]
    return [report.reference, str(report.pk), str(report.key_id), *(str(thing.pk) for thing in things)]


def tables_that_name(names: list[str]) -> list[str]:
    """Every table of the database with a row in which one of these stands."""
    with connection.cursor() as cursor:
        tables = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE ANY(%s)', [like_patterns(names)]
            )
            tables += [table] * bool(cursor.fetchone()[0])
    return sorted(tables)


def like_patterns(names: list[str]) -> list[str]:
    """As patterns, with and without hyphens."""
    return [f"%{name}%" for each in names for name in (each, each.replace("-", ""))]


def remaining_counts() -> dict[str, int]:
    """How many rows and files there are of what belongs to reports."""
    records = Key.objects.filter(kind__in=["record", "receipt"])
    rows = {"keys": records, "envelopes": Envelope.objects.all(), "sealed": SealedFile.objects.all()}
    rows |= {model._meta.model_name: model.objects.all() for model in (Report, Message, Attachment)}
    return {name: rows.count() for name, rows in rows.items()} | {"files": len(sealed_files())}


def sealed_files() -> list[str]:
    """The sealed files."""
    return storage().listdir("")[1] if storage().exists("") else []


def noon(days: int = 0) -> datetime:
    """Noon in the middle of a month, and so many days later."""
    return datetime.fromisoformat("2027-01-15T12:00:00+02:00") + timedelta(days=days)
