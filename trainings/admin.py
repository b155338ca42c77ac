from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from trainings.actions import fill, locked
from trainings.forms import (
    CourseForm,
    MaterialForm,
    ModuleForm,
    QuestionnaireForm,
    SeminarForm,
    SessionForm,
    SessionFormSet,
)
from trainings.models import (
    Course,
    Item,
    Module,
    Questionnaire,
    QuestionnaireItem,
    Quota,
    Seminar,
    Session,
    SessionMaterial,
)
from victor.publishing.admin import PublishableAdmin
from victor.publishing.languages import columns

STAYS = _(
    "Some have answered these questions, so they stay as they are. "
    "Please make another questionnaire for other questions."
)


@admin.register(Module)
class ModuleAdmin(PublishableAdmin):
    """The parts of the training; their texts are written in the workspace."""

    form = ModuleForm
    fields = ["slug", "number", "hours", "tracks"]
    list_display = ["number", "slug", "title_en", "hours", "public_in"]
    list_display_links = ["slug"]


@admin.register(Course)
class CourseAdmin(PublishableAdmin):
    """What each course is made of, and for whom; its texts are written in the workspace."""

    form = CourseForm
    fields = ["slug", "modules", "professions", "languages"]
    list_display = ["slug", "title_en", "public_in"]
    formfield_overrides = {models.ManyToManyField: {"widget": CheckboxSelectMultiple}}


class SessionInline(admin.StackedInline):
    model = Session
    form = SessionForm
    formset = SessionFormSet
    fields = ["starts", "ends", "modules"]
    extra = 0
    show_change_link = True  # to its materials


class QuotaInline(admin.TabularInline):
    model = Quota
    extra = 0


@admin.register(Seminar)
class SeminarAdmin(PublishableAdmin):
    """When, where and for whom; the texts are written, and people admitted, in the workspace."""

    form = SeminarForm
    fields = [
        *("slug", "course", "organisation", "country", "online", "language", "professions"),
        *("seats", "opens", "closes", "needs_approval", "offer_hours"),
        *("test", "needs_test", "share", "trainers", "helpers", "cancelled", "more"),
    ]
    readonly_fields = ["cancelled", "more"]
    list_display = ["slug", "title_en", "organisation", "country", "begins", "cancelled", "public_in"]
    list_filter = ["country", "course", "cancelled"]
    list_select_related = ["organisation", "country"]
    ordering = ["-starts", "slug"]
    autocomplete_fields = ["organisation", "trainers", "helpers"]
    inlines = [SessionInline, QuotaInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    @admin.display(description=_("begins"), ordering="starts")
    def begins(self, seminar: Seminar) -> str:
        """As the clocks show it there."""
        return f"{seminar.local_starts:%Y-%m-%d %H:%M}" if seminar.starts else "–"

    @admin.display(description=_("what else can be done"))
    def more(self, seminar: Seminar) -> SafeString | str:
        """Where it is copied, and called off after a second look, as long as it can be."""
        if not seminar.pk:
            return "–"
        named = {"clone": _("Hold it again"), "cancel": _("Call it off"), "materials": _("Materials")}
        if not seminar.can_be_cancelled:
            del named["cancel"]
        links = [(reverse(f"trainings:{name}", args=[seminar.slug]), words) for name, words in named.items()]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Held from before it is read until what was typed is saved: nobody gets a seat between the look at those that
        are given and their new number, and nothing that happens meanwhile is written over."""
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            locked(found)
            found.refresh_from_db()
        return found

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Seats that there were not before are offered at once."""
        super().save_related(request, form, formsets, change)
        fill(form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: Seminar | None = None) -> bool:
        """Nobody's registration goes with a seminar: what does not take place is cancelled."""
        is_empty = obj is not None and not obj.registrations.exists()
        return is_empty and super().has_delete_permission(request, obj)


class SessionMaterialInline(admin.StackedInline):
    model = SessionMaterial
    form = MaterialForm
    fields = ["name", "language", "file", "public"]
    extra = 0


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):
    """The materials of a session; its hours are typed with the seminar."""

    fields = ["seminar", "when"]
    readonly_fields = ["seminar", "when"]
    inlines = [SessionMaterialInline]

    @admin.display(description=_("when"))
    def when(self, session: Session) -> str:
        return session.when

    def has_module_permission(self, request: HttpRequest) -> bool:
        """It is reached from its seminar."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        """It falls away with its seminar's plan, which asks whether somebody was there."""
        return False


class QuestionnaireItemInline(admin.TabularInline):
    """What is asked: as it was once somebody has answered."""

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
class QuestionnaireAdmin(admin.ModelAdmin):
    """Which questions are asked together, and when."""

    form = QuestionnaireForm
    list_display = ["code", "stages"]
    inlines = [QuestionnaireItemInline]

    def get_fieldsets(self, request: HttpRequest, obj: Questionnaire | None = None) -> list[tuple[Any, Any]]:
        """With the reason where the questions cannot be changed."""
        return [(None, {"fields": ["code", "stages"], "description": "" if _is_unanswered(obj) else STAYS})]


@admin.register(Item)
class ItemAdmin(PublishableAdmin):
    """How a question is answered; its words are written in the workspace."""

    fields = ["slug", "kind", "topic", "right"]
    search_fields = ["slug", *columns("title")]
    list_display = ["slug", "title_en", "kind", "topic", "public_in"]
    list_filter = ["topic", "kind"]

    def get_readonly_fields(self, request: HttpRequest, obj: Item | None = None) -> list[str]:
        """What answers go by stays once there are any."""
        return [] if _is_unanswered(obj) else ["slug", "kind", "right"]


def _is_unanswered(asked: Questionnaire | Item | None) -> bool:
    return asked is None or not asked.is_answered
