"""The way of texts to a translator's own program and back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from victor.access import SignedInRequest, require, requires
from victor.files.downloads import answer_with_file
from victor.languages import CODES
from victor.publishing.errors import UnreadableFile
from victor.publishing.exchange import FORMATS, write_exchange
from victor.publishing.models import LanguageVersion
from victor.workspace.exchange.actions import ImportResult, import_translations
from victor.workspace.exchange.exports import export_translations, target_languages
from victor.workspace.exchange.forms import ExportForm, ImportForm
from victor.workspace.texts.messages import message_of


@requires("publishing.write")
@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: SignedInRequest) -> HttpResponse:
    """Ask for a file, or give one back."""
    languages = _languages(request, request.POST)
    form = ImportForm(request.POST or None, request.FILES or None, languages=languages)
    taken: ImportResult | None = None
    if request.method == "POST" and form.is_valid():
        try:
            taken = import_translations(
                form.cleaned_data["file"], language=form.cleaned_data["language"], by=request.user
            )
        except UnreadableFile as fault:
            form.add_error("file", message_of(fault))
    return _page(request, ExportForm(languages=languages), form, taken)


@requires("publishing.write")
@require_safe
def download(request: SignedInRequest) -> HttpResponse:
    """The file."""
    languages = _languages(request, request.GET)
    form = ExportForm(request.GET, languages=languages)
    if not form.is_valid():
        return _page(request, form, ImportForm(languages=languages), None)
    asked = form.cleaned_data
    units = export_translations(asked["language"], kind=asked["kind"], unfinished=asked["unfinished"])
    file = write_exchange(units, file_format=asked["form"], language=asked["language"])
    name = f"victor-{asked['language']}{FORMATS[asked['form']].suffix}"
    return answer_with_file(name, file)


def _languages(request: SignedInRequest, asked: QueryDict) -> list[tuple[str, str]]:
    """Those that the person may choose from; who asks for another is refused."""
    if (language := str(asked.get("language"))) in CODES:
        require(request.user, "publishing.write", LanguageVersion(language=language))
    names = dict(settings.CONTENT_LANGUAGES)
    return [(code, names[code]) for code in target_languages(request.user)]


def _page(request: SignedInRequest, out: ExportForm, back: ImportForm, taken: ImportResult | None) -> HttpResponse:
    return render(request, "workspace/exchange/exchange.html", {"out": out, "back": back, "taken": taken})
