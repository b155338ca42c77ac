"""The doors of cases that are brought in: a file comes, its columns are explained, and somebody confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.exchange.errors import UnreadableFile
from desks.imports import actions
from desks.imports.case_mapping import ListMapping, unmapped_words
from desks.imports.contents import is_mapped, read_upload
from desks.imports.errors import UnknownKept
from desks.imports.forms import ColumnsForm, ConfirmForm, FileForm, WordsForm
from desks.imports.models import CaseImport
from desks.imports.openings import mapping_of, open_cases, read_incoming
from desks.imports.presenters import PreviewPage, column_lines, known_children, waiting_imports
from desks.imports.spreadsheets import OwnList
from desks.imports.states import ImportKind
from victor.access import requires
from victor.files.upload_handlers import checked_uploads_in_memory, rejected_files
from victor.forms.statuses import status_of
from victor.languages import content_language
from victor.vault.errors import VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desks.exchange.errors import FileFault
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest


@requires("desks.import_cases")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@checked_uploads_in_memory
@needs_vault
def imports(request: VaultRequest, slug: str) -> HttpResponse:
    """What waits, and the form for a file. What is in the file is read in memory and sealed, or refused."""
    desk = _desk(request.user, slug)
    is_sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
    faults: Sequence[FileFault] = ()
    if is_sent and rejected_files(request):
        form.add_error("file", _("The file is larger than 10 MB. Please upload it in parts."))
    elif is_sent and form.is_valid():
        try:
            return _begin(request, desk, ImportKind(form.cleaned_data["kind"]), form.cleaned_data["file"])
        except UnreadableFile as refusal:
            form.add_error("file", str(refusal))
            faults = refusal.faults
        except (DeskRefusal, VaultRefusal) as refusal:
            form.add_error(None, str(refusal))
    context = {"desk": desk, "form": form, "faults": faults, "waiting": waiting_imports(desk, request.user)}
    return render(request, "desks/imports/imports.html", context, status=status_of(form) if is_sent else 200)


def _begin(request: VaultRequest, desk: Desk, kind: ImportKind, content: bytes) -> HttpResponse:
    row = actions.begin_import(desk, kind, read_upload(kind, content), by=request.user)
    return _go_on(request, row)


def _go_on(request: VaultRequest, row: CaseImport) -> HttpResponse:
    """Where the file leads next: to its columns, to its words, or to what would be opened, once that was searched."""
    vault = request.unlocked_vault
    file = actions.read_import(row, by=vault)
    mapping = mapping_of(row, file, by=vault)
    if isinstance(file, OwnList) and not set(file.letters) <= set(mapping.columns):
        return redirect("desks:import_columns", row.desk.slug, row.pk)
    if not is_mapped(file, mapping):
        return redirect("desks:import_words", row.desk.slug, row.pk)
    cases, _faults = read_incoming(row, language=content_language(request.user.language), by=vault)
    actions.look_for_known(row, cases, by=request.user)
    return redirect("desks:import_preview", row.desk.slug, row.pk)


@requires("desks.import_cases")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def columns(request: VaultRequest, slug: str, number: int) -> HttpResponse:
    """What each column of a list is. It is asked once for the same headings."""
    row, listed, mapping = _list(request, slug, number)
    form = ColumnsForm(request.POST if request.method == "POST" else None, listed=listed, mapping=mapping)
    if form.is_bound and form.is_valid():
        explained = ListMapping(form.columns, mapping.codes)
        return _save(request, row, listed, explained)
    context = {"desk": row.desk, "row": row, "form": form, "lines": column_lines(form, listed)}
    return render(request, "desks/imports/columns.html", context, status=status_of(form) if form.is_bound else 200)


@requires("desks.import_cases")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def words(request: VaultRequest, slug: str, number: int) -> HttpResponse:
    """What the words of coded columns stand for. Each is asked once."""
    row, listed, mapping = _list(request, slug, number)
    form = WordsForm(request.POST if request.method == "POST" else None, words=unmapped_words(listed, mapping))
    if not form.fields:
        return _go_on(request, row) if request.method == "POST" else redirect("desks:import_preview", slug, row.pk)
    if form.is_bound and form.is_valid():
        return _save(request, row, listed, form.added_to(mapping))
    context = {"desk": row.desk, "row": row, "form": form}
    return render(request, "desks/imports/words.html", context, status=status_of(form) if form.is_bound else 200)


def _save(request: VaultRequest, row: CaseImport, listed: OwnList, mapping: ListMapping) -> HttpResponse:
    try:
        actions.save_mapping(row, listed.letters, mapping, by=request.user)
        return _go_on(request, row)
    except (DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
        return redirect("desks:imports", row.desk.slug)


@requires("desks.import_cases")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def preview(request: VaultRequest, slug: str, number: int) -> HttpResponse:
    """What would be opened, what has no field here, and which children may be known; confirm it."""
    row = _row(request.user, slug, number)
    try:
        page = _read_page(request, row)
    except (DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
        return redirect("desks:imports", slug)
    form = page.form
    if form.is_bound and form.is_valid() and _open(request, row, form):
        return redirect("desks:cases", slug)
    context = {"desk": row.desk, "row": row, "form": form, "lines": page.lines(row), "faults": page.faults}
    return render(request, "desks/imports/preview.html", context, status=status_of(form) if form.is_bound else 200)


def _read_page(request: VaultRequest, row: CaseImport) -> PreviewPage:
    vault = request.unlocked_vault
    cases, faults = read_incoming(row, language=content_language(request.user.language), by=vault)
    known = known_children(row, by=vault)
    form = ConfirmForm(
        request.POST if request.method == "POST" else None,
        desk=row.desk,
        numbers=[case.number for case in cases],
        known=known,
        has_faults=bool(faults),
    )
    return PreviewPage(cases, faults, known, form)


def _open(request: VaultRequest, row: CaseImport, form: ConfirmForm) -> bool:
    """Whether the last row is done. Else the page shows the rows that are left, with what was said, and why."""
    try:
        count = open_cases(row, form.answers, by=request.unlocked_vault)
    except (DeskRefusal, VaultRefusal) as refusal:
        form.add_error("keep" if isinstance(refusal, UnknownKept) else None, str(refusal))
    else:
        message = ngettext("%(count)d case is open.", "%(count)d cases are open.", count)
        messages.success(request, message % {"count": count})
    done = CaseImport.objects.filter(pk=row.pk).values_list("done", flat=True).first()
    row.done = row.rows if done is None else done
    return row.done == row.rows


@requires("desks.import_cases")
@require_POST
def discard(request: VaultRequest, slug: str, number: int) -> HttpResponse:
    """Throw a file away that waits."""
    row = _row(request.user, slug, number)
    try:
        actions.discard_import(row, by=request.user)
    except (DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file is deleted. Nothing of it is stored."))
    return redirect("desks:imports", slug)


def _desk(user: User, slug: str) -> Desk:
    """The desk at this address, for those who may bring cases to it."""
    desk: Desk = get_object_or_404(Desk.objects.for_worker(user).select_related("organisation", "group"), slug=slug)
    if not user.has_perm("desks.import_cases", desk):
        raise Http404
    return desk


def _row(user: User, slug: str, number: int) -> CaseImport:
    rows = CaseImport.objects.visible_to(user).select_related(
        "desk__organisation", "desk__country", "desk__group", "key", "envelope__key", "known__key"
    )
    row: CaseImport = get_object_or_404(rows, desk__slug=slug, pk=number)
    return row


def _list(request: VaultRequest, slug: str, number: int) -> tuple[CaseImport, OwnList, ListMapping]:
    row = _row(request.user, slug, number)
    file = actions.read_import(row, by=request.unlocked_vault)
    if not isinstance(file, OwnList):
        raise Http404
    return row, file, mapping_of(row, file, by=request.unlocked_vault)
