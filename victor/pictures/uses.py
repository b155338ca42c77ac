"""Registry of where a picture is used. Apps declare it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import models

from victor.pictures.models import Picture
from victor.stored_names import stored_name


@dataclass(frozen=True)
class PictureUse:
    """An object that uses a picture, in one language or, where `language` is empty, in all."""

    obj: models.Model
    language: str = ""

    def __str__(self) -> str:
        return f"{self.obj} ({self.language})" if self.language else str(self.obj)

    @property
    def kind(self) -> str:
        """The stored name of its model, as addresses use it."""
        return stored_name(self.obj)


Finding = tuple[Picture, PictureUse]
Finder = Callable[[Sequence[Picture]], Iterator[Finding]]
FINDERS: list[Finder] = []


def finder(find: Finder) -> Finder:
    """Declare `find(pictures)`, which finds the uses of all of them with one query."""
    FINDERS.append(find)
    return find


def uses_of(pictures: Iterable[Picture]) -> Mapping[Picture, list[PictureUse]]:
    """Where each of these pictures is used."""
    wanted, uses = list(pictures), defaultdict(list)
    for find in FINDERS if wanted else []:
        for picture, use in find(wanted):
            uses[picture].append(use)
    return uses
