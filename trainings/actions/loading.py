"""What the project itself brings along: modules and courses, in the languages in which they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from trainings.models import Course, Module
from victor.access import System
from victor.publishing.actions import put
from victor.publishing.languages import CODES
from victor.publishing.models import Publishable
from victor.publishing.translation import options


@transaction.atomic
def load_module(written: Mapping[str, Any], *, by: System) -> Module:
    """Make a module, or bring it back to what is written."""
    known = {name: written[name] for name in ("slug", "hours", "tracks")}
    module, _made = Module.objects.update_or_create(number=written["number"], defaults=known)
    _publish(module, written, by=by)
    return module


@transaction.atomic
def load_course(written: Mapping[str, Any], *, by: System) -> Course:
    """Make a course of modules that exist, or bring it back to what is written."""
    known = {name: written[name] for name in ("professions", "languages")}
    course, _made = Course.objects.update_or_create(slug=written["slug"], defaults=known)
    course.modules.set(Module.objects.filter(number__in=written["modules"]))
    _publish(course, written, by=by)
    return course


def _publish(obj: Publishable, written: Mapping[str, Any], *, by: System) -> None:
    for language in CODES:
        texts = {name: written.get(name, {}).get(language, "") for name in options(type(obj)).texts}
        if texts["title"]:
            put(obj, language, texts, by=by)
