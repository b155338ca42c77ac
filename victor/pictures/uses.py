"""Who shows a picture: told by those apps that know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import models

from victor.pictures.models import Picture
from victor.stored_names import stored_name


@dataclass(frozen=True)
class PictureUse:
    """A thing that shows a picture, or will: in one language, or (`language` is empty) in all."""

    obj: models.Model
    language: str = ""

    def __str__(self) -> str:
        return f"{self.obj} ({self.language})" if self.language else str(self.obj)

    @property
    def kind(self) -> str:
        """The name of its model, as addresses use it."""
        return stored_name(self.obj)


Finding = tuple[Picture, PictureUse]
Finder = Callable[[Sequence[Picture]], Iterator[Finding]]
FINDERS: list[Finder] = []


def finder(find: Finder) -> Finder:
    """Ask `find(pictures)` who shows them; it asks the database once for all of them."""
    FINDERS.append(find)
    return find


def uses_of(pictures: Iterable[Picture]) -> Mapping[Picture, list[PictureUse]]:
    """What shows each of these pictures."""
    asked, found = list(pictures), defaultdict(list)
    for find in FINDERS if asked else []:
        for picture, use in find(asked):
            found[picture].append(use)
    return found
