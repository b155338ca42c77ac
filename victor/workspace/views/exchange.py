"""The way of texts to a translator's own program and back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from victor.access import require, requires
from victor.publishing.errors import Unreadable
from victor.publishing.exchange import FORMATS, write
from victor.publishing.languages import CODES
from victor.publishing.models import LanguageVersion
from victor.workspace.actions import Taken, take_in
from victor.workspace.exchange import sent_out, targets
from victor.workspace.forms import SendOutForm, TakeInForm
from victor.workspace.refusals import in_words


@requires("publishing.write")
@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest) -> HttpResponse:
    """Ask for a file, or give one back."""
    languages = _languages(request, request.POST)
    form = TakeInForm(request.POST or None, request.FILES or None, languages=languages)
    taken: Taken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_in(form.cleaned_data["file"], language=form.cleaned_data["language"], by=request.user)
        except Unreadable as fault:
            form.add_error("file", in_words(fault))
    return _page(request, SendOutForm(languages=languages), form, taken)


@requires("publishing.write")
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The file."""
    languages = _languages(request, request.GET)
    form = SendOutForm(request.GET, languages=languages)
    if not form.is_valid():
        return _page(request, form, TakeInForm(languages=languages), None)
    asked = form.cleaned_data
    units = sent_out(asked["language"], kind=asked["kind"], unfinished=asked["unfinished"])
    file = write(units, form=asked["form"], language=asked["language"])
    name = f"victor-{asked['language']}{FORMATS[asked['form']].suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file, content_type="application/octet-stream", headers=headers)


def _languages(request: HttpRequest, asked: Any) -> list[tuple[str, str]]:
    """Those that the person may choose from; who asks for another is refused."""
    if asked.get("language") in CODES:
        require(request.user, "publishing.write", LanguageVersion(language=asked["language"]))
    names = dict(settings.LANGUAGES)
    return [(code, names[code]) for code in targets(request.user)]


def _page(request: HttpRequest, out: SendOutForm, back: TakeInForm, taken: Taken | None) -> HttpResponse:
    return render(request, "workspace/exchange.html", {"out": out, "back": back, "taken": taken})
