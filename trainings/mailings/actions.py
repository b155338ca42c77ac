"""What happens to mailings to the participants of a seminar: write, release, send in waves, stop, retry, discard.

The recipients of a mailing are fixed when it is released. A wave is composed before anything is locked. It is queued in
one transaction: the email is in the outbox and its recipient marked, or neither, so that a worker that is killed sends
nothing twice and forgets nobody.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from django.db import OperationalError, transaction
from django.utils import timezone

from trainings.mailings.errors import LanguageMissing, NoRecipients, ReadOtherMailing
from trainings.mailings.message_templates import (
    MailDraft,
    MessageTemplate,
    Schedule,
    digest_of_content,
    draft_mail_for,
    message_template_of,
    queue_draft,
    schedule_snapshot,
)
from trainings.mailings.models import Mailing, MailingText, Recipient
from trainings.mailings.states import AUDIENCE_BY_KIND, MailKind
from trainings.registrations.models import Registration
from trainings.registrations.states import Audience
from trainings.registrations.waiting_list import CLOCK, lock_seminar
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.access import Actor, System, account_of, require
from victor.audit.actions import record
from victor.mail.actions import requeue
from victor.mail.errors import NotGivenUp
from victor.stored_names import stored_reference

log = structlog.get_logger(__name__)
WAVE_SIZE = 100  # emails in one transaction
PORTAL = System("mailing")
Drafts = dict[int, MailDraft | str | None]  # by registration: the email, the class of the error, or no template


@transaction.atomic
def write_mailing(mailing: Mailing, templates: Mapping[str, MessageTemplate], *, by: Actor) -> Mailing:
    """Save a draft of a mailing and, where somebody has written it, its template in each language.

    Raises:
        AlreadySettled: it is released.
    """
    if mailing.pk:
        _lock_draft(mailing)
    require(by, "trainings.manage", mailing.seminar)
    mailing.audience = AUDIENCE_BY_KIND.get(MailKind(mailing.kind), Audience(mailing.audience))
    mailing.written_by, mailing.written_at = account_of(by), timezone.now()
    mailing.save()
    mailing.texts.all().delete()
    MailingText.objects.bulk_create(
        MailingText(mailing=mailing, language=language, subject=template.subject, text=template.text)
        for language, template in templates.items()
    )
    record("mailing.written", mailing, by=by, kind=str(mailing.kind))
    return mailing


def draft_change_notice(seminar: Seminar, known_schedule: Schedule, *, by: Actor) -> None:
    """Draft a mailing to everybody who is registered, if the schedule differs from the one they know.

    A draft of an earlier change has the schedule that they know. It stays, or is discarded when the seminar is back to
    that schedule.
    """
    draft = seminar.mailings.unreleased_changes().select_for_update().first()
    is_unchanged = (draft.known_schedule if draft else known_schedule) == schedule_snapshot(seminar)
    if draft and is_unchanged:
        discard_mailing(draft, by=by)
    if draft or is_unchanged or not seminar.ends or seminar.is_over or seminar.cancelled:
        return
    if seminar.registrations.open().exists():
        write_mailing(Mailing(seminar=seminar, kind=MailKind.CHANGE, known_schedule=known_schedule), {}, by=by)


@transaction.atomic
def release_mailing(mailing: Mailing, *, by: Actor, digest: str | None = None) -> int:
    """Send a mailing to everybody whom it concerns today. Return how many these are.

    `digest` names the content that the person has read, by default that of now.

    Raises:
        AlreadySettled: it is released already.
        ReadOtherMailing: it has changed since it was read.
        NoRecipients: it would go to nobody.
        LanguageMissing: a recipient reads a language in which it is not written.
    """
    mailing = _lock_draft(mailing)
    require(by, "trainings.manage", mailing.seminar)
    if digest is not None and digest != digest_of_content(mailing):
        raise ReadOtherMailing
    people = list(mailing.concerned(mailing.seminar.registrations.all()).order_by("pk"))
    if not people:
        raise NoRecipients
    languages = {registration.language for registration in people}
    if not all(message_template_of(mailing, language) for language in languages):
        raise LanguageMissing
    mailing.released_by = account_of(by)
    _release(mailing, people, by=by)
    return len(people)


@transaction.atomic
def discard_mailing(mailing: Mailing, *, by: Actor) -> None:
    """Delete a draft of a mailing.

    Raises:
        AlreadySettled: it is released.
    """
    mailing = _lock_draft(mailing)
    require(by, "trainings.manage", mailing.seminar)
    reference = stored_reference(mailing)
    mailing.delete()
    record("mailing.discarded", reference, by=by)


@transaction.atomic
def stop_mailing(mailing: Mailing, *, by: Actor) -> int:
    """Send no more emails of a mailing. Return how many people do not get it. Emails in the outbox are still sent.

    Raises:
        AlreadySettled: it is not released, is stopped already, or has been sent to everybody.
    """
    mailing = _lock_mailing(mailing)
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
def retry_mailing(mailing: Mailing, *, by: Actor) -> int:
    """Try again to reach the recipients who could not be reached. Return how many are tried.

    Raises:
        AlreadySettled: there are none, or somebody else has done so first.
    """
    mailing = _lock_mailing(mailing)
    require(by, "trainings.manage", mailing.seminar)
    number = sum(_retry_recipient(recipient) for recipient in mailing.recipients.failed())
    if not number:
        raise AlreadySettled
    record("mailing.retried", mailing, by=by, number=number)
    return number


def send_wave(mailing: Mailing) -> int:
    """Queue the emails of the next recipients. Return how many were queued or could not be written.

    A recipient whom the mailing no longer concerns is left out: they have given up their place, or answered meanwhile.
    """
    wave = list(mailing.recipients.due().values_list("registration", flat=True)[:WAVE_SIZE])
    concerned = mailing.concerned(Registration.objects.filter(pk__in=wave))
    people = list(concerned.select_related("seminar__country").order_by("pk"))
    drafts = _draft_wave(mailing, people)
    return _queue_wave(mailing, wave, {registration.pk: registration for registration in people}, drafts)


@transaction.atomic
def send_reminder(seminar: Seminar, days: int) -> int:
    """Remind confirmed participants so many days before the seminar, once. Return 1 if it was done now, else 0."""
    seminar = lock_seminar(seminar)
    if seminar.cancelled or seminar.mailings.filter(days_before=days).exists():
        return 0
    mailing = Mailing(seminar=seminar, kind=MailKind.REMINDER, audience=Audience.CONFIRMED, days_before=days)
    people = list(mailing.concerned(seminar.registrations.all()).order_by("pk"))
    _release(mailing, people, by=CLOCK)
    return 1


def _lock_mailing(mailing: Mailing) -> Mailing:
    return Mailing.objects.select_for_update(of=("self",)).select_related("seminar").get(pk=mailing.pk)


def _lock_draft(mailing: Mailing) -> Mailing:
    """The locked mailing, which must not be released."""
    draft = Mailing.objects.select_for_update(of=("self",)).select_related("seminar").filter(pk=mailing.pk).first()
    if draft is None or draft.released_at:
        raise AlreadySettled
    return draft


def _draft_wave(mailing: Mailing, people: list[Registration]) -> Drafts:
    """The email to each person. One that cannot be written must not stop the others."""
    templates = {
        language: message_template_of(mailing, language) for language in {person.language for person in people}
    }
    drafts: Drafts = {}
    for registration in people:
        template = templates[registration.language]
        try:
            drafts[registration.pk] = draft_mail_for(registration, template) if template else None
        except OperationalError:  # the database has failed, not this email: the next wave tries all of them again
            raise
        except Exception as error:  # whatever is wrong with a name, a title or a setting
            drafts[registration.pk] = type(error).__name__
            log.warning("mail not written", registration=registration.pk, failure=type(error).__name__)
    return drafts


@transaction.atomic
def _queue_wave(mailing: Mailing, wave: list[int], people: Mapping[int, Registration], drafts: Drafts) -> int:
    """Queue the drafts whose facts still hold, and delete the recipients whom the mailing no longer concerns.

    Anyone whose name, address or language has changed since the draft was made is left for the next wave.
    """
    due = mailing.recipients.due().filter(registration__in=wave)
    recipients = list(due.select_for_update(skip_locked=True, of=("self",)))
    concerned = mailing.concerned(Registration.objects.filter(pk__in=wave)).in_bulk()
    number, left_out = 0, []
    for recipient in recipients:
        current, seen = concerned.get(recipient.registration_id), people.get(recipient.registration_id)
        draft = drafts.get(recipient.registration_id)
        if current is None or (seen and draft is None):
            left_out.append(recipient.pk)
        elif seen and draft and _mail_facts(seen) == _mail_facts(current):
            _queue_for_recipient(recipient, draft)
            number += 1
    Recipient.objects.filter(pk__in=left_out).delete()
    return number


def _mail_facts(registration: Registration) -> tuple[str, str, str, str]:
    """What an email to a participant depends on."""
    return registration.email, registration.name, registration.language, registration.state


def _queue_for_recipient(recipient: Recipient, draft: MailDraft | str) -> None:
    """Queue an email and mark its recipient, or note why the email could not be written."""
    recipient.queued_at = timezone.now()
    if isinstance(draft, MailDraft):
        recipient.message = queue_draft(draft)
    else:
        recipient.failure = draft
    recipient.save(update_fields=["message", "queued_at", "failure"])


def _retry_recipient(recipient: Recipient) -> bool:
    """Return whether the recipient is tried again. An email that the outbox has deleted is composed anew."""
    if recipient.message is None:
        recipient.queued_at = None
    else:
        try:
            requeue(recipient.message, by=PORTAL)  # whoever may write to the participants may retry
        except NotGivenUp:  # a coordinator has retried it in the outbox first
            return False
    recipient.failure = ""
    recipient.save(update_fields=["queued_at", "failure"])
    return True


def _release(mailing: Mailing, people: list[Registration], *, by: Actor) -> None:
    mailing.released_at = timezone.now()
    mailing.save()
    Recipient.objects.bulk_create(Recipient(mailing=mailing, registration=registration) for registration in people)
    record("mailing.released", mailing, by=by, kind=str(mailing.kind), number=len(people))
