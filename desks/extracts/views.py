"""The doors of extracts and notices of privacy: choose, look at it, print; read out, print, write down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from desks.cases.case_views import get_case_or_404, render_step
from desks.cases.readings import note_reading
from desks.desk.errors import DeskRefusal
from desks.extracts import actions
from desks.extracts.forms import ExtractForm, NoticeForm
from desks.extracts.pdf import notice_pdf
from desks.extracts.privacy_notices import notice_of
from desks.extracts.states import Audience, NoticeWay
from desks.notifications.presenters import languages_of
from victor.access import requires
from victor.files.downloads import PDF, answer_with_file
from victor.vault.errors import VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.vault.passphrases.middleware import VaultRequest


def _section(case: Case) -> str:
    return reverse("desks:case_section", args=[case.desk.slug, case.reference, "extracts"])


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def extract(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Choose what is printed for whom; look at it; print it. The answers travel in the form itself."""
    case = get_case_or_404(request.user, slug, reference)
    form = ExtractForm(request.POST if request.method == "POST" else None, case=case)
    form.fit(languages_of(case))
    if form.is_valid() and request.POST.get("go") != "change":
        try:
            return _print_or_show(request, case, form)
        except (DeskRefusal, VaultRefusal) as refusal:
            form.add_error(None, str(refusal))
    return _show_form(request, case, form)


def _print_or_show(request: VaultRequest, case: Case, form: ExtractForm) -> HttpResponse:
    """The paper where somebody has looked at it, else what would stand on it."""
    wish = form.wish
    if request.POST.get("go") == "print":
        row, content = actions.print_extract(case, wish, by=request.unlocked_vault)
        return answer_with_file(f"{case.reference}-extract-{row.number}.pdf", content, PDF)
    parts = actions.read_extract(case, wish, by=request.unlocked_vault)
    note_reading(case, "extracts", by=request.user)
    form.hide()
    context = {
        "case": case,
        "form": form,
        "receiver": wish.receiver,
        "language": wish.language,
        "parts": [part for part in parts if part.lines],
        "empty": [part for part in parts if not part.lines],
        "back": _section(case),
    }
    return render(request, "desks/extracts/preview.html", context)


def _show_form(request: VaultRequest, case: Case, form: ExtractForm) -> HttpResponse:
    return render_step(
        request,
        case,
        form,
        title=_("Print an extract"),
        lead=_("Choose for whom it is and what it holds. You see it before it is printed."),
        verb=_("Show what will be printed"),
        back=_section(case),
    )


@requires("desks.work")
@require_safe
def notice(request: VaultRequest, slug: str, reference: str, audience: str, language: str) -> HttpResponse:
    """A notice of privacy, to be read out. It needs no vault: it says nothing of the child."""
    case, chosen = get_case_or_404(request.user, slug, reference), _audience(audience)
    _require_language(language)
    with override(language):
        shown = notice_of(chosen)
    context = {
        "case": case,
        "notice": shown,
        "audience": chosen,
        "language": language,
        "languages": settings.CONTENT_LANGUAGES,
        "back": _section(case),
    }
    return render(request, "desks/extracts/notice.html", context)


@requires("desks.work")
@require_safe
def paper(request: VaultRequest, slug: str, reference: str, audience: str, language: str) -> HttpResponse:
    """A notice of privacy on paper."""
    case, chosen = get_case_or_404(request.user, slug, reference), _audience(audience)
    _require_language(language)
    return answer_with_file(f"privacy-{chosen}-{language}.pdf", notice_pdf(chosen, language, case.desk), PDF)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: VaultRequest, slug: str, reference: str, audience: str) -> HttpResponse:
    """Write down that a notice was given. It works with a locked vault, too."""
    case, chosen = get_case_or_404(request.user, slug, reference), _audience(audience)
    form = NoticeForm(request.POST if request.method == "POST" else None, case=case)
    form.fit(settings.CONTENT_LANGUAGES, case.language, chosen)
    if form.is_valid():
        try:
            _give(request, case, chosen, form)
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is saved that the notice was given."))
            return redirect(_section(case))
    return _show_given(request, case, chosen, form)


def _give(request: VaultRequest, case: Case, audience: Audience, form: NoticeForm) -> None:
    data = form.cleaned_data
    facts = {"language": data["language"], "how": NoticeWay(data["how"]), "given_on": data["given_on"]}
    actions.give_notice(case, audience, to=data["to"], by=request.user, **facts)


def _show_given(request: VaultRequest, case: Case, audience: Audience, form: NoticeForm) -> HttpResponse:
    return render_step(
        request,
        case,
        form,
        title=_("Notice of privacy given"),
        lead=audience.label,
        verb=_("Save that it was given"),
        back=_section(case),
    )


def _audience(name: str) -> Audience:
    if name not in Audience.values:
        raise Http404
    return Audience(name)


def _require_language(language: str) -> None:
    if language not in dict(settings.CONTENT_LANGUAGES):
        raise Http404
