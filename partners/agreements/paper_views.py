"""Pages of an agreement's papers: add one, download one, record notice, ask for a renewal."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.agreements import paperwork
from partners.agreements.forms import FileForm, NoticeForm
from partners.agreements.views import get_agreement
from victor.access import SignedInRequest, requires
from victor.accounts.errors import AccountRefusal
from victor.confirmations import Confirmation, asks_first, confirmation_data, confirmed_values
from victor.files.downloads import answer_with_stored_file
from victor.files.states import MEDIA_TYPES, FileFormat
from victor.languages import local_text

if TYPE_CHECKING:
    from datetime import date


@requires("partners.manage_agreements")
@require_http_methods(["GET", "HEAD", "POST"])
def add_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add the next version of a paper, an amendment, or a notice."""
    shown, form = get_agreement(request, pk), FileForm(request.POST or None, request.FILES or None)
    if form.is_valid() and form.checked is not None:
        words = form.cleaned_data["words"]
        try:
            paper = paperwork.add_file(shown, form.chosen_kind, form.checked, words=words, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file has been added as version %(number)d.") % {"number": paper.number})
            return redirect(shown)
    status = 422 if form.errors else 200
    context = {"form": form, "agreement": shown}
    return render(request, "partners/agreements/add_file.html", context, status=status)


@requires("partners.view_agreements")
@require_safe
def file(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """Download a paper, for parties and coordinators."""
    shown = get_agreement(request, pk)
    paper = get_object_or_404(shown.files, number=number)
    kind = FileFormat(paper.file_format)
    name = f"{shown.code}-{paper.number}.{kind}"
    return answer_with_stored_file(name, paper.file, MEDIA_TYPES[kind])


def _ask_about_notice(request: SignedInRequest, pk: int, number: int) -> Confirmation:
    shown = get_agreement(request, pk)
    party = get_object_or_404(shown.parties.select_related("organisation"), pk=number)
    facts = {"code": shown.code, "name": local_text(party.organisation, "name").text}
    return Confirmation(
        question=_("Record the notice of %(name)s for agreement %(code)s?") % facts,
        consequences=(
            _("The agreement ends when the period of notice is over. It is not renewed by itself."),
            _("This cannot be undone."),
        ),
        verb=_("Record the notice"),
        back=shown.get_absolute_url(),
        form=NoticeForm(confirmation_data(request)),
    )


@requires("partners.manage_agreements")
@require_POST
@asks_first(_ask_about_notice)
def notice(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Record on which day a party has given notice."""
    shown = get_agreement(request, pk)
    party = get_object_or_404(shown.parties.select_related("agreement"), pk=number)
    try:
        paperwork.record_notice(party, cast("date", confirmed_values(request)["given_on"]), by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The notice has been recorded."))
    return redirect(shown)


@requires("partners.ask_renewal")
@require_POST
def ask_renewal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whoever owns an agreement to renew it."""
    shown = get_agreement(request, pk)
    try:
        paperwork.ask_for_renewal(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The owner has been asked to renew the agreement."))
    return redirect(shown)
