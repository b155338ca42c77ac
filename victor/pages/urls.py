from django.urls import path

from victor.pages.views import pages, paper, search

app_name = "pages"
urlpatterns = [
    path("", pages.home, name="home"),
    path("quick-exit/", pages.quick_exit, name="quick_exit"),
    path("search/", search.search, name="search"),
    path("share.png", paper.share, name="share"),
    path("campaigns/<slug:slug>/share.png", paper.share_campaign, name="share_campaign"),
    path("campaigns/<slug:slug>/poster/<slug:country>-<slug:size>.pdf", paper.poster, name="poster"),
    path("<slug:slug>/", pages.page, name="page"),
]
