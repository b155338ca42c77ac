"""Given names in all their forms: who is called Мишо is found as Mihail, Μιχάλης or Misi too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from desks.duplicates.folding import skeletons, sounds, words_of

GIVEN_NAMES = Path(__file__).resolve().parent.parent / "data" / "given_names.txt"


@cache
def forms_of_given_name(word: str) -> frozenset[str]:
    """What stands for a given name: the names of which it is a form, and its own skeletons that are a form of none.

    A form that is in the list as it sounds, in whatever way it is read, stands for the names of its lines alone.
    Otherwise the skeleton decides, which more names share.
    """
    by_sound, by_skeleton = _names_by(sounds), _names_by(skeletons)
    listed = [by_sound.get(spoken, set()) for spoken in sounds(word)]
    if listed and all(listed):
        return frozenset().union(*listed)
    return frozenset().union(*(by_skeleton.get(skeleton, {skeleton}) for skeleton in skeletons(word)))


@cache
def _names_by(read: Callable[[str], Iterable[str]]) -> dict[str, set[str]]:
    """The names that a sound or a skeleton may stand for, by the first form of their line."""
    names: dict[str, set[str]] = {}
    for line in GIVEN_NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        first, *others = words_of(line)
        for word in (first, *others):
            for key in read(word):
                names.setdefault(key, set()).add(f"={first}")
    return names
