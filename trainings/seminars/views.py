"""Seminars and courses as visitors find them, and as their calendars do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trainings.seminars.courses import Course, Module
from trainings.seminars.forms import SeminarFilterForm
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Seminar
from trainings.seminars.schema_org import course_schema, seminar_schema
from trainings.seminars.states import Availability
from victor.access import public
from victor.files.states import MEDIA_TYPES, FileFormat
from victor.languages import current_language, languages_with, local_text
from victor.publishing.views import count_view, get_published, render_public
from victor.schedules import calendars, feeds

PAGE_LENGTH = 20
MAX_ALTERNATIVES = 3
CALENDAR_PAST = timedelta(days=365)


@public
@require_safe
def seminars(request: HttpRequest) -> HttpResponse:
    """What is coming by month, then what is over, narrowed by what the address asks for."""
    form = SeminarFilterForm(request.GET)
    seminars = form.narrow(Seminar.objects.published().for_listing().with_taken())
    page = Paginator(seminars.past(), PAGE_LENGTH).get_page(request.GET.get("page"))
    months: dict[str, list[Seminar]] = {}
    for seminar in seminars.upcoming() if page.number == 1 else ():
        months.setdefault(seminar.month, []).append(seminar)
    context = {
        "form": form,
        "months": months,
        "page_obj": page,
        "asked": f"?{urlencode(form.asked)}" if form.asked else "",
        "host": settings.SITE_URL.partition("://")[2],
    }
    return render_public(request, "trainings/seminars/seminars.html", context)


@public
@require_safe
def seminar(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, when, where, and how to register; where one cannot, what there is instead."""
    found = get_published(Seminar.objects.for_page(), slug)
    others: Iterable[Seminar] = ()
    if found.availability != Availability.FREE:
        others = Seminar.objects.published().for_listing().with_taken().alternatives_to(found)[:MAX_ALTERNATIVES]
    course = found.course if found.course and languages_with(found.course, "title") else None
    context = {"seminar": found, "course": course, "others": others, "schema": seminar_schema(found)}
    published = languages_with(found, "title", "summary")
    count_view(request, found)
    return render_public(request, "trainings/seminars/seminar.html", context, published=published)


@public
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """What is taught: the courses, and the modules that they are made of."""
    context = {
        "courses": Course.objects.published().prefetch_related("modules"),
        "modules": Module.objects.published(),
    }
    return render_public(request, "trainings/seminars/courses.html", context)


@public
@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """For whom it is, what it teaches, and when it is held."""
    found = get_published(Course.objects.prefetch_related("modules"), slug)
    upcoming = Seminar.objects.published().for_listing().with_taken().upcoming().filter(course=found)
    context = {"course": found, "seminars": upcoming, "schema": course_schema(found)}
    published = languages_with(found, "title", "summary", "objectives")
    count_view(request, found)
    return render_public(request, "trainings/seminars/course.html", context, published=published)


@public
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """A seminar to put into one's calendar."""
    public_ones = Seminar.objects.published().select_related("country", "organisation").prefetch_related("sessions")
    found = get_object_or_404(public_ones, slug=slug)
    return _calendar([found], local_text(found, "title").text, f"victor-{slug}.ics")


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to: what is coming and what was within a year, in the language of the address."""
    recent = Seminar.objects.for_calendars(current_language()).filter(ends__gt=timezone.now() - CALENDAR_PAST)
    return _calendar(SeminarFilterForm(request.GET).narrow(recent), _("VICTOR: seminars"), "victor-seminars.ics")


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What is coming, in the language of the address, as Atom."""
    coming = Seminar.objects.for_calendars(current_language()).upcoming()[:PAGE_LENGTH]
    items = map(calendars.feed_item, coming)
    written = feeds.render_atom(request.path, _("VICTOR: seminars"), items, home=reverse("trainings:seminars"))
    return HttpResponse(written, content_type=feeds.CONTENT_TYPE)


def _calendar(seminars: Iterable[Any], name: str, file: str) -> HttpResponse:
    """Each session is an entry, since nobody sits in a seminar by night; the address online is not for everybody."""
    parts = [(each, session) for each in seminars for session in each.sessions.all()]
    entries = (
        calendars.calendar_entry(each, f"seminar-{each.pk}-{session.pk}", span=session) for each, session in parts
    )
    headers = {"Content-Disposition": f'inline; filename="{file}"', "X-Robots-Tag": "noindex"}
    written = calendars.render_calendar("seminars", entries, name)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)


@public
@require_safe
def public_material(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file that everybody may have."""
    files = SessionMaterial.objects.public().filter(session__seminar__in=Seminar.objects.published())
    return material_response(get_object_or_404(files, pk=pk))


def material_response(material: SessionMaterial, *, personal: bool = False) -> FileResponse:
    """The file under the name that people gave it; one that is not for everybody is kept by no cache."""
    known = FileFormat(material.format)
    headers = {"X-Robots-Tag": "noindex"} | ({"Cache-Control": "no-store"} if personal else {})
    return FileResponse(
        material.file.open(),
        as_attachment=True,
        filename=f"{material.name}.{known}",
        content_type=MEDIA_TYPES[known],
        headers=headers,
    )
