"""The translators' desk: which text stands where in which language, and the work on one of them."""

from __future__ import annotations

from collections.abc import Callable

from csp.context_processors import nonce
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from js_asset import Media

from victor.access import SignedInRequest, require, requires
from victor.forms.numbers import read_digits
from victor.languages import CODES
from victor.pictures.models import Picture
from victor.publishing import actions as publishing_actions
from victor.publishing.completeness import clean_texts
from victor.publishing.errors import EditConflict, PublishingRefusal
from victor.publishing.models import LanguageVersion
from victor.publishing.richtext import clean_html, find_losses
from victor.publishing.states import TextState
from victor.publishing.translation import publishable_models
from victor.signs import clean_signs
from victor.workspace.texts.forms import ScheduleForm, TextsForm
from victor.workspace.texts.matrix import MatrixFilters, matrix_rows
from victor.workspace.texts.messages import message_of
from victor.workspace.texts.presenters import TextEditor, move_message

PAGE_LENGTH = 100
UNREAD = -1  # no text has this revision
DECISIONS = {"approve", "publish"}
MOVES: dict[str, Callable[..., LanguageVersion]] = {
    "submit": publishing_actions.submit,
    "send_back": publishing_actions.send_back,
    "approve": publishing_actions.approve,
    "unpublish": publishing_actions.unpublish,
}


@requires("publishing.write")
@require_safe
def matrix(request: SignedInRequest) -> HttpResponse:
    """Every text × eight languages, narrowed by what the address asks for."""
    filters = MatrixFilters.read(request.GET)
    page = Paginator(filters.apply(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page_obj": page,
        "rows": matrix_rows(page),
        "codes": CODES,
        "languages": settings.CONTENT_LANGUAGES,
        "states": TextState.choices,
    }
    return render(request, "workspace/texts/texts.html", context)


@requires("publishing.write")
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: SignedInRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """Write: the source on the left, the translation on the right."""
    opened = _open_editor(request, kind, pk, language)
    form = TextsForm(request.POST or None, obj=opened.obj, language=language, initial=opened.initial)
    if request.method == "POST" and form.is_valid():
        if losses := form.find_losses():
            form.data = request.POST.dict() | clean_texts(opened.obj, form.texts)
            return _editor(request, opened, form, losses=losses)
        try:
            _save(request, opened, form)
        except EditConflict as conflict:
            opened = _open_editor(request, kind, pk, language)
            form.data = {**request.POST.dict(), "revision": conflict.current.revision}
            return _editor(request, opened, form, conflict=conflict.current)
        messages.success(request, _("Your draft has been saved."))
        return redirect("workspace:text", kind, pk, language)
    return _editor(request, opened, form)


@requires("publishing.write")
@require_POST
def autosave(request: SignedInRequest, kind: str, pk: int, language: str) -> JsonResponse:
    """Save while somebody writes; says when, or why not."""
    opened = _open_editor(request, kind, pk, language)
    form = TextsForm(request.POST, obj=opened.obj, language=language)
    if not form.is_valid():
        return JsonResponse({"said": _("Not saved yet: a field is too long.")}, status=422)
    if losses := form.find_losses():
        message = _("Not saved yet. Saving takes away: %(losses)s")
        return JsonResponse({"said": message % {"losses": "; ".join(losses)}}, status=422)
    try:
        version = _save(request, opened, form)
    except EditConflict:
        return JsonResponse({"said": _("Not saved: someone else has saved this text in the meantime.")}, status=409)
    now = date_format(timezone.localtime(), "TIME_FORMAT")
    return JsonResponse({"revision": version.revision, "said": _("Saved at %(time)s") % {"time": now}})


@requires("publishing.write")
@require_POST
def pasted(request: SignedInRequest) -> JsonResponse:
    """What somebody pastes from another program, in the elements that our texts have; and what has no place there."""
    html = clean_signs(request.POST.get("html", ""))
    losses = ", ".join(map(str, find_losses(html)))
    message = _("Not pasted: %(losses)s") % {"losses": losses} if losses else ""
    return JsonResponse({"html": clean_html(html), "said": message})


@requires("publishing.write")
@require_POST
def move(request: SignedInRequest, kind: str, pk: int, language: str, move: str) -> HttpResponse:
    """Submit, send back, approve, publish or take back the revision that the form names."""
    opened = _open_editor(request, kind, pk, language)
    if move not in {"publish", *MOVES} or opened.version.pk is None:
        raise Http404
    revision = _revision_named(request, is_required=move in DECISIONS)
    try:
        if move == "publish":
            minor = "minor" in request.POST
            publishing_actions.publish(opened.version, by=request.user, minor=minor, revision=revision)
        else:
            named = {} if move == "unpublish" else {"revision": revision}
            MOVES[move](opened.version, by=request.user, **named)
    except PublishingRefusal as refusal:
        messages.error(request, message_of(refusal))
    else:
        messages.success(request, move_message(move))
    return redirect("workspace:text", kind, pk, language)


@requires("publishing.publish")
@require_POST
def schedule(request: SignedInRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """Let the clock publish and take back."""
    opened = _open_editor(request, kind, pk, language)
    form = ScheduleForm(request.POST)
    if opened.version.pk is None:
        raise Http404
    if not form.is_valid():
        texts = TextsForm(obj=opened.obj, language=language, initial=opened.initial)
        return _editor(request, opened, texts, schedule=form)
    revision = _revision_named(request, is_required=False)
    try:
        publishing_actions.schedule_publication(opened.version, by=request.user, revision=revision, **form.cleaned_data)
    except PublishingRefusal as refusal:
        messages.error(request, message_of(refusal))
    else:
        messages.success(request, _("The schedule has been saved."))
    return redirect("workspace:text", kind, pk, language)


@requires("publishing.write")
@require_safe
def versions(request: SignedInRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """Every version that was public, each compared with the one before."""
    opened = _open_editor(request, kind, pk, language)
    return render(request, "workspace/texts/versions.html", {"opened": opened, "versions": opened.history()})


@requires("publishing.write")
@require_POST
def restore(request: SignedInRequest, kind: str, pk: int, language: str, number: int) -> HttpResponse:
    """Make an old version the draft of today."""
    opened = _open_editor(request, kind, pk, language)
    published = get_object_or_404(opened.obj.published_versions, language=language, number=number)
    revision = read_digits(request.POST.get("revision", "")) or 0
    try:
        publishing_actions.restore_version(published, by=request.user, revision=revision)
    except PublishingRefusal as refusal:
        messages.error(request, message_of(refusal))
    else:
        messages.success(request, _("The old version is now your draft."))
    return redirect("workspace:text", kind, pk, language)


def _open_editor(request: SignedInRequest, kind: str, pk: int, language: str) -> TextEditor:
    model = publishable_models().get(kind)
    if model is None or language not in CODES:
        raise Http404
    obj = get_object_or_404(model, pk=pk)
    version = LanguageVersion.objects.of(obj).filter(language=language).first()
    version = version or LanguageVersion(object=obj, language=language, state=TextState.MISSING)
    require(request.user, "publishing.write", version)
    return TextEditor(obj, version)


def _revision_named(request: SignedInRequest, *, is_required: bool) -> int | None:
    """The revision that the page showed. A decision that names none is one on a text that nobody has read."""
    revision = request.POST.get("revision", "")
    number = read_digits(revision)
    if number is not None:
        return number
    return UNREAD if is_required or revision else None


def _save(request: SignedInRequest, opened: TextEditor, form: TextsForm) -> LanguageVersion:
    source = opened.source_numbered(form.cleaned_data["source"])
    return publishing_actions.save_draft(
        opened.obj,
        opened.version.language,
        form.texts,
        by=request.user,
        revision=form.cleaned_data["revision"],
        basis=opened.basis_of(source),
    )


def _editor(
    request: SignedInRequest,
    opened: TextEditor,
    form: TextsForm,
    *,
    conflict: LanguageVersion | None = None,
    losses: list[str] | None = None,
    schedule: ScheduleForm | None = None,
) -> HttpResponse:
    version = opened.version
    initial = {"publish_at": version.publish_at, "unpublish_at": version.unpublish_at}
    context = {
        "opened": opened,
        "form": form,
        "rows": opened.rows(form),
        "conflict": conflict,
        "losses": losses,
        "schedule": schedule or ScheduleForm(initial=initial),
        "media": Media.from_media(form.media, nonce=nonce(request)["CSP_NONCE"]),
        "may_publish": request.user.has_perm("publishing.publish", version),
        "terms": opened.terms(),
        "hints": opened.hints(),
        "pictures": list(Picture.objects.to_choose()) if opened.rich else [],
    }
    return render(request, "workspace/texts/text.html", context, status=409 if conflict else 200)
