from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.models import Item, Seminar, answers
from trainings.states import ItemKind
from victor.publishing.models import SOURCE
from victor.publishing.requirements import condition, requirement


@condition
def seminar_can_be_joined(obj: Any, language: str) -> Iterator[str | Promise]:
    """No seminar goes public of which nobody could say when it is, or for which one could register afterwards."""
    if not isinstance(obj, Seminar):
        return
    if obj.starts is None or obj.ends is None:
        yield _("a session with its hours")
    elif obj.closes > obj.ends:
        yield _("a registration that closes before the end")


@requirement
def question_has_as_many_answers(obj: Any, language: str) -> Iterator[str | Promise]:
    """A question has its answers in every language, and as many as in the source: they are known by their numbers."""
    if not isinstance(obj, Item) or obj.kind not in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        return
    written = dict(obj.versions.filter(language__in=(SOURCE, language)).values_list("language", "fields"))
    here = answers(written.get(language, {}).get("options"))
    if max([1, *obj.right]) >= len(here):
        yield _("all answers, one a line")
    elif SOURCE in written and len(here) != len(answers(written[SOURCE].get("options"))):
        yield _("as many answers as in English")
