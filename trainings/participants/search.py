"""What the search for staff finds at seminars: seminars by title and place, participants by name and address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from victor.formatting import short_day
from victor.languages import columns
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


@finds_for_staff(_("Seminars"), rank=50)
def seminars(user: User, question: Question) -> Iterator[Hit]:
    """Seminars that the person manages, the latest first."""
    if not user.has_perm("trainings.manage"):
        return
    for seminar in Seminar.objects.led_by(user).select_related("country").order_by("-starts", "-pk"):
        if question.fits(seminar.slug, *(getattr(seminar, name) for name in columns("title", "place"))):
            day = short_day(seminar.starts, seminar.zone) if seminar.starts else ""
            yield Hit(str(seminar), day, reverse("trainings:led", args=[seminar.slug]))


@finds_for_staff(_("Participants"), rank=60)
def participants(user: User, question: Question) -> Iterator[Hit]:
    """People who have registered for a seminar that the person manages."""
    if not user.has_perm("trainings.manage"):
        return
    for registration in Registration.objects.visible_to(user).select_related("seminar").order_by("-pk"):
        if question.fits(registration.name, registration.email):
            url = reverse("trainings:participant", args=[registration.seminar.slug, registration.pk])
            yield Hit(registration.name, f"{registration.seminar} · {registration.get_state_display()}", url)
