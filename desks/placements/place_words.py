"""What is written of a place where a child lives, and of a child who is missing: each thing with its label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Word:
    """One thing that is written: its name in the envelope, its label, and what helps to answer."""

    name: str
    label: StrOrPromise
    help: StrOrPromise = ""
    rows: int = 3


PLACE_WORDS = (
    Word("address", _("Address of the place"), rows=2),
    Word("carers", _("Who cares for the child there"), _("Name, function, phone by day and by night")),
    Word(
        "leaving_signs",
        _("Signs that the child may leave"),
        _("Whom the child calls, who waits outside, what the child says about leaving"),
    ),
    Word(
        "meeting_plan",
        _("What is agreed with the child in case the child leaves"),
        _("A meeting point, a number that the child knows by heart, a word that means “come and get me”"),
    ),
    Word(
        "description",
        _("Description for a missing report"),
        _("Height, build, hair, eyes, marks, clothes, languages; where a photo is kept"),
    ),
)
MISSING_WORDS = (
    Word("last_seen", _("Where and when the child was last seen, and by whom")),
    Word("clothes", _("What the child wore and took along"), _("Clothes, bag, telephone, papers, money, medicine"), 2),
    Word("company", _("With whom the child may be, and where")),
    Word("health", _("What the police have to know"), _("Illness, medicine, languages, what frightens the child"), 2),
)


def named_words(words: Sequence[Word], content: Mapping[str, object]) -> list[tuple[str, str]]:
    """What is written, each thing with its label. What nobody wrote is not shown as if it were empty."""
    return [(str(word.label), str(content[word.name])) for word in words if content.get(word.name)]
