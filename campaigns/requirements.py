from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Material
from victor.publishing.requirements import requirement


@requirement
def file_has_alternative_text(obj: Any, language: str) -> Iterator[str | Promise]:
    """A material whose file says nothing to those who cannot see or hear it does not go public (WCAG 2.2: 1.1.1)."""
    if isinstance(obj, Material) and obj.files.filter(language=language, alternative="").exists():
        yield _("the alternative text of the file in this language")


@requirement
def key_image_has_alternative_text(obj: Any, language: str) -> Iterator[str | Promise]:
    """Nor does a campaign whose key image says nothing to those who cannot see it."""
    if isinstance(obj, Campaign) and obj.key_image_id:
        written = obj.versions.filter(language=language).values_list("fields", flat=True).first() or {}
        if not written.get("key_image_alternative"):
            yield _("the alternative text of the key image")
