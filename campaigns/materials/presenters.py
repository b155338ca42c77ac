"""Materials as the page of a campaign shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from campaigns.materials.models import Material, MaterialFile
from victor.languages import current_language


@dataclass(frozen=True)
class Offer:
    """A material and its files: the one in the active language, and those in other languages."""

    material: Material
    files: list[MaterialFile]

    @property
    def in_language(self) -> MaterialFile | None:
        return next((file for file in self.files if file.language == current_language()), None)

    @property
    def in_other_languages(self) -> list[MaterialFile]:
        return [file for file in self.files if file.language != current_language()]


def offers_of(files: Iterable[MaterialFile]) -> list[Offer]:
    """Each material once, with its files."""
    return [Offer(material, list(own_files)) for material, own_files in groupby(files, key=lambda file: file.material)]
