"""Certificates in the workspace: who has one, who could have one, who cannot yet and why."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.ratelimit import decorator as limited
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings.certificates import actions, codes
from trainings.certificates.forms import CodeForm, CorrectionForm, FileForm, RevocationForm
from trainings.certificates.models import Certificate
from trainings.certificates.presenters import IssuingProgress, count_by_status
from trainings.certificates.states import CertificateStatus
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.models import Seminar
from victor.access import public, require, requires
from victor.files.upload_handlers import uploads_in_memory
from victor.pdf import Unprintable
from victor.publishing.views import render_personal

PAGE_LENGTH = 50


@requires("trainings.manage")
@require_safe
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody with a seat, by how their certificate stands."""
    seminar = _managed(request, slug)
    lists = _registrations_by_status(seminar)
    counts = count_by_status(lists)
    asked = request.GET.get("show")
    shown = CertificateStatus(asked) if asked in CertificateStatus.values else _first_status(counts)
    paginator = Paginator(lists[shown], PAGE_LENGTH)
    paginator.count = counts[shown]
    context = {
        "seminar": seminar,
        "making": IssuingProgress(seminar),
        "tabs": [(standing, counts[standing]) for standing in CertificateStatus],
        "standing": shown,
        "page_obj": paginator.get_page(request.GET.get("page")),
    }
    return render(request, "trainings/certificates/certificates.html", context)


@requires("trainings.manage")
@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """How many are made: the part of the page that asks by itself."""
    return render(
        request,
        "trainings/certificates/_certificates_making.html",
        {"making": IssuingProgress(_managed(request, slug))},
    )


@requires("trainings.manage")
@require_POST
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Let all be made that are due."""
    seminar = _managed(request, slug)
    try:
        number = actions.order_certificates(seminar, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "%(number)s certificate is being created.", "%(number)s certificates are being created.", number
        )
        messages.success(request, said % {"number": number})
    return redirect("trainings:certificates", slug)


@requires("trainings.manage")
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper."""
    return certificate_response(_certificate(request, pk))


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why it holds no longer."""
    certificate, form = _certificate(request, pk), RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke_certificate(certificate, by=request.user, **form.cleaned_data)
        except TrainingRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The certificate has been revoked. The person will be told by email."))
            return redirect("trainings:certificates", certificate.seminar.slug)
    return render(request, "trainings/certificates/certificate_revoke.html", {"certificate": certificate, "form": form})


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue another one with the right name."""
    certificate = _certificate(request, pk)
    form = CorrectionForm(request.POST or None, initial={"name": certificate.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_certificate_name(certificate, by=request.user, **form.cleaned_data)
        except TrainingRefusal as refusal:
            form.add_error(None, str(refusal))
        except Unprintable:
            form.add_error("name", _("Our fonts do not have a letter of this name. Please write it in Latin letters."))
        else:
            messages.success(request, _("The corrected certificate has been issued. The person will be told by email."))
            return redirect("trainings:certificates", certificate.seminar.slug)
    return render(
        request, "trainings/certificates/certificate_correct.html", {"certificate": certificate, "form": form}
    )


@requires("trainings.manage")
@require_POST
def issue_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another one be made after a revocation."""
    certificate = _certificate(request, pk)
    try:
        actions.reorder_certificate(certificate, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("trainings:certificates", certificate.seminar.slug)


def certificate_response(certificate: Certificate) -> FileResponse:
    """The file, to be saved, and kept nowhere on the way."""
    name = f"{certificate.serial}.pdf"
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return FileResponse(
        certificate.file.open(), as_attachment=True, filename=name, content_type="application/pdf", headers=headers
    )


def _registrations_by_status(seminar: Seminar) -> dict[CertificateStatus, QuerySet[Any]]:
    people, made = seminar.registrations.select_related("ordered"), seminar.certificates
    return {
        CertificateStatus.DUE: people.eligible_for_certificate().without_certificate().order_by("name", "pk"),
        CertificateStatus.LACKING: people.not_eligible_for_certificate().without_certificate().order_by("name", "pk"),
        CertificateStatus.ISSUED: made.valid().order_by("name", "pk"),
        CertificateStatus.ENDED: made.ended().select_related("replaced_by"),
    }


def _first_status(counts: dict[CertificateStatus, int]) -> CertificateStatus:
    """What there is something to do about; else those who have one."""
    return (
        CertificateStatus.DUE
        if counts[CertificateStatus.DUE] or not counts[CertificateStatus.ISSUED]
        else CertificateStatus.ISSUED
    )


def _managed(request: HttpRequest, slug: str) -> Seminar:
    """The seminar; who only helps there is refused."""
    seminars = Seminar.objects.visible_to(request.user).select_related("country", "organisation")
    seminar = get_object_or_404(seminars, slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar


def _certificate(request: HttpRequest, pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.visible_to(request.user).select_related("seminar__country"), pk=pk)


verification_limit = limited(app="trainings", action="verify", config={"verify": "30/m/ip"}, limit_get=True)


@csrf_exempt
@public
@verification_limit
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands on a certificate."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("trainings:verified", form.cleaned_data["code"])
    response = render_personal(request, "trainings/certificates/verify.html", {"form": form})
    response.status_code = 422 if form.errors else 200
    return response


@csrf_exempt
@public
@verification_limit
@uploads_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """What we have issued under this code, and whether it holds; whether a file is that very one."""
    whole = Certificate.objects.select_related("seminar__country", "seminar__organisation", "replaced_by")
    read = codes.normalised_code(code)
    certificate = whole.filter(code=read).first() if codes.is_whole_code(read) else None
    if certificate is None:
        response = render_personal(request, "trainings/certificates/verified.html", {"form": CodeForm()})
        response.status_code = 404
        return response
    context = {"certificate": certificate, "seminar": certificate.seminar, "form": FileForm()}
    if request.method == "POST":
        form = context["form"] = FileForm(request.POST, request.FILES, rejected_files=request.rejected_files)
        context["is_ours"] = form.is_ours(certificate) if form.is_valid() else None
    return render_personal(request, "trainings/certificates/verified.html", context)
