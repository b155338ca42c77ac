from django.contrib import admin

from campaigns.models import Campaign, CampaignCountry, ImportantDay, Message, News
from victor.publishing.admin import PublishableAdmin


class CampaignCountryInline(admin.TabularInline):
    model = CampaignCountry
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(PublishableAdmin):
    """When and where a campaign runs; its texts are written in the workspace."""

    fields = ["slug", "code", "starts", "ends", "parent"]
    list_display = ["slug", "title_en", "starts", "ends", "public_in"]
    inlines = [CampaignCountryInline]


@admin.register(Message)
class MessageAdmin(PublishableAdmin):
    """To whom a campaign speaks."""

    fields = ["slug", "campaign", "audience"]
    list_display = ["slug", "title_en", "campaign", "audience", "public_in"]
    list_filter = ["campaign", "audience"]
    list_select_related = ["campaign"]


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
