"""Places in a seminar: asked for, given, offered, accepted, given up.

Each of these locks the seminar first, so that all that happens to its places happens one after the other: no seat is
given twice, and whoever came first is first in line. After everything that frees a seat the next in line is offered it,
in the same transaction. Who waits only because a quota is full is passed over until it is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from trainings.mailings.actions import draft_change_notice
from trainings.mailings.message_templates import schedule_snapshot
from trainings.planning.errors import QuestionnaireAnswered, SeminarOver, TooFewSeats
from trainings.planning.states import SeminarPart
from trainings.registrations import emails as registrations_emails
from trainings.registrations.states import RegistrationMove, RegistrationState
from trainings.registrations.waiting_list import lock_seminar, move_registration, offer_free_seats
from trainings.seminars.courses import Module
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Quota, Seminar, Session
from victor.access import System, require
from victor.audit.actions import record
from victor.publishing.actions import save_draft, submit
from victor.publishing.bundled_texts import approve_bundled
from victor.publishing.models import SOURCE, LanguageVersion, public_texts
from victor.publishing.translation import options


@transaction.atomic
def cancel_seminar(seminar: Seminar, *, by: Any) -> int:
    """Call a seminar off, and tell everybody who has a place or waits; return how many.

    Raises:
        Over: it has taken place.
        NotPossible: it was called off before.
    """
    seminar = lock_seminar(seminar)
    require(by, "trainings.manage", seminar)
    if not seminar.can_be_cancelled:
        raise AlreadySettled if seminar.cancelled else SeminarOver
    seminar.cancelled = True
    seminar.save(update_fields=["cancelled"])
    told = list(seminar.registrations.open().locked())
    for each in told:
        move_registration(each, RegistrationMove.CANCEL, RegistrationState.CANCELLED, by=by)
        registrations_emails.send_seminar_cancelled(each)
    record("seminar.cancelled", seminar, by=by, told=len(told))
    return len(told)


WRITER = System("seminars")
COPIED_FIELDS = (
    *("course", "organisation", "country", "online", "language", "professions", "seats"),
    *("needs_approval", "offer_hours", "share", "needs_test"),
)
WINDOW_FIELDS = ("opens", "closes")


@dataclass(frozen=True)
class SeminarPlan:
    """What belongs to a seminar: its sessions, each with its modules, those that fall away, and its people."""

    sessions: Sequence[tuple[Session, Iterable[Module]]]
    removed: Sequence[Session] = ()
    trainers: Collection[Any] = ()
    helpers: Collection[Any] = ()


@transaction.atomic
def save_seminar(seminar: Seminar, plan: SeminarPlan, texts: Mapping[str, str], *, by: Any) -> Seminar:
    """Keep a seminar, new or changed, of an organisation that `by` trains for: before and after the change.

    Its first texts wait for a review in the language of the seminar: trainers do not publish. Where there are more
    seats than before, they are offered at once. Where hours or place are others than before, a mail that says so to
    all who are registered waits to be released.

    Raises:
        TooFewSeats: more are somebody's.
        Answered: others were to be asked than somebody has answered.
    """
    before = lock_seminar(seminar) if seminar.pk else None
    for each in filter(None, (before, seminar)):
        require(by, "trainings.manage", each)
    if before and seminar.seats < before.registrations.seated().count():
        raise TooFewSeats
    if before and seminar.test_id != before.test_id and before.responses.exists():
        raise QuestionnaireAnswered
    told = schedule_snapshot(before) if before else None
    seminar.save(update_fields=[*COPIED_FIELDS, *WINDOW_FIELDS, "test"] if before else None)
    seminar.trainers.set(plan.trainers)
    seminar.helpers.set(plan.helpers)
    for gone in plan.removed:
        gone.delete()
    for session, modules in plan.sessions:
        session.seminar = seminar
        session.save()
        session.modules.set(modules)
    seminar.refresh_from_db()
    record("seminar.kept", seminar, by=by, seats=seminar.seats)
    _submit_texts(seminar, texts)
    offer_free_seats(seminar)
    if told:
        draft_change_notice(seminar, told, by=by)
    return seminar


def proposed_texts(seminar: Seminar) -> LanguageVersion | None:
    """The texts that a trainer proposed and no editor has taken up; None where there are none."""
    version = seminar.versions.filter(language=seminar.language).first() if seminar.pk else None
    return version if version and version.author_id is None and version.published_at is None else None


@transaction.atomic
def copy_seminar(seminar: Seminar, *, slug: str, first_day: date, parts: Collection[str], by: Any) -> Seminar:
    """A seminar like this one that begins on another day, at the same times by the clocks of its country.

    Texts that are public here are approved there, and public when an editor says so.
    """
    require(by, "trainings.manage", seminar)
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
    record("seminar.copied", copy, by=by, of=seminar.slug)
    return copy


@transaction.atomic
def copy_seminar_in_series(
    seminar: Seminar, *, slug: str, first_day: date, times: int, weeks: int, parts: Collection[str], by: Any
) -> list[Seminar]:
    """So many copies, one every so many weeks; each has its number in its address."""
    return [
        copy_seminar(
            seminar,
            slug=numbered_slug(slug, number),
            first_day=first_day + timedelta(weeks=weeks * number),
            parts=parts,
            by=by,
        )
        for number in range(times)
    ]


def numbered_slug(slug: str, number: int) -> str:
    """The address of one of a series: the first has no number."""
    return f"{slug}-{number + 1}" if number else slug


def _submit_texts(seminar: Seminar, texts: Mapping[str, str]) -> None:
    """Let an editor look at what a trainer wrote, where it is new."""
    earlier = proposed_texts(seminar)
    before = earlier.fields if earlier else {}
    if texts and any(before.get(name, "") != text for name, text in texts.items()):
        submit(save_draft(seminar, seminar.language, before | dict(texts), by=WRITER), by=WRITER)


def _shift_moment(seminar: Seminar, moment: datetime, days: timedelta) -> datetime:
    """Days later, at the same time by the clocks of the country: summer time may have begun or ended in between."""
    return moment.astimezone(seminar.zone) + days


def _copy_sessions(seminar: Seminar, copy: Seminar, days: timedelta, *, with_materials: bool) -> None:
    """A file is in storage once, whatever number of materials names it."""
    for session in seminar.sessions.all():
        starts, ends = (_shift_moment(seminar, moment, days) for moment in (session.starts, session.ends))
        made = Session.objects.create(seminar=copy, starts=starts, ends=ends)
        made.modules.set(session.modules.all())
        for each in session.materials.all() if with_materials else ():
            same = {name: getattr(each, name) for name in ("language", "name", "format", "size", "public")}
            SessionMaterial.objects.create(session=made, file=each.file.name, **same)


def _copy_texts(seminar: Seminar, copy: Seminar) -> None:
    """What is public as approved, the source first, so that the translations follow it; what is not as a draft."""
    source = None
    for version in sorted(seminar.versions.all(), key=lambda version: version.language != SOURCE):
        if version.published_at is None:
            save_draft(copy, version.language, version.fields, by=WRITER)
            continue
        texts = public_texts(seminar, options(Seminar).texts, version.language)
        made = approve_bundled(copy, version.language, texts, by=WRITER, source=source)
        source = made if version.language == SOURCE else source
