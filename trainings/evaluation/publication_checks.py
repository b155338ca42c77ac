"""What a question needs before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.evaluation.models import Item, answer_lines
from trainings.evaluation.states import ItemKind
from victor.publishing.models import SOURCE, Publishable
from victor.publishing.publication_checks import publication_requirement


@publication_requirement
def question_has_as_many_answers(obj: Publishable, language: str) -> Iterator[str | Promise]:
    """A question has all its answers in every language, because answers are stored by their numbers."""
    if not isinstance(obj, Item) or obj.kind not in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        return
    texts = dict(obj.versions.filter(language__in=(SOURCE, language)).values_list("language", "fields"))
    answers = answer_lines(texts.get(language, {}).get("options"))
    if max([1, *obj.right]) >= len(answers):
        yield _("all answers, one per line")
    elif SOURCE in texts and len(answers) != len(answer_lines(texts[SOURCE].get("options"))):
        yield _("as many answers as in English")
