"""Modules and courses that the project brings along, and the materials of sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from django.db import transaction

from trainings.seminars.courses import Course, Module
from trainings.seminars.materials import SessionMaterial
from victor.access import Actor, System, require
from victor.audit.actions import record
from victor.languages import CODES
from victor.publishing.bundled_texts import bundled_text, publish_bundled
from victor.publishing.models import Publishable
from victor.publishing.translation import options
from victor.stored_names import stored_reference


class ModuleData(TypedDict):
    """A module in the data file. Its texts stand beside it, by the names of the fields."""

    number: int
    slug: str
    hours: float
    tracks: list[str]


class CourseData(TypedDict):
    """A course in the data file, with the numbers of its modules. Its texts stand beside it."""

    slug: str
    professions: list[str]
    languages: list[str]
    modules: list[int]


@transaction.atomic
def load_module(entry: ModuleData, *, by: System) -> Module:
    """Create a module, or set it back to what the data file says."""
    fields = {"slug": entry["slug"], "hours": entry["hours"], "tracks": entry["tracks"]}
    module, _created = Module.objects.update_or_create(number=entry["number"], defaults=fields)
    _publish(module, entry, by=by)
    return module


@transaction.atomic
def load_course(entry: CourseData, *, by: System) -> Course:
    """Create a course of modules that exist, or set it back to what the data file says."""
    fields = {"professions": entry["professions"], "languages": entry["languages"]}
    course, _created = Course.objects.update_or_create(slug=entry["slug"], defaults=fields)
    course.modules.set(Module.objects.filter(number__in=entry["modules"]))
    _publish(course, entry, by=by)
    return course


def _publish(obj: Publishable, entry: Mapping[str, object], *, by: System) -> None:
    for language in CODES:
        texts = {name: bundled_text(entry, name, language) for name in options(type(obj)).texts}
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
