"""Certificates in the workspace, and the public pages that verify one."""

from __future__ import annotations

import hashlib
from functools import wraps
from typing import cast

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings.certificates import actions, codes
from trainings.certificates.forms import CodeForm, CorrectionForm, FileForm, RevocationForm
from trainings.certificates.models import Certificate
from trainings.certificates.presenters import (
    count_by_status,
    first_status,
    issuing_progress_of,
    registrations_by_status,
)
from trainings.certificates.states import CertificateStatus
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.views import managed_seminar
from victor.access import SignedInRequest, View, public, requires
from victor.confirmations import Confirmation, asks_first, confirmation_data, confirmed_values
from victor.files.downloads import PDF, answer_with_stored_file
from victor.files.upload_handlers import rejected_files, uploads_in_memory
from victor.pdf import Unprintable
from victor.publishing.views import render_personal
from victor.throttling import client_ip, network_of

PAGE_LENGTH = 50
OTHER_FILE = gettext_lazy(
    "No, this is not the file we issued under this code. It has been changed, or it is another file."
)
UNKNOWN_CODE = gettext_lazy("Please compare the code with the certificate, letter by letter.")
MAX_VERIFICATIONS = 30  # a minute from one network


@requires("trainings.manage")
@require_safe
def certificates(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everybody with a place, by the status of their certificate."""
    seminar = managed_seminar(request, slug)
    lists = registrations_by_status(seminar)
    counts = count_by_status(seminar, lists)
    chosen = request.GET.get("show")
    status = CertificateStatus(chosen) if chosen in CertificateStatus.values else first_status(counts)
    paginator = Paginator(lists[status], PAGE_LENGTH)
    paginator.count = counts[status]  # it is known already
    context = {
        "seminar": seminar,
        "progress": issuing_progress_of(seminar),
        "tabs": list(counts.items()),
        "status": status,
        "page_obj": paginator.get_page(request.GET.get("page")),
    }
    return render(request, "trainings/certificates/certificates.html", context)


@requires("trainings.manage")
@require_safe
def progress(request: SignedInRequest, slug: str) -> HttpResponse:
    """The part of the page that shows the progress and refreshes itself."""
    return render(
        request,
        "trainings/certificates/_certificates_progress.html",
        {"progress": issuing_progress_of(managed_seminar(request, slug))},
    )


@requires("trainings.manage")
@require_POST
def issue(request: SignedInRequest, slug: str) -> HttpResponse:
    """Order the certificates of everybody who is eligible."""
    seminar = managed_seminar(request, slug)
    try:
        number = actions.order_certificates(seminar, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "%(number)s certificate is being created.", "%(number)s certificates are being created.", number
        )
        messages.success(request, text % {"number": number})
    return redirect("trainings:certificates", slug)


@requires("trainings.manage")
@require_safe
def file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Download the PDF of a certificate."""
    return certificate_response(_certificate(request, pk))


def _ask_to_revoke(request: SignedInRequest, pk: int) -> Confirmation:
    certificate = _certificate(request, pk)
    return Confirmation(
        question=_("Revoke the certificate of %(name)s?") % {"name": certificate.name},
        consequences=(
            _("Certificate %(serial)s is no longer valid: whoever checks it reads that it was revoked.")
            % {"serial": certificate.serial},
            _("The person is told by email at once."),
        ),
        verb=_("Revoke"),
        back=reverse("trainings:certificates", args=[certificate.seminar.slug]),
        form=RevocationForm(confirmation_data(request)),
    )


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
@asks_first(_ask_to_revoke)
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Revoke a certificate and say why."""
    certificate = _certificate(request, pk)
    try:
        actions.revoke_certificate(certificate, by=request.user, **confirmed_values(request))
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The certificate has been revoked. The person will be told by email."))
    return redirect("trainings:certificates", certificate.seminar.slug)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Replace a certificate by one with the correct name."""
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
def issue_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Order another certificate after a revocation."""
    certificate = _certificate(request, pk)
    try:
        actions.reorder_certificate(certificate, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("Another certificate for %(name)s is being made. They will be told by email.")
        messages.success(request, text % {"name": certificate.name})
    return redirect("trainings:certificates", certificate.seminar.slug)


def certificate_response(certificate: Certificate) -> FileResponse:
    """The PDF as a download that no cache stores."""
    answer = answer_with_stored_file(f"{certificate.serial}.pdf", certificate.file, PDF)
    answer["X-Robots-Tag"], answer["Referrer-Policy"] = "noindex", "no-referrer"
    return answer


def _certificate(request: SignedInRequest, pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.visible_to(request.user).select_related("seminar__country"), pk=pk)


def limit_verification(view: View) -> View:
    """Answer with 429 when more than 30 requests a minute come from one network."""

    @wraps(view)
    def limited(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if _count_verifications(client_ip(request)) > MAX_VERIFICATIONS:
            return respond_429(request)
        return view(request, *args, **kwargs)

    limited.takes_odd_text = True  # type: ignore[attr-defined]  # whatever is typed, it says that there is no such code
    return cast("View", limited)


def _count_verifications(address: str) -> int:
    """Count one more request from a network. Return how many there were within the minute since the first of them."""
    key = f"verifications:{hashlib.sha256(network_of(address).encode()).hexdigest()}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key)
    except ValueError:  # the minute has just ended
        return 1


@csrf_exempt
@public
@limit_verification
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the code on a certificate."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("trainings:verified", form.cleaned_data["code"])
    response = render_personal(request, "trainings/certificates/verify.html", {"form": form})
    response.status_code = 422 if form.errors else 200
    return response


@csrf_exempt
@public
@limit_verification
@uploads_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate with this code and its status; and whether an uploaded file is exactly its PDF."""
    certificates = Certificate.objects.select_related("seminar__country", "seminar__organisation", "replaced_by")
    normalised = codes.normalised_code(code)
    certificate = certificates.filter(code=normalised).first() if codes.is_whole_code(normalised) else None
    if certificate is None:
        response = render_personal(
            request, "trainings/certificates/verified.html", {"form": CodeForm(), "refused": UNKNOWN_CODE}
        )
        response.status_code = 404
        return response
    context = {"certificate": certificate, "seminar": certificate.seminar, "form": FileForm()}
    if request.method == "POST":
        form = context["form"] = FileForm(request.POST, request.FILES, rejected_files=rejected_files(request))
        is_ours = context["is_ours"] = form.is_ours(certificate) if form.is_valid() else None
        context["refused"] = OTHER_FILE if is_ours is False else ""
    return render_personal(request, "trainings/certificates/verified.html", context)
