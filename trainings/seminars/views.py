"""Public pages of seminars and courses, and their calendars and feeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
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

from trainings.seminars.calendars import public_entries
from trainings.seminars.courses import Course, Module
from trainings.seminars.forms import SeminarFilterForm
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Seminar
from trainings.seminars.schema_org import course_schema, seminar_schema
from trainings.seminars.states import Availability
from victor.access import SignedInRequest, public, require
from victor.files.states import MEDIA_TYPES, FileFormat
from victor.languages import current_language, languages_with, local_text
from victor.publishing.rendering import render_prose
from victor.publishing.views import count_view, get_published, render_public
from victor.schedules import calendars, feeds

PAGE_LENGTH = 20
MAX_ALTERNATIVES = 3
CALENDAR_PAST = timedelta(days=365)


@public
@require_safe
def seminars(request: HttpRequest) -> HttpResponse:
    """Coming seminars by month, then past ones, filtered by the address."""
    form = SeminarFilterForm(request.GET)
    seminars = form.filter_queryset(Seminar.objects.published().for_listing().with_taken())
    page = Paginator(seminars.past(), PAGE_LENGTH).get_page(request.GET.get("page"))
    months: dict[str, list[Seminar]] = {}
    for seminar in seminars.upcoming() if page.number == 1 else ():
        months.setdefault(seminar.month, []).append(seminar)
    context = {
        "form": form,
        "months": months,
        "page_obj": page,
        "query": f"?{urlencode(form.query)}" if form.query else "",
        "host": settings.SITE_URL.partition("://")[2],
    }
    return render_public(request, "trainings/seminars/seminars.html", context)


@public
@require_safe
def seminar(request: HttpRequest, slug: str) -> HttpResponse:
    """A seminar and how to register; where that is not possible, alternatives."""
    seminar: Seminar = get_published(Seminar.objects.for_page(), slug)
    alternatives: Iterable[Seminar] = ()
    if seminar.availability != Availability.FREE:
        listed = Seminar.objects.published().for_listing().with_taken()
        alternatives = listed.alternatives_to(seminar)[:MAX_ALTERNATIVES]
    course = seminar.course if seminar.course and languages_with(seminar.course, "title") else None
    context: dict[str, object] = {
        "seminar": seminar,
        "course": course,
        "alternatives": alternatives,
        "prose": render_prose(seminar, "programme", "accessibility"),
        "schema": seminar_schema(seminar),
    }
    published = languages_with(seminar, "title", "summary")
    count_view(request, seminar)
    return render_public(request, "trainings/seminars/seminar.html", context, published=published)


@public
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """All courses and modules."""
    context = {
        "courses": Course.objects.published().prefetch_related("modules"),
        "modules": Module.objects.published(),
    }
    return render_public(request, "trainings/seminars/courses.html", context)


@public
@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """A course, and its coming seminars."""
    course: Course = get_published(Course.objects.prefetch_related("modules"), slug)
    upcoming = Seminar.objects.published().for_listing().with_taken().upcoming().filter(course=course)
    context = {"course": course, "seminars": upcoming, "schema": course_schema(course)}
    context["prose"] = render_prose(course, "objectives")
    published = languages_with(course, "title", "summary", "objectives")
    count_view(request, course)
    return render_public(request, "trainings/seminars/course.html", context, published=published)


@public
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """One seminar as a calendar file."""
    published = Seminar.objects.published().select_related("country", "organisation").prefetch_related("sessions")
    seminar = get_object_or_404(published, slug=slug)
    return _calendar_response([seminar], local_text(seminar, "title").text, f"victor-{slug}.ics")


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to, in the language of the address: coming seminars, and those of the last year."""
    recent = Seminar.objects.for_calendars(current_language()).filter(ends__gt=timezone.now() - CALENDAR_PAST)
    return _calendar_response(
        SeminarFilterForm(request.GET).filter_queryset(recent), _("VICTOR: seminars"), "victor-seminars.ics"
    )


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Coming seminars as an Atom feed, in the language of the address."""
    coming = Seminar.objects.for_calendars(current_language()).upcoming()[:PAGE_LENGTH]
    items = map(calendars.feed_item, coming)
    atom = feeds.render_atom(request.path, _("VICTOR: seminars"), items, home=reverse("trainings:seminars"))
    return HttpResponse(atom, content_type=feeds.CONTENT_TYPE)


def _calendar_response(seminars: Iterable[Seminar], name: str, file_name: str) -> HttpResponse:
    """A calendar with an entry for each session."""
    entries = (entry for seminar in seminars for entry in public_entries(seminar))
    headers = {"Content-Disposition": f'inline; filename="{file_name}"', "X-Robots-Tag": "noindex"}
    calendar = calendars.render_calendar("seminars", entries, name)
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)


@public
@require_safe
def public_material(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A material for everybody."""
    materials = SessionMaterial.objects.public().filter(session__seminar__in=Seminar.objects.published())
    return material_response(get_object_or_404(materials, pk=pk))


def material_response(material: SessionMaterial, *, personal: bool = False) -> FileResponse:
    """The file under its name. `personal`: no cache may store it."""
    file_format = FileFormat(material.format)
    headers = {"X-Robots-Tag": "noindex"} | ({"Cache-Control": "no-store"} if personal else {})
    return FileResponse(
        material.file.open(),
        as_attachment=True,
        filename=f"{material.name}.{file_format}",
        content_type=MEDIA_TYPES[file_format],
        headers=headers,
    )


def managed_seminar(request: SignedInRequest, slug: str) -> Seminar:
    """A seminar that this person manages.

    Raises:
        Http404: the person may not see it.
        PermissionDenied: the person only checks people in there.
    """
    seminars = Seminar.objects.visible_to(request.user).select_related("country", "organisation")
    seminar = get_object_or_404(seminars, slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar
