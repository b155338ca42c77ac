"""Files of materials, one at a time and all of a language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from campaigns.materials.models import Material, MaterialFile
from victor.languages import current_language


@dataclass(frozen=True)
class Offer:
    """A material and its files: `here` the one in the reader's language, `elsewhere` the others."""

    material: Material
    files: list[MaterialFile]

    @property
    def here(self) -> MaterialFile | None:
        return next((file for file in self.files if file.language == current_language()), None)

    @property
    def elsewhere(self) -> list[MaterialFile]:
        return [file for file in self.files if file.language != current_language()]


def offers_of(files: Iterable[MaterialFile]) -> list[Offer]:
    """Each material once, with its files."""
    return [Offer(material, list(same)) for material, same in groupby(files, key=lambda file: file.material)]
