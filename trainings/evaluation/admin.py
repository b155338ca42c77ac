from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trainings.evaluation.forms import QuestionnaireForm
from trainings.evaluation.models import Item, Questionnaire, QuestionnaireItem
from victor.audit.recorded_admin import KnownRows, RecordedAdmin
from victor.forms.fields import WholeNumberField, WholeNumbersField
from victor.languages import columns
from victor.publishing.admin import PublishableAdmin

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec

LOCKED_REASON = _(
    "Some people have already answered these questions, so they cannot be changed. Please create another questionnaire."
)


class QuestionnaireItemInline(KnownRows, admin.TabularInline):
    """The questions of a questionnaire. They cannot be changed once somebody has answered."""

    model = QuestionnaireItem
    extra = 0
    autocomplete_fields = ["item"]

    def has_add_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        return _is_unanswered(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        return _is_unanswered(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        return _is_unanswered(obj) and super().has_delete_permission(request, obj)


@admin.register(Questionnaire)
class QuestionnaireAdmin(RecordedAdmin):
    """Which questions are asked together, and at which stages."""

    form = QuestionnaireForm
    list_display = ["code", "stages"]
    inlines = [QuestionnaireItemInline]

    def get_fieldsets(self, request: HttpRequest, obj: Questionnaire | None = None) -> _FieldsetSpec:
        """Says why where the questions cannot be changed."""
        return [(None, {"fields": ["code", "stages"], "description": "" if _is_unanswered(obj) else LOCKED_REASON})]


@admin.register(Item)
class ItemAdmin(PublishableAdmin):
    """How a question is answered. Its texts are written in the workspace."""

    fields = ["slug", "kind", "topic", "right"]
    search_fields = ["slug", *columns("title")]
    list_display = ["slug", "title_en", "kind", "topic", "public_in"]
    list_filter = ["topic", "kind"]
    formfield_overrides = {ArrayField: {"form_class": WholeNumbersField, "base_field": WholeNumberField(min_value=0)}}

    def get_readonly_fields(self, request: HttpRequest, obj: Item | None = None) -> list[str]:
        """What stored answers refer to cannot be changed once there are any."""
        return [] if _is_unanswered(obj) else ["slug", "kind", "right"]


def _is_unanswered(obj: Questionnaire | Item | None) -> bool:
    return obj is None or not obj.is_answered
