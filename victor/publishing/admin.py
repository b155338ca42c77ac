"""What is the same in all languages, for coordinators to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from victor.access import signed_in_user
from victor.audit.recorded_admin import RecordedAdmin
from victor.languages import columns, languages_with
from victor.publishing.actions import change_slug
from victor.publishing.models import Publishable
from victor.publishing.translation import options

if TYPE_CHECKING:
    from django.forms import ModelForm


class PublishableAdmin(RecordedAdmin):
    """Edits what is the same in all languages. The texts are written, reviewed and published in the workspace."""

    show_full_result_count = False
    list_per_page = 50

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return ["slug", *columns("title")]

    @admin.display(description=_("published in"))
    def public_in(self, obj: Publishable) -> str:
        return " ".join(languages_with(obj, *options(type(obj)).required_texts))

    def save_model(self, request: HttpRequest, obj: Publishable, form: ModelForm, change: bool) -> None:
        """Change the address by its own action, so that the old one redirects to the new one."""
        slug = obj.slug
        if change and "slug" in form.changed_data:
            obj.slug = form.initial["slug"]
            change_slug(obj, slug, by=signed_in_user(request))
        super().save_model(request, obj, form, change)
