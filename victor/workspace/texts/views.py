"""The translators' desk: which text stands where in which language, and the work on one of them."""

from __future__ import annotations

from collections.abc import Callable

from csp.context_processors import nonce
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from js_asset import Media

from victor.access import SignedInRequest, require, requires
from victor.confirmations import Confirmation, asks_first
from victor.formatting import clock
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
from victor.workspace.texts.forms import EDITOR_WORDS, ScheduleForm, TextsForm
from victor.workspace.texts.messages import message_of
from victor.workspace.texts.presenters import LockedText, TextEditor, move_message, state_of

UNREAD = -1  # no text has this revision
DECISIONS = {"approve", "publish"}
MOVES: dict[str, Callable[..., LanguageVersion]] = {
    "submit": publishing_actions.submit,
    "send_back": publishing_actions.send_back,
    "take_back": publishing_actions.take_back,
    "approve": publishing_actions.approve,
    "unpublish": publishing_actions.unpublish,
}


@requires("publishing.write")
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: SignedInRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """Write: the source on the left, the translation on the right."""
    opened = _open_editor(request, kind, pk, language)
    if request.method == "POST":
        if (answer := _save_typed(request, opened)) is not None:
            return answer
        messages.success(request, _("Your draft has been saved."))
        return redirect("workspace:text", kind, pk, language)
    return _editor(request, opened, TextsForm(obj=opened.obj, language=language, initial=opened.initial))


def _save_typed(request: SignedInRequest, opened: TextEditor) -> HttpResponse | None:
    """Save what is in the fields. None where it is saved; else the page that says why not, with every word."""
    form = TextsForm(request.POST, obj=opened.obj, language=opened.version.language)
    if not form.is_valid():
        return _editor(request, opened, form)
    if losses := form.find_losses():
        form.data = request.POST.dict() | clean_texts(opened.obj, form.texts)
        return _editor(request, opened, form, losses=losses)
    try:
        _save(request, opened, form)
    except LockedText:
        return _editor(request, opened, form, is_locked_out=True)
    except EditConflict as conflict:
        opened = _open_editor(request, opened.kind, opened.obj.pk, opened.version.language)
        form.data = {**request.POST.dict(), "revision": conflict.current.revision}
        return _editor(request, opened, form, conflict=conflict.current)
    return None


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
    except LockedText:
        message = _("Not saved: this text is being reviewed. Return it to draft in another tab, then save here.")
        return JsonResponse({"said": message, **state_of(opened.version)}, status=409)
    except EditConflict:
        return JsonResponse({"said": _("Not saved: someone else has saved this text in the meantime.")}, status=409)
    now = clock(timezone.localtime())
    message = _("Saved at %(time)s") % {"time": now}
    return JsonResponse({"revision": version.revision, "said": message, **state_of(version)})


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
    """Submit, send back, approve, publish or take back the revision that the form names.

    Where the fields were on the page, what is in them is saved first: what moves on is what is on the screen.
    """
    opened = _open_editor(request, kind, pk, language)
    if move not in {"publish", *MOVES}:
        raise Http404
    revision = _revision_named(request, is_required=move in DECISIONS)
    if move == "submit" and opened.has_fields(request.POST):
        if (answer := _save_typed(request, opened)) is not None:
            return answer
        opened, revision = _open_editor(request, kind, pk, language), None
    if opened.version.pk is None:
        raise Http404
    try:
        _make_move(request, opened.version, move, revision)
    except PublishingRefusal as refusal:
        messages.error(request, message_of(refusal))
    else:
        messages.success(request, move_message(move))
    return redirect("workspace:text", kind, pk, language)


def _make_move(request: SignedInRequest, version: LanguageVersion, move: str, revision: int | None) -> None:
    if move == "publish":
        publishing_actions.publish(version, by=request.user, minor="minor" in request.POST, revision=revision)
    else:
        named = {} if move == "unpublish" else {"revision": revision}
        MOVES[move](version, by=request.user, **named)


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


def _ask_to_restore(request: SignedInRequest, kind: str, pk: int, language: str, number: int) -> Confirmation:
    opened = _open_editor(request, kind, pk, language)
    get_object_or_404(opened.obj.published_versions, language=language, number=number)
    return Confirmation(
        question=_("Restore version %(number)s as a draft?") % {"number": number},
        consequences=(
            _("It replaces the draft of today, which is not stored anywhere else."),
            _("Nothing changes for visitors before somebody has reviewed and published it."),
        ),
        verb=_("Restore this version"),
        back=reverse("workspace:versions", args=[kind, pk, language]),
    )


@requires("publishing.write")
@require_POST
@asks_first(_ask_to_restore)
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
    if opened.is_locked:
        raise LockedText
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
    is_locked_out: bool = False,
    schedule: ScheduleForm | None = None,
) -> HttpResponse:
    context = {
        "conflict": conflict,
        "losses": losses,
        "is_locked_out": is_locked_out,
        "is_locked": opened.is_locked and not is_locked_out,
        "has_unsaved": bool(conflict or losses or is_locked_out or form.errors),
        **_editor_context(request, opened, form, schedule),
    }
    return render(request, "workspace/texts/text.html", context, status=409 if conflict or is_locked_out else 200)


def _editor_context(
    request: SignedInRequest, opened: TextEditor, form: TextsForm, schedule: ScheduleForm | None
) -> dict[str, object]:
    version = opened.version
    initial = {"publish_at": version.publish_at, "unpublish_at": version.unpublish_at}
    return {
        "opened": opened,
        "form": form,
        "rows": opened.rows(form),
        "schedule": schedule or ScheduleForm(initial=initial),
        "media": Media.from_media(form.media, nonce=nonce(request)["CSP_NONCE"]),
        "may_publish": request.user.has_perm("publishing.publish", version),
        "may_review": request.user.has_perm("publishing.review", version),
        "editor_words": {word: str(translated) for word, translated in EDITOR_WORDS.items()} if opened.rich else {},
        "terms": opened.terms(),
        "hints": opened.hints(),
        "pictures": list(Picture.objects.to_choose()) if opened.rich else [],
    }
