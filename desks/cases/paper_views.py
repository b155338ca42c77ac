"""Papers of a case, as they come in and as they leave: one file in a form, and the copy that was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from desks.cases.case_views import get_case_or_404
from desks.cases.casework import StatusDecision
from desks.cases.errors import PaperTooLarge
from desks.cases.papers import open_paper
from victor.access import requires
from victor.files.downloads import stream_file
from victor.files.kinds import KINDS
from victor.files.upload_handlers import rejected_files
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import Form

    from victor.vault.passphrases.middleware import VaultRequest
    from victor.vault.records.actions import FileInfo


def uploaded_paper(request: VaultRequest, form: Form, field: str) -> bytes | None:
    """The file that came with a valid form; None where none did. The view keeps uploads in memory.

    Raises:
        PaperTooLarge: it was dropped.
    """
    if rejected_files(request):
        raise PaperTooLarge
    file = form.cleaned_data[field]
    return bytes(file.read()) if file else None


def note_large_paper(request: VaultRequest, form: Form, field: str) -> None:
    """Say that a file was dropped, where the form is wrong for another reason too."""
    if rejected_files(request):
        form.add_error(field, str(PaperTooLarge()))


def answer_with_paper(reference: str, number: int, opened: tuple[FileInfo, Iterator[bytes]]) -> HttpResponseBase:
    """A kept copy as a download. Its name says to what it belongs, and nothing of a person."""
    about, chunks = opened
    kind = KINDS.get(about.type)
    return stream_file(f"{reference}-{number}.{kind.suffix if kind else 'bin'}", chunks)


@requires("desks.work")
@require_safe
@needs_vault
def paper(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """The paper of a decision."""
    case = get_case_or_404(request.user, slug, reference)
    decision = get_object_or_404(StatusDecision.objects.select_related("paper__key"), case=case, pk=number)
    return answer_with_paper(case.reference, decision.pk, open_paper(decision, by=request.unlocked_vault))
