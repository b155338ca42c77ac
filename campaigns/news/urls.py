from django.urls import path

from campaigns.news import views as news_views

urlpatterns = [
    path("campaigns/news/", news_views.news, name="news"),
    path("campaigns/news.atom", news_views.feed, name="news_feed"),
    path("campaigns/news/<slug:slug>/", news_views.news_item, name="news_item"),
]
