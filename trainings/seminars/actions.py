"""What the project itself brings along: modules and courses, in the languages in which they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from trainings.seminars.courses import Course, Module
from trainings.seminars.materials import SessionMaterial
from victor.access import System, require
from victor.audit.actions import record
from victor.languages import CODES
from victor.publishing.bundled_texts import publish_bundled
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
            publish_bundled(obj, language, texts, by=by)


@transaction.atomic
def add_material(material: SessionMaterial, *, by: Any) -> SessionMaterial:
    """Keep a file for those who take part, or for everybody."""
    require(by, "trainings.manage", material.session.seminar)
    material.save()
    record("material.added", material, by=by, public=material.public)
    return material


@transaction.atomic
def delete_material(material: SessionMaterial, *, by: Any) -> None:
    """Take a file back."""
    require(by, "trainings.manage", material.session.seminar)
    record("material.removed", material, by=by)
    material.delete()
