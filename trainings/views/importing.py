"""A list of participants as a file: looked at first, then registered as it was shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from trainings import actions
from trainings.errors import AlreadyRegistered, NotOpen
from trainings.forms import (
    BadFile,
    EncodingForm,
    Unclear,
    UploadForm,
    confirmed,
    read_list,
    read_sheet,
    sealed,
    template,
    words_for_template,
)
from trainings.models import Seminar
from trainings.views.participants import managed
from victor.access import requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the file, show what is in it or what is wrong with it, and register whom it names."""
    seminar = managed(request, slug)
    if "seal" in request.POST:
        return _register(request, seminar)
    if "encoding" in request.POST or "content" in request.POST:
        chosen = EncodingForm(request.POST)
        if not chosen.is_valid():
            return _page(request, seminar, encoding=None, form=UploadForm(), again=True)
        return _looked_at(request, seminar, chosen.cleaned_data["content"], chosen.cleaned_data["encoding"])
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _looked_at(request, seminar, form.cleaned_data["file"])
    return _page(request, seminar, form=form)


@requires("trainings.manage")
@require_safe
def empty_list(request: HttpRequest, slug: str) -> HttpResponse:
    """A workbook with the headings, and the words that its columns take."""
    managed(request, slug)
    headers = {"Content-Disposition": 'attachment; filename="participants.xlsx"'}
    return HttpResponse(template(*words_for_template()), content_type=XLSX, headers=headers)


def _looked_at(request: HttpRequest, seminar: Seminar, content: bytes, encoding: str = "") -> HttpResponse:
    form = UploadForm()
    try:
        listed = read_list(read_sheet(content, encoding=encoding), seminar)
    except Unclear as unclear:
        return _page(request, seminar, encoding=EncodingForm.asking(content, unclear.readings), form=form)
    except BadFile as fault:
        return _page(request, seminar, form=form, refused=str(fault))
    seal = "" if listed.faults else sealed(seminar, listed.rows)
    return _page(request, seminar, form=form, listed=listed, seal=seal)


def _register(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    people = confirmed(seminar, request.POST["seal"])
    if people is None:
        return _page(request, seminar, form=UploadForm(), again=True)
    try:
        actions.register_all(seminar, people, by=request.user)
    except AlreadyRegistered as refusal:
        words = _("Nobody was registered: %(email)s has been registered meanwhile.")
        return _page(request, seminar, form=UploadForm(), refused=words % {"email": refusal.registration.email})
    except NotOpen as refusal:
        return _page(request, seminar, form=UploadForm(), refused=str(refusal))
    said = ngettext("%(count)d person is registered.", "%(count)d people are registered.", len(people))
    messages.success(request, said % {"count": len(people)})
    return redirect("trainings:participants", seminar.slug)


def _page(request: HttpRequest, seminar: Seminar, **context: Any) -> HttpResponse:
    return render(request, "trainings/import.html", {"seminar": seminar, **context})
