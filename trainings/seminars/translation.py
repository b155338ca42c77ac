"""Which fields of seminars, courses and modules are translated."""

from __future__ import annotations

from modeltranslation.translator import register

from trainings.seminars.courses import Course, Module
from trainings.seminars.models import Seminar
from victor.publishing.translation import Published


@register(Module)
class ModuleTranslation(Published):
    position = 210
    fields = texts = required_texts = ("title", "summary")
    searchable = False


@register(Course)
class CourseTranslation(Published):
    position = 220
    fields = texts = required_texts = ("title", "summary", "objectives")
    rich = ("objectives",)


@register(Seminar)
class SeminarTranslation(Published):
    position = 230
    fields = texts = ("title", "summary", "place", "programme", "accessibility")
    required_texts = ("title", "summary")
    rich = ("programme", "accessibility")
