"""Files of materials, one at a time and all of a language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import override
from django.views.decorators.http import require_safe
from zipstream import ZipStream

from campaigns.models import Campaign, Material, MaterialFile
from victor.access import public
from victor.counts.counting import counts_as
from victor.counts.states import Use
from victor.publishing.languages import current
from victor.uploads import MEDIA_TYPES, Format


@dataclass(frozen=True)
class Offer:
    """A material and its files: `here` the one in the reader's language, `elsewhere` the others."""

    material: Material
    files: list[MaterialFile]

    @property
    def here(self) -> MaterialFile | None:
        return next((file for file in self.files if file.language == current()), None)

    @property
    def elsewhere(self) -> list[MaterialFile]:
        return [file for file in self.files if file.language != current()]


def offers(files: Iterable[MaterialFile]) -> list[Offer]:
    """Each material once, with its files."""
    return [Offer(material, list(same)) for material, same in groupby(files, key=lambda file: file.material)]


@public
@require_safe
def material(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """A material's file in a language."""
    files = MaterialFile.objects.published().select_related("material")
    found = get_object_or_404(files, material__slug=slug, language=language)
    counts_as(request.META, found.material, language, Use.DOWNLOAD)
    return FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=found.name,
        content_type=MEDIA_TYPES[Format(found.format)],
        headers={"X-Robots-Tag": "noindex"},
    )


@public
@require_safe
def pack(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """All materials of a campaign in a language, with what one may do with them, as one file."""
    campaign = get_object_or_404(Campaign.objects.published(), slug=slug)
    files = list(MaterialFile.objects.for_listing().filter(material__campaign=campaign, language=language))
    if not files:
        raise Http404
    packed = ZipStream(sized=True)
    for each in files:
        packed.add_path(each.file.path, each.name)
    with override(language):
        packed.add(render_to_string("campaigns/materials.txt", {"campaign": campaign, "files": files}), "README.txt")
    name = f"victor-{campaign.slug}-{language}.zip"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(len(packed)),
        "X-Robots-Tag": "noindex",
    }
    counts_as(request.META, campaign, language, Use.DOWNLOAD)
    return StreamingHttpResponse(packed, content_type="application/zip", headers=headers)
