"""Files of sessions: for everybody, for those who have a place, for those who look after the seminar."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings import actions
from trainings.forms import MaterialForm
from trainings.models import Seminar, SessionMaterial
from trainings.states import State
from trainings.views.editing import led
from trainings.views.place import find, unknown
from victor.access import public, requires
from victor.uploads import MEDIA_TYPES, Format


@public
@require_safe
def public_material(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file that everybody may have."""
    files = SessionMaterial.objects.public().filter(session__seminar__in=Seminar.objects.published())
    return _sent(get_object_or_404(files, pk=pk))


@public
@require_safe
def material(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    """A file for those whose place is confirmed."""
    place = find(token)
    if place is None:
        return unknown(request)
    if place.state != State.CONFIRMED:
        raise Http404
    return _sent(get_object_or_404(SessionMaterial, session__seminar=place.seminar_id, pk=pk), personal=True)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is for each session, and one more."""
    seminar = led(request, slug)
    form = MaterialForm(request.POST or None, request.FILES or None, seminar=seminar)
    if request.method == "POST" and form.is_valid():
        actions.add_material(form.save(commit=False), by=request.user)
        messages.success(request, _("The file is there."))
        return redirect("trainings:materials", slug)
    sessions = seminar.sessions.select_related("seminar__country").prefetch_related("materials")
    context = {"seminar": seminar, "form": form, "sessions": sessions}
    return render(request, "trainings/materials.html", context)


@requires("trainings.manage")
@require_safe
def led_material(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A file, for those who look after the seminar."""
    return _sent(get_object_or_404(SessionMaterial, session__seminar=led(request, slug), pk=pk), personal=True)


@requires("trainings.manage")
@require_POST
def remove_material(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a file back."""
    found = get_object_or_404(SessionMaterial, session__seminar=led(request, slug), pk=pk)
    actions.remove_material(found, by=request.user)
    messages.success(request, _("The file is removed."))
    return redirect("trainings:materials", slug)


def _sent(material: SessionMaterial, *, personal: bool = False) -> FileResponse:
    """The file under the name that people gave it; one that is not for everybody is kept by no cache."""
    known = Format(material.format)
    headers = {"X-Robots-Tag": "noindex"} | ({"Cache-Control": "no-store"} if personal else {})
    return FileResponse(
        material.file.open(),
        as_attachment=True,
        filename=f"{material.name}.{known}",
        content_type=MEDIA_TYPES[known],
        headers=headers,
    )
