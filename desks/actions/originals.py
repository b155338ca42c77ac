"""Files of a report: the clean copy for everybody at the desk, the original for two persons with a reason, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from desks.actions.answers import locked
from desks.errors import NotGranted, NotPossible, OwnRequest
from desks.models import Attachment, OriginalAccess
from desks.states import EnvelopePurpose
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.actions import read_file, write
from victor.vault.actions.records import About
from victor.vault.keys import Opened

GRANTED_FOR = timedelta(hours=24)


@transaction.atomic
def open_file(attachment: Attachment, *, by: Opened) -> tuple[About, Iterator[bytes]]:
    """The clean copy, and what it was called.

    Raises:
        NotPossible: there is none.
    """
    locked(attachment.message.report, by=by.person)
    if attachment.clean is None:
        raise NotPossible
    record("report.file_opened", attachment, by=by.person)
    return read_file(attachment.clean, by=by)


@transaction.atomic
def ask_original(attachment: Attachment, reason: str, *, by: User) -> OriginalAccess:
    """Ask to open what was sent just as it was sent."""
    report = locked(attachment.message.report, by=by)
    envelope = write(report.key, {"text": reason}, purpose=EnvelopePurpose.NOTE, by=by)
    asked = OriginalAccess.objects.create(attachment=attachment, reason=envelope, asked_by=by)
    record("report.original_asked", asked, by=by)
    return asked


@transaction.atomic
def grant_original(access: OriginalAccess, *, by: User) -> OriginalAccess:
    """Agree that a colleague opens it, for a day.

    Raises:
        OwnRequest: it is one's own.
        NotPossible: somebody has agreed already.
    """
    access = _locked(access, by=by)
    if access.asked_by_id == by.pk:
        raise OwnRequest
    if access.granted_at is not None:
        raise NotPossible
    access.granted_by, access.granted_at = by, timezone.now()
    access.save(update_fields=["granted_by", "granted_at"])
    record("report.original_granted", access, by=by)
    return access


@transaction.atomic
def open_original(access: OriginalAccess, *, by: Opened) -> tuple[About, Iterator[bytes]]:
    """The original, once, for whoever has asked.

    Raises:
        NotGranted: nobody has agreed, it is another's, it was used, or a day has passed.
    """
    access = _locked(access, by=by.person)
    if access.asked_by_id != by.person.pk or access.granted_at is None or access.used_at is not None:
        raise NotGranted
    if access.granted_at + GRANTED_FOR <= timezone.now():
        raise NotGranted
    access.used_at = timezone.now()
    access.save(update_fields=["used_at"])
    record("report.original_opened", access, by=by.person)
    return read_file(access.attachment.original, by=by)


def _locked(access: OriginalAccess, *, by: User) -> OriginalAccess:
    found = OriginalAccess.objects.select_for_update(of=["self"])
    access = found.select_related("attachment__message__report", "attachment__original").get(pk=access.pk)
    locked(access.attachment.message.report, by=by)
    return access
