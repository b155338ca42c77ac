from django.contrib import admin
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from campaigns.forms import EventForm, MaterialFileForm
from campaigns.models import (
    Campaign,
    CampaignCountry,
    Event,
    ImportantDay,
    Material,
    MaterialFile,
    Message,
    News,
    Target,
)
from victor.pictures.elements import element
from victor.publishing.admin import PublishableAdmin


class CampaignCountryInline(admin.TabularInline):
    model = CampaignCountry
    extra = 0


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(PublishableAdmin):
    """When and where a campaign runs; its texts are written in the workspace."""

    fields = ["slug", "code", "starts", "ends", "parent", "key_image", "seen"]
    readonly_fields = ["seen"]
    list_display = ["slug", "title_en", "starts", "ends", "public_in"]
    inlines = [CampaignCountryInline, TargetInline]

    @admin.display(description=_("how it looks"))
    def seen(self, campaign: Campaign) -> SafeString | str:
        return element(campaign.key_image, "", sizes="20rem") or "–"


@admin.register(Message)
class MessageAdmin(PublishableAdmin):
    """To whom a campaign speaks."""

    fields = ["slug", "campaign", "audience"]
    list_display = ["slug", "title_en", "campaign", "audience", "public_in"]
    list_filter = ["campaign", "audience"]
    list_select_related = ["campaign"]


class MaterialFileInline(admin.StackedInline):
    model = MaterialFile
    form = MaterialFileForm
    fields = ["language", "file", "alternative", "licence", "consent_until", "version"]
    readonly_fields = ["version"]
    extra = 0


@admin.register(Material)
class MaterialAdmin(PublishableAdmin):
    """What is to be printed, played and shown, a file for each language; its texts are written in the workspace."""

    fields = ["slug", "campaign", "kind"]
    list_display = ["slug", "title_en", "campaign", "kind", "public_in"]
    list_filter = ["campaign", "kind"]
    list_select_related = ["campaign"]
    inlines = [MaterialFileInline]


@admin.register(ImportantDay)
class ImportantDayAdmin(PublishableAdmin):
    """The days that matter."""

    fields = ["slug", "month", "day"]
    list_display = ["slug", "title_en", "month", "day", "public_in"]


@admin.register(News)
class NewsAdmin(PublishableAdmin):
    """When something happened; its texts are written in the workspace."""

    fields = ["slug", "campaign", "date"]
    list_display = ["slug", "title_en", "campaign", "date", "public_in"]
    list_filter = ["campaign"]
    list_select_related = ["campaign"]


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    """When and where one may come; its texts are written in the workspace."""

    form = EventForm
    fields = ["slug", "campaign", "organisation", "country", "starts", "ends", "online", "cancelled"]
    list_display = ["slug", "title_en", "campaign", "country", "begins", "cancelled", "public_in"]
    list_filter = ["country", "campaign", "cancelled"]
    list_select_related = ["campaign", "country"]
    ordering = ["-starts", "slug"]
    autocomplete_fields = ["organisation"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    @admin.display(description=_("begins"), ordering="starts")
    def begins(self, event: Event) -> str:
        """As the clocks show it there."""
        return f"{event.local_starts:%Y-%m-%d %H:%M}"
