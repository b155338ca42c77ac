"""Texts that were to be published by the clock, and could not be: they lack something, or nobody has approved them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from victor.access import Actor, require
from victor.audit.actions import record
from victor.publishing.completeness import refuse_incomplete
from victor.publishing.emails import send_overdue_text
from victor.publishing.errors import Incomplete
from victor.publishing.models import LanguageVersion
from victor.publishing.publication_checks import CONDITIONS, REQUIREMENTS
from victor.publishing.states import TextState


def notify_of_overdue_texts(now: datetime, *, by: Actor) -> int:
    """Note the texts whose time has come without them being published, and tell who scheduled them. Once a text."""
    overdue = list(LanguageVersion.objects.overdue(now).values_list("pk", flat=True))
    return sum(_notify(pk, now, by) for pk in overdue)


def find_missing(version: LanguageVersion) -> list[str]:
    """What keeps a text from being published, in words."""
    missing = [] if version.state == TextState.APPROVED else [str(TextState(version.state).label)]
    try:
        refuse_incomplete(version, [*REQUIREMENTS, *CONDITIONS])
    except Incomplete as refusal:
        missing += map(str, refusal.missing)
    return missing


@transaction.atomic
def _notify(pk: int, now: datetime, by: Actor) -> bool:
    version = LanguageVersion.objects.select_for_update(of=("self",)).filter(pk=pk, overdue_since=None).first()
    if version is None or version.publish_at is None:
        return False
    require(by, "publishing.publish", version)
    version.overdue_since = now
    version.save(update_fields=["overdue_since"])
    user = version.scheduled_by
    if user is not None and user.is_active:
        send_overdue_text(version, user, find_missing)
    record("text.overdue", version.object, by=by, language=version.language)
    return True
