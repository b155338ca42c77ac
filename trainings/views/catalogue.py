"""Seminars and courses as visitors find them, and as their calendars do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trainings.forms import SeminarFilterForm
from trainings.models import Course, Module, Seminar
from trainings.schema import course_schema, seminar_schema
from trainings.states import Availability
from victor import calendars, feeds
from victor.access import public
from victor.publishing.languages import current, published_in, shown
from victor.publishing.views import find, show

PAGE_LENGTH = 20
MOST_OTHERS = 3
KEPT_IN_CALENDARS = timedelta(days=365)


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
    return show(request, "trainings/seminars.html", context)


@public
@require_safe
def seminar(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, when, where, and how to register; where one cannot, what there is instead."""
    found = find(request, Seminar.objects.for_page(), slug)
    if isinstance(found, HttpResponse):
        return found
    others: Iterable[Seminar] = ()
    if found.availability != Availability.FREE:
        others = Seminar.objects.published().for_listing().with_taken().instead_of(found)[:MOST_OTHERS]
    course = found.course if found.course and published_in(found.course, "title") else None
    context = {"seminar": found, "course": course, "others": others, "schema": seminar_schema(found)}
    published = published_in(found, "title", "summary")
    return show(request, "trainings/seminar.html", context, published=published, counted=found)


@public
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """What is taught: the courses, and the modules that they are made of."""
    context = {
        "courses": Course.objects.published().prefetch_related("modules"),
        "modules": Module.objects.published(),
    }
    return show(request, "trainings/courses.html", context)


@public
@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """For whom it is, what it teaches, and when it is held."""
    found = find(request, Course.objects.prefetch_related("modules"), slug)
    if isinstance(found, HttpResponse):
        return found
    upcoming = Seminar.objects.published().for_listing().with_taken().upcoming().filter(course=found)
    context = {"course": found, "seminars": upcoming, "schema": course_schema(found)}
    published = published_in(found, "title", "summary", "objectives")
    return show(request, "trainings/course.html", context, published=published, counted=found)


@public
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """A seminar to put into one's calendar."""
    public_ones = Seminar.objects.published().select_related("country", "organisation").prefetch_related("sessions")
    found = get_object_or_404(public_ones, slug=slug)
    return _calendar([found], shown(found, "title").text, f"victor-{slug}.ics")


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to: what is coming and what was within a year, in the language of the address."""
    recent = Seminar.objects.for_calendars(current()).filter(ends__gt=timezone.now() - KEPT_IN_CALENDARS)
    return _calendar(SeminarFilterForm(request.GET).narrow(recent), _("VICTOR: seminars"), "victor-seminars.ics")


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What is coming, in the language of the address, as Atom."""
    coming = Seminar.objects.for_calendars(current()).upcoming()[:PAGE_LENGTH]
    items = map(calendars.item, coming)
    written = feeds.atom(request.path, _("VICTOR: seminars"), items, home=reverse("trainings:seminars"))
    return HttpResponse(written, content_type=feeds.CONTENT_TYPE)


def _calendar(seminars: Iterable[Any], name: str, file: str) -> HttpResponse:
    """Each session is an entry, since nobody sits in a seminar by night; the address online is not for everybody."""
    parts = [(each, session) for each in seminars for session in each.sessions.all()]
    entries = (calendars.entry(each, f"seminar-{each.pk}-{session.pk}", span=session) for each, session in parts)
    headers = {"Content-Disposition": f'inline; filename="{file}"', "X-Robots-Tag": "noindex"}
    written = calendars.written("seminars", entries, name)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)
