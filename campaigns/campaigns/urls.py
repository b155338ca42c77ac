from django.urls import path

from campaigns.campaigns import views as campaigns_views

urlpatterns = [
    path("campaigns/", campaigns_views.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/materials-<str:language>.zip", campaigns_views.pack, name="pack"),
    path("campaigns/<slug:slug>/", campaigns_views.campaign, name="campaign"),
]
