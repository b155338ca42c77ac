"""Mails to the participants of a seminar: written, looked at, released, sent in waves, stopped.

To whom a mailing goes is settled when it is released. Each wave is one transaction: the mail is in the outbox and its
recipient marked, or neither, so that a worker that is killed doubles nothing and forgets nobody.
"""

from __future__ import annotations

from typing import Any

import structlog
from django.db import OperationalError, transaction
from django.utils import timezone

from trainings.mailings.errors import LanguageMissing, NoRecipients
from trainings.mailings.message_templates import MessageTemplate, message_template_of, queue_mail_for, schedule_snapshot
from trainings.mailings.models import Mailing, MailingText, Recipient
from trainings.mailings.states import AUDIENCE_BY_KIND, MailKind
from trainings.registrations.models import Registration
from trainings.registrations.states import Audience
from trainings.registrations.waiting_list import CLOCK, lock_seminar
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.access import System, require
from victor.audit.actions import record
from victor.mail.actions import requeue
from victor.mail.errors import NotGivenUp

log = structlog.get_logger(__name__)
WAVE_SIZE = 100  # mails, in one transaction
PORTAL = System("mailing")


@transaction.atomic
def write_mailing(mailing: Mailing, words: dict[str, MessageTemplate], *, by: Any) -> Mailing:
    """Keep a mailing and, where its words are somebody's own, the words in each language, until it is released.

    Raises:
        NotPossible: it is released.
    """
    require(by, "trainings.manage", mailing.seminar)
    if mailing.pk:
        _lock_draft(mailing)
    mailing.audience = AUDIENCE_BY_KIND.get(MailKind(mailing.kind), Audience(mailing.audience))
    mailing.written_by, mailing.written_at = by, timezone.now()
    mailing.save()
    mailing.texts.all().delete()
    MailingText.objects.bulk_create(
        MailingText(mailing=mailing, language=language, subject=each.subject, text=each.text)
        for language, each in words.items()
    )
    record("mailing.written", mailing, by=by, kind=str(mailing.kind))
    return mailing


def draft_change_notice(seminar: Seminar, told: dict[str, Any], *, by: Any) -> None:
    """Prepare a mail to all who are registered, where they were `told` other hours or another place. One that waits
    since an earlier change knows what they were told first: it stays, or falls away when all is as it was."""
    draft = seminar.mailings.untold().select_for_update().first()
    is_same = (draft.told if draft else told) == schedule_snapshot(seminar)
    if draft and is_same:
        discard_mailing(draft, by=by)
    if draft or is_same or not seminar.ends or seminar.is_over or seminar.cancelled:
        return
    if seminar.registrations.open().exists():
        write_mailing(Mailing(seminar=seminar, kind=MailKind.CHANGE, told=told), {}, by=by)


@transaction.atomic
def release_mailing(mailing: Mailing, *, by: Any) -> int:
    """Let it go out to everybody whom it concerns today; return how many these are.

    Raises:
        NotPossible: it is released already.
        NobodyToWriteTo: it would go to nobody.
        LanguageMissing: somebody reads a language in which it is not written.
    """
    mailing = _lock_draft(mailing)
    require(by, "trainings.manage", mailing.seminar)
    people = list(mailing.seminar.registrations.for_audience(mailing.audience).order_by("pk"))
    if not people:
        raise NoRecipients
    if not all(message_template_of(mailing, language) for language in {each.language for each in people}):
        raise LanguageMissing
    mailing.released_by = by
    _release(mailing, people, by=by)
    return len(people)


@transaction.atomic
def discard_mailing(mailing: Mailing, *, by: Any) -> None:
    """Throw away what was not released.

    Raises:
        NotPossible: it is released.
    """
    mailing = _lock_draft(mailing)
    require(by, "trainings.manage", mailing.seminar)
    record("mailing.discarded", mailing, by=by)
    mailing.delete()


@transaction.atomic
def stop_mailing(mailing: Mailing, *, by: Any) -> int:
    """Send nothing more of it; return how many are spared. What a wave has given to the outbox goes out.

    Raises:
        NotPossible: it is not released, stopped already, or all of it is out.
    """
    mailing = Mailing.objects.select_for_update(of=("self",)).select_related("seminar").get(pk=mailing.pk)
    require(by, "trainings.manage", mailing.seminar)
    if not mailing.released_at or mailing.stopped_at:
        raise AlreadySettled
    spared, _by_model = mailing.recipients.due().delete()
    if not spared:
        raise AlreadySettled
    mailing.stopped_at = timezone.now()
    mailing.save(update_fields=["stopped_at"])
    record("mailing.stopped", mailing, by=by, spared=spared)
    return spared


@transaction.atomic
def retry_mailing(mailing: Mailing, *, by: Any) -> int:
    """Try once more to reach those who could not be reached; return how many.

    Raises:
        NotPossible: there are none, or somebody else was faster.
    """
    mailing = Mailing.objects.select_for_update(of=("self",)).select_related("seminar").get(pk=mailing.pk)
    require(by, "trainings.manage", mailing.seminar)
    tried = [each for each in mailing.recipients.failed() if _retry_recipient(each)]
    if not tried:
        raise AlreadySettled
    record("mailing.retried", mailing, by=by, number=len(tried))
    return len(tried)


@transaction.atomic
def send_wave(mailing: Mailing) -> int:
    """Give the next ones to the outbox; return how many had their turn. Whoever is no longer concerned is left out:
    they have given their place up, or answered meanwhile."""
    due = mailing.recipients.due().select_for_update(skip_locked=True, of=("self",))[:WAVE_SIZE]
    wave = {each.registration_id: each for each in due}
    people = Registration.objects.for_audience(mailing.audience).filter(pk__in=wave)
    wordings: dict[str, MessageTemplate | None] = {}
    for registration in people.select_related("seminar__country").order_by("pk"):
        language = registration.language
        if language not in wordings:
            wordings[language] = message_template_of(mailing, language)
        if wording := wordings[language]:
            _queue_for_recipient(wave.pop(registration.pk), registration, wording)
    left_out, _by_model = Recipient.objects.filter(pk__in=[each.pk for each in wave.values()]).delete()
    return len(due) - left_out


@transaction.atomic
def send_reminder(seminar: Seminar, days: int) -> int:
    """Remind those who have a place, once; return whether it was now."""
    seminar = lock_seminar(seminar)
    if seminar.cancelled or seminar.mailings.filter(days_before=days).exists():
        return 0
    people = list(seminar.registrations.for_audience(Audience.CONFIRMED).order_by("pk"))
    mailing = Mailing(seminar=seminar, kind=MailKind.REMINDER, audience=Audience.CONFIRMED, days_before=days)
    _release(mailing, people, by=CLOCK)
    return 1


def _lock_draft(mailing: Mailing) -> Mailing:
    """A mailing that nobody releases or changes meanwhile."""
    found = Mailing.objects.select_for_update(of=("self",)).select_related("seminar").filter(pk=mailing.pk).first()
    if found is None or found.released_at:
        raise AlreadySettled
    return found


def _queue_for_recipient(recipient: Recipient, registration: Registration, wording: MessageTemplate) -> None:
    """Write to this one, or note that it could not be written: the others must not wait for that."""
    recipient.queued_at = timezone.now()
    try:
        recipient.message = queue_mail_for(registration, wording)
    except OperationalError:  # the database, and not this mail: the next wave has them all again
        raise
    except Exception as fault:  # whatever there is in a name, a title or a setting
        recipient.failure = type(fault).__name__
        log.warning("mail not written", recipient=recipient.pk, failure=recipient.failure)
    recipient.save(update_fields=["message", "queued_at", "failure"])


def _retry_recipient(recipient: Recipient) -> bool:
    """Whether it is. What the outbox has forgotten is written anew in the next wave."""
    if recipient.message is None:
        recipient.queued_at = None
    else:
        try:
            requeue(recipient.message, by=PORTAL)  # the right to write to one's participants is enough
        except NotGivenUp:  # a coordinator was faster, at the outbox
            return False
    recipient.failure = ""
    recipient.save(update_fields=["queued_at", "failure"])
    return True


def _release(mailing: Mailing, people: list[Registration], *, by: Any) -> None:
    mailing.released_at = timezone.now()
    mailing.save()
    Recipient.objects.bulk_create(Recipient(mailing=mailing, registration=each) for each in people)
    record("mailing.released", mailing, by=by, kind=str(mailing.kind), number=len(people))
