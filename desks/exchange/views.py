"""The doors of exports: of a desk, and of all desks together. Ask, decide, take; give a right and take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.exchange import actions, deliveries
from desks.exchange.forms import CasesForm, FiguresForm, RightForm
from desks.exchange.models import DataExport
from desks.exchange.presenters import export_forms, export_lines, rights_at
from desks.exchange.states import ExportKind, ExportReason, FileForm
from partners.memberships.rules import coordinates
from victor.access import requires
from victor.files.downloads import answer_with_file
from victor.forms.statuses import status_of
from victor.vault.errors import VaultLocked, VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from desks.exchange.presenters import ExportForm, ExportLine
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest

STEPS = {"approve": actions.approve_export, "decline": actions.decline_export}
MESSAGES = {
    "approve": gettext_lazy("Approved. Whoever asked can take the file for 24 hours."),
    "decline": gettext_lazy("Nothing leaves."),
}
ENDINGS = {FileForm.GLOBAL: "csv", FileForm.SYNTHETIC: "csv"}


@requires("desks.see_exports")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: VaultRequest, slug: str = "") -> HttpResponse:
    """What was asked for, and the forms for those who may ask or give a right."""
    desk = _desk(request.user, slug)
    name = request.POST.get("form", "")
    forms = export_forms(desk, request.user, name, request.POST)
    status = 200
    if request.method == "POST":
        form = forms.get(name)
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                messages.success(request, _save(desk, name, form, request.user))
                return _back(desk)
            except DeskRefusal as refusal:
                form.add_error(None, str(refusal))
        status = status_of(form)
    context: dict[str, object] = {"desk": desk, "forms": forms, "lines": _lines(request, desk)}
    context |= {"rights": rights_at(desk), "may_import": desk and request.user.has_perm("desks.import_cases", desk)}
    return render(request, "desks/exchange/exports.html", context, status=status)


def _save(desk: Desk | None, name: str, form: ExportForm, user: User) -> str:
    """Do what a form asks for; say what was done."""
    data = form.cleaned_data
    if isinstance(form, RightForm):
        actions.give_right(data["membership"], ExportKind(data["kind"]), by=user)
        return _("The right is given.")
    why = ExportReason(data["why"])
    if isinstance(form, CasesForm) and desk is not None:
        actions.ask_for_cases(desk, data["references"], why, data["words"], by=user)
    elif isinstance(form, FiguresForm):
        actions.ask_for_figures(ExportKind(name), data["year"], why, desk=desk, by=user)
    return _("Somebody else now has to approve.")


def _lines(request: VaultRequest, desk: Desk | None) -> list[ExportLine]:
    try:
        with request.vault.unlock() as vault:
            return export_lines(desk, request.user, vault)
    except VaultLocked:
        return export_lines(desk, request.user, None)


@requires("desks.see_exports")
@require_POST
def decide(request: VaultRequest, number: int, step: str, slug: str = "") -> HttpResponse:
    """Agree, or do not."""
    desk = _desk(request.user, slug)
    export = _export(request.user, desk, number)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](export, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, MESSAGES[step])
    return _back(desk)


@requires("desks.work")
@require_safe
@needs_vault
def cases_file(request: VaultRequest, slug: str, number: int, form: str) -> HttpResponse:
    """The file of whole cases, for whoever asked for it."""
    desk = _desk(request.user, slug)
    export = _export(request.user, desk, number)
    chosen = _form(export, form)
    if export.kind != ExportKind.CASES:
        raise Http404
    try:
        content = deliveries.open_cases(export, chosen, by=request.unlocked_vault)
    except (DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
        return _back(desk)
    return _file(export, chosen, content)


@requires("desks.see_exports")
@require_safe
def figures_file(request: VaultRequest, number: int, form: str, slug: str = "") -> HttpResponse:
    """The file of tables or rows, for whoever asked for it."""
    desk = _desk(request.user, slug)
    export = _export(request.user, desk, number)
    chosen = _form(export, form)
    if export.kind == ExportKind.CASES:
        raise Http404
    try:
        content = deliveries.open_figures(export, chosen, by=request.user)
    except (DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
        return _back(desk)
    return _file(export, chosen, content)


@requires("desks.withdraw_export_right")
@require_POST
def end_right(request: VaultRequest, number: int, slug: str = "") -> HttpResponse:
    """Take a right away."""
    desk = _desk(request.user, slug)
    actions.withdraw_right(get_object_or_404(rights_at(desk), pk=number), by=request.user)
    messages.success(request, _("The right is taken away."))
    return _back(desk)


def _desk(user: User, slug: str) -> Desk | None:
    """The desk at this address; none where the address is that of all desks, for coordinators."""
    if slug:
        desks = Desk.objects.for_worker(user).select_related("organisation", "country", "group")
        return get_object_or_404(desks, slug=slug)
    if not coordinates(user):
        raise Http404
    return None


def _export(user: User, desk: Desk | None, number: int) -> DataExport:
    return get_object_or_404(DataExport.objects.visible_to(user), desk=desk, pk=number)


def _form(export: DataExport, form: str) -> FileForm:
    if form not in export.forms:
        raise Http404
    return FileForm(form)


def _back(desk: Desk | None) -> HttpResponse:
    return redirect("desks:exports", desk.slug) if desk is not None else redirect("desks:network_exports")


def _file(export: DataExport, form: FileForm, content: bytes) -> HttpResponse:
    """A file to be saved. Its name says nothing of a person, nor what it is about."""
    return answer_with_file(f"export-{export.pk}-{form}.{ENDINGS.get(form, form)}", content)
