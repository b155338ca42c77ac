from django.urls import path

from campaigns.campaigns import views as campaigns_views
from victor.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("quick-exit/", views.quick_exit, name="quick_exit"),
    path("search/", views.search, name="search"),
    path("share.png", views.share, name="share"),
    path("campaigns/<slug:slug>/share.png", campaigns_views.share_campaign, name="share_campaign"),
    path("campaigns/<slug:slug>/poster/<slug:country>-<slug:size>.pdf", campaigns_views.poster, name="poster"),
    path("<slug:slug>/", views.page, name="page"),
]
