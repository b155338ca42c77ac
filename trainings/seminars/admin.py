"""Modules, courses and the materials of sessions in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trainings.seminars.courses import Course, Module
from trainings.seminars.forms import CourseForm, MaterialForm, ModuleForm
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Session
from victor.audit.recorded_admin import RecordedAdmin
from victor.publishing.admin import PublishableAdmin


@admin.register(Module)
class ModuleAdmin(PublishableAdmin):
    """Modules. Their texts are written in the workspace."""

    form = ModuleForm
    fields = ["slug", "number", "hours", "tracks"]
    list_display = ["number", "slug", "title_en", "hours", "public_in"]
    list_display_links = ["slug"]


@admin.register(Course)
class CourseAdmin(PublishableAdmin):
    """Courses, their modules and professions. Their texts are written in the workspace."""

    form = CourseForm
    fields = ["slug", "modules", "professions", "languages"]
    list_display = ["slug", "title_en", "public_in"]
    formfield_overrides = {models.ManyToManyField: {"widget": CheckboxSelectMultiple}}


class SessionMaterialInline(admin.StackedInline):
    model = SessionMaterial
    form = MaterialForm
    fields = ["name", "language", "file", "public"]
    extra = 0


@admin.register(Session)
class SessionAdmin(RecordedAdmin):
    """The materials of a session. Its hours are edited with the seminar."""

    fields = ["seminar", "when"]
    readonly_fields = ["seminar", "when"]
    inlines = [SessionMaterialInline]

    @admin.display(description=_("time"))
    def when(self, session: Session) -> str:
        return session.when

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Never: a session is reached from its seminar."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        """Never: a session is deleted in the plan of its seminar, which checks that nobody attended it."""
        return False
