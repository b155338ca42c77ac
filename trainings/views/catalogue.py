"""Seminars and courses as visitors find them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from trainings.models import Course, Module, Seminar
from victor.access import public
from victor.publishing.languages import published_in
from victor.publishing.views import find, show


@public
@require_safe
def seminars(request: HttpRequest) -> HttpResponse:
    """What is coming, then what is over."""
    seminars = Seminar.objects.published().for_listing()
    return show(request, "trainings/seminars.html", {"upcoming": seminars.upcoming(), "past": seminars.past()})


@public
@require_safe
def seminar(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, when, where, and how to register."""
    found = find(request, Seminar.objects.select_related("country", "organisation", "course"), slug)
    if isinstance(found, HttpResponse):
        return found
    published = published_in(found, "title", "summary")
    return show(request, "trainings/seminar.html", {"seminar": found}, published=published, counted=found)


@public
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """What is taught: the courses, and the modules that they are made of."""
    context = {"courses": Course.objects.published(), "modules": Module.objects.published()}
    return show(request, "trainings/courses.html", context)


@public
@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """For whom it is, what it teaches, and when it is held."""
    found = find(request, Course.objects.prefetch_related("modules"), slug)
    if isinstance(found, HttpResponse):
        return found
    return show(request, "trainings/course.html", {"course": found}, published=published_in(found, "title", "summary"))
