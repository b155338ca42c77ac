"""The printed form for professionals without an account, in every language of the site. Desks hand it out."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from desks.desk.models import Desk
from desks.screening.pdf import screening_form_pdf
from victor.access import SignedInRequest, requires


@requires("desks.work")
@require_safe
def screening_forms(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose the language of the form."""
    desk = get_object_or_404(Desk.objects.for_worker(request.user), slug=slug)
    return render(request, "desks/screening/forms.html", {"desk": desk, "languages": settings.LANGUAGES})


@requires("desks.work")
@require_safe
def screening_form(request: SignedInRequest, slug: str, language: str) -> HttpResponse:
    """The form as a PDF, with the numbers of the desk's country."""
    desks = Desk.objects.for_worker(request.user).select_related("country")
    desk = get_object_or_404(desks, slug=slug)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="form-{language}.pdf"'}
    return HttpResponse(screening_form_pdf(desk.country, language), content_type="application/pdf", headers=headers)
