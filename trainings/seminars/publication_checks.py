"""What a seminar needs before its texts can be published."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.seminars.courses import Course, Module
from trainings.seminars.models import Seminar
from victor.publishing.models import Publishable
from victor.publishing.printability import missing_for_paper
from victor.publishing.publication_checks import publication_condition, publication_requirement


@publication_requirement
def papers_can_be_printed(obj: Publishable, language: str) -> Iterator[str | Promise]:
    """What stands on certificates and attendance sheets can be printed: titles and the place."""
    if isinstance(obj, Seminar | Course | Module):
        texts = obj.versions.filter(language=language).values_list("fields", flat=True).first() or {}
        yield from missing_for_paper(texts.get(name, "") for name in ("title", "place"))


@publication_condition
def seminar_can_be_joined(obj: Publishable, language: str) -> Iterator[str | Promise]:
    """Name what is missing: a seminar has a session, and its registration closes before it ends."""
    if not isinstance(obj, Seminar):
        return
    if obj.starts is None or obj.ends is None:
        yield _("a session with its hours")
    elif obj.closes > obj.ends:
        yield _("a registration that closes before the end")
