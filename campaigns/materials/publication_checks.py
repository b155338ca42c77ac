"""What a material needs before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.materials.models import Material
from victor.publishing.models import Publishable
from victor.publishing.publication_checks import publication_requirement


@publication_requirement
def file_has_alternative_text(obj: Publishable, language: str) -> Iterator[str | Promise]:
    """The file of a material needs an alternative text in the language (WCAG 2.2: 1.1.1)."""
    if isinstance(obj, Material) and obj.files.filter(language=language, alternative="").exists():
        yield _("the alternative text of the file in this language")
