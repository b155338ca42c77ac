from django.urls import path

from campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/news/", views.news, name="news"),
    path("campaigns/news.atom", views.feed, name="news_feed"),
    path("campaigns/news/<slug:slug>/", views.news_item, name="news_item"),
    path("campaigns/materials/<slug:slug>/<str:language>/", views.material, name="material"),
    path("campaigns/<slug:slug>/materials-<str:language>.zip", views.pack, name="pack"),
    path("campaigns/<slug:slug>/", views.campaign, name="campaign"),
]
