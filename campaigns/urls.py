"""The order matters: the address of a campaign, `campaigns/<slug>/`, comes after those that begin like it."""

from django.urls import include, path

app_name = "campaigns"
urlpatterns = [
    path("", include("campaigns.materials.urls")),
    path("", include("campaigns.events.urls")),
    path("", include("campaigns.news.urls")),
    path("", include("campaigns.reach.urls")),
    path("", include("campaigns.campaigns.urls")),
]
