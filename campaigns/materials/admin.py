"""Materials in the admin."""

from __future__ import annotations

from django.contrib import admin

from campaigns.materials.forms import MaterialFileForm
from campaigns.materials.models import Material, MaterialFile
from victor.publishing.admin import PublishableAdmin


class MaterialFileInline(admin.StackedInline):
    model = MaterialFile
    form = MaterialFileForm
    fields = ["language", "file", "print_file", "alternative", "licence", "consent_until", "version"]
    readonly_fields = ["version"]
    extra = 0


@admin.register(Material)
class MaterialAdmin(PublishableAdmin):
    """Materials, with a file for each language. Texts are written in the workspace."""

    fields = ["slug", "campaign", "kind"]
    list_display = ["slug", "title_en", "campaign", "kind", "public_in"]
    list_filter = ["campaign", "kind"]
    list_select_related = ["campaign"]
    inlines = [MaterialFileInline]
