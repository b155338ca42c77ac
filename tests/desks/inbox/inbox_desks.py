"""A desk with its keys and its people, and reports as somebody would have sent them."""

from __future__ import annotations

import itertools
from copy import deepcopy
from typing import Any, Self

from django.conf import settings
from django.test import Client
from model_bakery import baker

from desks.desk.models import Desk
from desks.reports.models import Attachment, Message, Report
from desks.reports.states import ReportState, Voice
from partners.directory.models import Organisation
from partners.memberships.states import Role
from tests.desks.stamped_desks import stamp_group
from tests.people import browser_of, organisation, person
from tests.vault.people import copy_vault, make_group, open_vault
from victor.access import System
from victor.accounts.models import User
from victor.vault.keys.keyring import UnlockedVault, save_stamped
from victor.vault.passphrases import sessions
from victor.vault.passphrases.middleware import COOKIE
from victor.vault.records import actions as records_actions
from victor.vault.records.actions import FileInfo

PORTAL = System("test")
NUMBERS = itertools.count(1)
STORY = "Δύο παιδιά στον σταθμό, κάθε βράδυ"
ANSWERS = {"reporter": "professional", "danger": True, "place": "Athens", "story": STORY, "children": "2"}


class InboxDesk:
    """A desk, with two who open its reports and one who leads it."""

    def __init__(self, slug: str = "smile", **fields: Any) -> None:
        self.organisation: Organisation = organisation(slug)
        self.anna, self.ben = (open_vault(person(Role.WORKER, self.organisation)) for _ in range(2))
        self.chief = open_vault(person(Role.SUPERVISOR, self.organisation))
        given = {"title_en": slug.title(), "country": self.organisation.country, "takes_reports": True} | fields
        self.desk: Desk = baker.make(
            Desk, slug=slug, organisation=self.organisation, group=make_group(self.anna, self.ben, self.chief), **given
        )
        stamp_group(self.desk)
        self.url = f"/en/workspace/desks/{slug}/"

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """The same rows in objects of their own. Open vaults refuse to be copied, so they are made anew."""
        desk = object.__new__(type(self))
        for name, value in vars(self).items():
            setattr(desk, name, copy_vault(value) if isinstance(value, UnlockedVault) else deepcopy(value, memo))
        return desk

    def report(self, answers: dict[str, Any] | None = None, **fields: Any) -> Report:
        """A report in Greek, as it lies at the desk."""
        key = records_actions.create_record(self.desk.group, by=PORTAL)
        given = {"language": "el", "country": self.desk.country, "state": ReportState.ACKNOWLEDGED} | fields
        report = Report(**{"reference": f"R{next(NUMBERS):05}"} | given, desk=self.desk, key=key)
        save_stamped(report)
        content = ANSWERS if answers is None else answers
        envelope = records_actions.write_envelope(key, content, purpose="report", by=PORTAL)
        first = Message(report=report, envelope=envelope, voice=Voice.REPORTER, language=report.language)
        first.written_at = report.received_at
        save_stamped(first)
        return report

    def address(self, report: Report, rest: str = "") -> str:
        """Where a report of this desk is opened."""
        return f"{self.url}reports/{report.reference}/{rest}"


def add_message(report: Report, text: str, voice: Voice = Voice.REPORTER) -> Message:
    """Something that was said in a report."""
    purpose = "note" if voice == Voice.NOTE else "message"
    envelope = records_actions.write_envelope(report.key, {"text": text}, purpose=purpose, by=PORTAL)
    message = Message(report=report, envelope=envelope, voice=voice, language=report.language)
    save_stamped(message)
    return message


def add_attachment(report: Report, name: str = "lamp.png", *, clean: FileInfo | None = None) -> Attachment:
    """A file that the reporter has sent, with its clean copy."""
    message = add_message(report, "See the picture")
    own = FileInfo(name, "image/png")
    files = [
        records_actions.write_file(report.key, [content], about=about, by=PORTAL)
        for content, about in ((b"o", own), (b"c", clean or own))
    ]
    attachment = Attachment(message=message, original=files[0], clean=files[1])
    save_stamped(attachment)
    return attachment


def unlocked_browser_of(who: UnlockedVault) -> Client:
    """A browser in which somebody is logged in and their vault is open."""
    browser = browser_of(who.person)
    session = browser.session
    session.save()
    secret = sessions.keep_unlocked(
        session, UnlockedVault(who.person, who.key_id, type(who.private)(bytes(who.private)))
    )
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    browser.cookies[COOKIE] = secret
    return browser


def stranger() -> User:
    """Somebody who works at another desk."""
    return person(Role.WORKER, organisation("elsewhere"))
