"""Modules and courses that the project brings along, and the materials of sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from trainings.seminars.courses import Course, Module
from trainings.seminars.materials import SessionMaterial
from victor.access import Actor, System, require
from victor.audit.actions import record
from victor.languages import CODES
from victor.publishing.bundled_texts import publish_bundled
from victor.publishing.models import Publishable
from victor.publishing.translation import options
from victor.stored_names import stored_reference

Entry = Mapping[str, Any]  # of a data file of the project, as it was read from TOML


@transaction.atomic
def load_module(entry: Entry, *, by: System) -> Module:
    """Create a module, or set it back to what the data file says."""
    fields = {name: entry[name] for name in ("slug", "hours", "tracks")}
    module, _created = Module.objects.update_or_create(number=entry["number"], defaults=fields)
    _publish(module, entry, by=by)
    return module


@transaction.atomic
def load_course(entry: Entry, *, by: System) -> Course:
    """Create a course of modules that exist, or set it back to what the data file says."""
    fields = {name: entry[name] for name in ("professions", "languages")}
    course, _created = Course.objects.update_or_create(slug=entry["slug"], defaults=fields)
    course.modules.set(Module.objects.filter(number__in=entry["modules"]))
    _publish(course, entry, by=by)
    return course


def _publish(obj: Publishable, entry: Entry, *, by: System) -> None:
    for language in CODES:
        texts = {name: entry.get(name, {}).get(language, "") for name in options(type(obj)).texts}
        if texts["title"]:
            publish_bundled(obj, language, texts, by=by)


@transaction.atomic
def add_material(material: SessionMaterial, *, by: Actor) -> SessionMaterial:
    """Save a file for participants or for everybody."""
    require(by, "trainings.manage", material.session.seminar)
    material.save()
    record("material.added", material, by=by, public=material.public)
    return material


@transaction.atomic
def delete_material(material: SessionMaterial, *, by: Actor) -> None:
    """Delete a material. Its file is deleted later, once no material names it (`periodic.forget_files`)."""
    require(by, "trainings.manage", material.session.seminar)
    reference = stored_reference(material)
    material.delete()
    record("material.removed", reference, by=by)
