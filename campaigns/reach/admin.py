"""Campaigns in the admin, with their countries and targets."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign, CampaignCountry
from campaigns.reach.models import Target
from victor.pictures.rendering import render_picture
from victor.publishing.admin import PublishableAdmin


class CampaignCountryInline(admin.TabularInline):
    model = CampaignCountry
    extra = 0


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(PublishableAdmin):
    """When and where a campaign runs. Its texts are written in the workspace."""

    is_counted = True
    fields = ["slug", "code", "starts", "ends", "parent", "key_image", "key_image_preview"]
    readonly_fields = ["key_image_preview"]
    list_display = ["slug", "title_en", "starts", "ends", "public_in"]
    inlines = [CampaignCountryInline, TargetInline]

    @admin.display(description=_("preview"))
    def key_image_preview(self, campaign: Campaign) -> SafeString | str:
        return render_picture(campaign.key_image, "", sizes="20rem") or "–"
