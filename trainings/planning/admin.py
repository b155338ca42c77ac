"""Seminars in the admin."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import admin
from django.db import models
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from trainings.planning.forms import SeminarForm
from trainings.planning.session_forms import SessionForm, SessionFormSet
from trainings.registrations.waiting_list import lock_seminar, offer_free_seats
from trainings.seminars.models import Quota, Seminar, Session
from victor.publishing.admin import PublishableAdmin


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
    """Seminars, with sessions and quotas. Texts are written, and people admitted, in the workspace."""

    is_counted = True
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
        """The beginning, in the time zone of the country."""
        return f"{seminar.local_starts:%Y-%m-%d %H:%M}" if seminar.starts else "–"

    @admin.display(description=_("more actions"))
    def more(self, seminar: Seminar) -> SafeString | str:
        """Links to copy the seminar, to its materials, and to cancel it while that is possible."""
        if not seminar.pk:
            return "–"
        labels = {"clone": _("Repeat the seminar"), "cancel": _("Cancel"), "materials": _("Materials")}
        if not seminar.can_be_cancelled:
            del labels["cancel"]
        links = [(reverse(f"trainings:{name}", args=[seminar.slug]), words) for name, words in labels.items()]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Seminar | None:
        """The seminar, locked before a change is validated until it is saved.

        So nobody takes a seat after the form has counted them, and no other change is overwritten.
        """
        seminar: Seminar | None = super().get_object(request, object_id, from_field)
        if seminar and request.method == "POST":
            lock_seminar(seminar)
            seminar.refresh_from_db()
        return seminar

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseInlineFormSet], change: bool
    ) -> None:
        """Save sessions and quotas, and offer additional seats at once."""
        super().save_related(request, form, formsets, change)
        offer_free_seats(form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: Seminar | None = None) -> bool:
        """Only a seminar without registrations: others are cancelled."""
        is_empty = obj is not None and not obj.registrations.exists()
        return is_empty and super().has_delete_permission(request, obj)
