"""Certificates in the workspace: who has one, who could have one, who cannot yet and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings import actions
from trainings.errors import Refusal
from trainings.forms import CorrectionForm, RevocationForm
from trainings.models import Certificate, Seminar
from trainings.opened import Making, counted
from trainings.states import Standing
from victor.access import require, requires
from victor.documents import Unprintable

ROWS = 50


@requires("trainings.manage")
@require_safe
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody with a seat, by how their certificate stands."""
    seminar = _managed(request, slug)
    lists = _lists(seminar)
    counts = counted(lists)
    asked = request.GET.get("show")
    shown = Standing(asked) if asked in Standing.values else _first(counts)
    paginator = Paginator(lists[shown], ROWS)
    paginator.count = counts[shown]
    context = {
        "seminar": seminar,
        "making": Making(seminar),
        "tabs": [(standing, counts[standing]) for standing in Standing],
        "standing": shown,
        "page_obj": paginator.get_page(request.GET.get("page")),
    }
    return render(request, "trainings/certificates.html", context)


@requires("trainings.manage")
@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """How many are made: the part of the page that asks by itself."""
    return render(request, "trainings/_certificates_making.html", {"making": Making(_managed(request, slug))})


@requires("trainings.manage")
@require_POST
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Let all be made that are due."""
    seminar = _managed(request, slug)
    try:
        number = actions.order_certificates(seminar, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(number)s certificate is being made.", "%(number)s certificates are being made.", number)
        messages.success(request, said % {"number": number})
    return redirect("trainings:certificates", slug)


@requires("trainings.manage")
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper."""
    return sent(_certificate(request, pk))


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why it holds no longer."""
    certificate, form = _certificate(request, pk), RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke(certificate, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The certificate is revoked, and the person is told."))
            return redirect("trainings:certificates", certificate.seminar.slug)
    return render(request, "trainings/certificate_revoke.html", {"certificate": certificate, "form": form})


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue another one with the right name."""
    certificate = _certificate(request, pk)
    form = CorrectionForm(request.POST or None, initial={"name": certificate.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_name(certificate, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        except Unprintable:
            form.add_error("name", _("Our fonts lack a letter of this name. Please write it in Latin letters."))
        else:
            messages.success(request, _("The corrected certificate is issued, and the person is told."))
            return redirect("trainings:certificates", certificate.seminar.slug)
    return render(request, "trainings/certificate_correct.html", {"certificate": certificate, "form": form})


@requires("trainings.manage")
@require_POST
def issue_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another one be made after a revocation."""
    certificate = _certificate(request, pk)
    try:
        actions.order_again(certificate, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("trainings:certificates", certificate.seminar.slug)


def sent(certificate: Certificate) -> FileResponse:
    """The file, to be saved, and kept nowhere on the way."""
    name = f"{certificate.serial}.pdf"
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return FileResponse(
        certificate.file.open(), as_attachment=True, filename=name, content_type="application/pdf", headers=headers
    )


def _lists(seminar: Seminar) -> dict[Standing, QuerySet[Any]]:
    people, made = seminar.registrations.select_related("ordered"), seminar.certificates
    return {
        Standing.DUE: people.entitled().without_certificate().order_by("name", "pk"),
        Standing.LACKING: people.not_entitled().without_certificate().order_by("name", "pk"),
        Standing.ISSUED: made.valid().order_by("name", "pk"),
        Standing.ENDED: made.ended().select_related("replaced_by"),
    }


def _first(counts: dict[Standing, int]) -> Standing:
    """What there is something to do about; else those who have one."""
    return Standing.DUE if counts[Standing.DUE] or not counts[Standing.ISSUED] else Standing.ISSUED


def _managed(request: HttpRequest, slug: str) -> Seminar:
    """The seminar; who only helps there is refused."""
    seminars = Seminar.objects.visible_to(request.user).select_related("country", "organisation")
    seminar = get_object_or_404(seminars, slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar


def _certificate(request: HttpRequest, pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.visible_to(request.user).select_related("seminar__country"), pk=pk)
