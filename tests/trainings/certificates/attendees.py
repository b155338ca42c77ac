"""Participants who were there, for tests of certificates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from partners.grants.models import FunderNotice
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.attendance.models import Attendance
from trainings.certificates.models import CertificateOrder
from trainings.evaluation.models import QuestionnaireSubmission
from trainings.registrations.models import Registration
from trainings.registrations.states import Stage
from trainings.seminars.models import Seminar


def ended_seminar(slug: str = "athens", **fields: Any) -> Seminar:
    """A seminar of twice three hours that ended some days ago, with the funder's notice that its papers need."""
    texts = {"statement_en": "With financial support by the European Union", "disclaimer_en": "The authors' views."}
    if not FunderNotice.objects.exists():
        FunderNotice.objects.create(valid_from=timezone.localdate() - timedelta(days=9), **texts)
    return make_seminar(slug, **{"days": -5, "closes": timezone.now() - timedelta(days=6), "seats": 2000} | fields)


def make_attendee(seminar: Seminar, sessions: int = 2, *, handed_in: bool = True, **fields: Any) -> Registration:
    """Somebody with a seat who was at so many sessions."""
    registration = applicant(seminar, **{"state": "confirmed"} | fields)
    registration.save()
    for session in seminar.sessions.all()[:sessions]:
        Attendance.objects.create(registration=registration, session=session, method="list")
    if handed_in:
        QuestionnaireSubmission.objects.create(registration=registration, stage=Stage.AFTER)
    return registration


def make_attendees(seminar: Seminar, number: int) -> None:
    """So many who were at every session, and whose certificates are ordered."""
    people = Registration.objects.bulk_create([applicant(seminar, state="confirmed") for _ in range(number)])
    sessions = list(seminar.sessions.all())
    Attendance.objects.bulk_create(
        [Attendance(registration=each, session=session, method="list") for each in people for session in sessions]
    )
    QuestionnaireSubmission.objects.bulk_create(
        [QuestionnaireSubmission(registration=each, stage=Stage.AFTER) for each in people]
    )
    CertificateOrder.objects.bulk_create([CertificateOrder(registration=each) for each in people])
