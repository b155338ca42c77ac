"""Certificates for whoever has one, and for whoever is shown one: no account, no cookie.

The pages say the same of a code that does not exist in the same time as of one that does, and answer each place only
so often. As on the other pages without log-in there is no form's token: it would set a cookie.
"""

from __future__ import annotations

from allauth.core.internal.ratelimit import decorator as limited
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings import actions, codes
from trainings.forms import CodeForm, FileForm
from trainings.models import Certificate
from trainings.opened import Place
from trainings.views.certificates import sent
from trainings.views.place import PARTICIPANT, find, unknown
from victor.access import public
from victor.publishing.views import show_to_one
from victor.receiving import kept_in_memory

at_most = limited(app="trainings", action="verify", config={"verify": "30/m/ip"}, limit_get=True)


@csrf_exempt
@public
@at_most
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands on a certificate."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("trainings:verified", form.cleaned_data["code"])
    response = show_to_one(request, "trainings/verify.html", {"form": form})
    response.status_code = 422 if form.errors else 200
    return response


@csrf_exempt
@public
@at_most
@kept_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """What we have issued under this code, and whether it holds; whether a file is that very one."""
    whole = Certificate.objects.select_related("seminar__country", "seminar__organisation", "replaced_by")
    read = codes.read(code)
    certificate = whole.filter(code=read).first() if codes.is_whole(read) else None
    if certificate is None:
        response = show_to_one(request, "trainings/verified.html", {"form": CodeForm()})
        response.status_code = 404
        return response
    context = {"certificate": certificate, "seminar": certificate.seminar, "form": FileForm()}
    if request.method == "POST":
        form = context["form"] = FileForm(request.POST, request.FILES, passed_by=request.passed_by)
        context["is_ours"] = form.is_ours(certificate) if form.is_valid() else None
    return show_to_one(request, "trainings/verified.html", context)


@public
@require_safe
def own_certificate(request: HttpRequest, token: str) -> HttpResponseBase:
    """A participant's paper."""
    place = _place(token)
    if place is None:
        return unknown(request)
    if place.certificate is None or place.certificate.state != "valid":
        raise Http404
    return sent(place.certificate)


@csrf_exempt
@public
@require_POST
def own_name(request: HttpRequest, token: str) -> HttpResponse:
    """A participant says whether those who check the certificate read the full name."""
    place = _place(token)
    if place is None:
        return unknown(request)
    if place.certificate is None:
        raise Http404
    actions.show_name(place.registration, shows=request.POST.get("shows") == "yes", by=PARTICIPANT)
    return redirect("trainings:place", token)


def _place(token: str) -> Place | None:
    registration = find(token)
    return Place(registration, token) if registration else None
