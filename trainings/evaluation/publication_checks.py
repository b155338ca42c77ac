from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.evaluation.models import Item, answer_lines
from trainings.evaluation.states import ItemKind
from victor.publishing.models import SOURCE
from victor.publishing.publication_checks import publication_requirement


@publication_requirement
def question_has_as_many_answers(obj: Any, language: str) -> Iterator[str | Promise]:
    """A question has its answers in every language, and as many as in the source: they are known by their numbers."""
    if not isinstance(obj, Item) or obj.kind not in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        return
    written = dict(obj.versions.filter(language__in=(SOURCE, language)).values_list("language", "fields"))
    here = answer_lines(written.get(language, {}).get("options"))
    if max([1, *obj.right]) >= len(here):
        yield _("all answers, one per line")
    elif SOURCE in written and len(here) != len(answer_lines(written[SOURCE].get("options"))):
        yield _("as many answers as in English")
