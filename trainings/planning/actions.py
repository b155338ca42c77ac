"""Seminars as their trainers plan them: saved, copied, cancelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from trainings.mailings.actions import draft_change_notice
from trainings.mailings.message_templates import schedule_snapshot
from trainings.planning.errors import QuestionnaireAnswered, SeminarOver, TooFewSeats
from trainings.planning.states import SeminarPart
from trainings.registrations import emails as registrations_emails
from trainings.registrations.states import RegistrationMove, RegistrationState
from trainings.registrations.waiting_list import SeatChanges, expire_offers, lock_seminar, offer_next_in_line
from trainings.seminars.courses import Module
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Quota, Seminar, Session
from victor.access import Actor, System, require
from victor.audit.actions import record
from victor.publishing.actions import save_draft, submit
from victor.publishing.bundled_texts import approve_bundled
from victor.publishing.models import SOURCE, LanguageVersion, public_texts
from victor.publishing.translation import options

if TYPE_CHECKING:
    from victor.accounts.models import User

WRITER = System("seminars")  # the author of texts that trainers propose and editors publish
COPIED_FIELDS = (
    *("course", "organisation", "country", "online", "language", "professions", "seats"),
    *("needs_approval", "offer_hours", "share", "needs_test"),
)
WINDOW_FIELDS = ("opens", "closes")


@dataclass(frozen=True)
class SeminarPlan:
    """What belongs to a seminar: its sessions with their modules, the sessions to delete, and its people."""

    sessions: Sequence[tuple[Session, Iterable[Module]]]
    removed: Sequence[Session] = ()
    trainers: Collection[User] = ()
    helpers: Collection[User] = ()


@transaction.atomic
def save_seminar(seminar: Seminar, plan: SeminarPlan, texts: Mapping[str, str], *, by: Actor) -> Seminar:
    """Save a new or a changed seminar. `by` must manage it before and after the change.

    Its first texts wait for a review in the language of the seminar, because trainers do not publish. Additional seats
    are offered at once. When hours or place change, an e-mail about the change to everybody who is registered waits to
    be released.

    Raises:
        TooFewSeats: more seats are taken or offered.
        QuestionnaireAnswered: the questionnaire would change, and somebody has answered it.
    """
    before = lock_seminar(seminar) if seminar.pk else None
    for version in filter(None, (before, seminar)):
        require(by, "trainings.manage", version)
    if before:
        _refuse_impossible_change(before, seminar)
        list(before.mailings.unreleased_changes().select_for_update())  # before the log, as everybody who writes both
    schedule = schedule_snapshot(before) if before else None
    seminar.save(update_fields=[*COPIED_FIELDS, *WINDOW_FIELDS, "test"] if before else None)
    _save_plan(seminar, plan)
    seminar.refresh_from_db()
    changes = SeatChanges()
    changes.log("seminar.kept", seminar, by=by, seats=seminar.seats)
    expire_offers(seminar, changes)
    offer_next_in_line(seminar, changes)
    draft = _save_new_texts(seminar, texts)
    changes.finish()
    if draft:
        submit(draft, by=WRITER)
    if schedule:
        draft_change_notice(seminar, schedule, by=by)
    return seminar


@transaction.atomic
def cancel_seminar(seminar: Seminar, *, by: Actor) -> int:
    """Cancel a seminar, and write to everybody who has a seat or waits for one. Return the number of these people.

    Raises:
        SeminarOver: the seminar has taken place.
        AlreadySettled: it was cancelled before.
    """
    seminar, changes = lock_seminar(seminar), SeatChanges()
    require(by, "trainings.manage", seminar)
    if not seminar.can_be_cancelled:
        raise AlreadySettled if seminar.cancelled else SeminarOver
    seminar.cancelled = True
    seminar.save(update_fields=["cancelled"])
    registrations = list(seminar.registrations.open().locked())
    for registration in registrations:
        changes.move(registration, RegistrationMove.CANCEL, RegistrationState.CANCELLED, by=by)
        changes.mail(registrations_emails.send_seminar_cancelled, registration)
    changes.log("seminar.cancelled", seminar, by=by, told=len(registrations))
    changes.finish()
    return len(registrations)


def proposed_texts(seminar: Seminar) -> LanguageVersion | None:
    """The texts that a trainer has proposed and no editor has worked on; None where there are none."""
    version = seminar.versions.filter(language=seminar.language).first() if seminar.pk else None
    return version if version and version.author_id is None and version.published_at is None else None


@transaction.atomic
def copy_seminar(seminar: Seminar, *, slug: str, first_day: date, parts: Collection[str], by: Actor) -> Seminar:
    """Copy a seminar so that it begins on another day, at the same times on the clocks of its country.

    Texts that are public here are approved there: an editor decides when they become public.
    """
    require(by, "trainings.manage", seminar)
    copy = _create_copy(seminar, slug, first_day, parts)
    record("seminar.copied", copy, by=by, of=seminar.slug)
    return copy


@transaction.atomic
def copy_seminar_in_series(
    seminar: Seminar, *, slug: str, first_day: date, times: int, weeks: int, parts: Collection[str], by: Actor
) -> list[Seminar]:
    """Make `times` copies, one every `weeks` weeks. Each has its number in its address."""
    require(by, "trainings.manage", seminar)
    days = [first_day + timedelta(weeks=weeks * number) for number in range(times)]
    copies = [_create_copy(seminar, numbered_slug(slug, number), day, parts) for number, day in enumerate(days)]
    for copy in copies:
        record("seminar.copied", copy, by=by, of=seminar.slug)
    return copies


def numbered_slug(slug: str, number: int) -> str:
    """The address of one seminar of a series; `number` counts from 0, and the first has no number."""
    return f"{slug}-{number + 1}" if number else slug


def _refuse_impossible_change(before: Seminar, after: Seminar) -> None:
    if after.seats < before.registrations.seated().count():
        raise TooFewSeats
    if after.test_id != before.test_id and before.responses.exists():
        raise QuestionnaireAnswered


def _save_plan(seminar: Seminar, plan: SeminarPlan) -> None:
    seminar.trainers.set(plan.trainers)
    seminar.helpers.set(plan.helpers)
    for session in plan.removed:
        session.delete()
    for session, modules in plan.sessions:
        session.seminar = seminar
        session.save()
        session.modules.set(modules)


def _save_new_texts(seminar: Seminar, texts: Mapping[str, str]) -> LanguageVersion | None:
    """Save what a trainer wrote as a draft; None where nothing is new."""
    proposed = proposed_texts(seminar)
    fields = proposed.fields if proposed else {}
    if all(fields.get(name, "") == text for name, text in texts.items()):
        return None
    return save_draft(seminar, seminar.language, fields | dict(texts), by=WRITER)


def _create_copy(seminar: Seminar, slug: str, first_day: date, parts: Collection[str]) -> Seminar:
    days = timedelta((first_day - (seminar.starts or seminar.opens).astimezone(seminar.zone).date()).days)
    window = {name: _shift_moment(seminar, getattr(seminar, name), days) for name in WINDOW_FIELDS}
    copy = Seminar(slug=slug, **window, **{name: getattr(seminar, name) for name in COPIED_FIELDS})
    copy.test = seminar.test if SeminarPart.QUESTIONS in parts else None
    copy.save()
    if SeminarPart.SESSIONS in parts:
        _copy_sessions(seminar, copy, days, with_materials=SeminarPart.MATERIALS in parts)
    if SeminarPart.QUOTAS in parts:
        for quota in seminar.quotas.all():
            Quota.objects.create(seminar=copy, profession=quota.profession, country=quota.country, seats=quota.seats)
    if SeminarPart.PEOPLE in parts:
        copy.trainers.set(seminar.trainers.all())
        copy.helpers.set(seminar.helpers.all())
    if SeminarPart.TEXTS in parts:
        _copy_texts(seminar, copy)
    copy.refresh_from_db()
    return copy


def _shift_moment(seminar: Seminar, moment: datetime, days: timedelta) -> datetime:
    """Days later, at the same time on the clocks of the country, even if summer time begins or ends in between."""
    return moment.astimezone(seminar.zone) + days


def _copy_sessions(seminar: Seminar, copy: Seminar, days: timedelta, *, with_materials: bool) -> None:
    """Copies of a material share one file in storage."""
    for session in seminar.sessions.all():
        starts, ends = (_shift_moment(seminar, moment, days) for moment in (session.starts, session.ends))
        session_copy = Session.objects.create(seminar=copy, starts=starts, ends=ends)
        session_copy.modules.set(session.modules.all())
        for material in session.materials.all() if with_materials else ():
            fields = {name: getattr(material, name) for name in ("language", "name", "format", "size", "public")}
            SessionMaterial.objects.create(session=session_copy, file=material.file.name, **fields)


def _copy_texts(seminar: Seminar, copy: Seminar) -> None:
    """Copy public texts as approved, and others as drafts. The source comes first: translations follow it."""
    source = None
    for version in sorted(seminar.versions.all(), key=lambda version: version.language != SOURCE):
        if version.published_at is None:
            save_draft(copy, version.language, version.fields, by=WRITER)
            continue
        texts = public_texts(seminar, options(Seminar).texts, version.language)
        approved = approve_bundled(copy, version.language, texts, by=WRITER, source=source)
        source = approved if version.language == SOURCE else source
