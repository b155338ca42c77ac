from django.urls import path

from campaigns.views import campaigns, events, materials, news, reach

app_name = "campaigns"
urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/news/", news.news, name="news"),
    path("campaigns/news.atom", news.feed, name="news_feed"),
    path("campaigns/news/<slug:slug>/", news.news_item, name="news_item"),
    path("campaigns/events/", events.events, name="events"),
    path("campaigns/events.ics", events.calendar, name="calendar"),
    path("campaigns/events.atom", events.feed, name="events_feed"),
    path("campaigns/events/<slug:slug>.ics", events.entry, name="calendar_entry"),
    path("campaigns/events/<slug:slug>/", events.event, name="event"),
    path("campaigns/materials/<slug:slug>/<str:language>/", materials.material, name="material"),
    path("campaigns/<slug:slug>/materials-<str:language>.zip", materials.pack, name="pack"),
    path("workspace/reach/", reach.campaigns, name="reach_campaigns"),
    path("workspace/reach/<slug:slug>/", reach.reach, name="reach"),
    path("workspace/reach/<slug:slug>/new/", reach.new_activity, name="new_activity"),
    path("workspace/activities/<int:pk>/", reach.activity, name="activity"),
    path("workspace/activities/<int:pk>/remove/", reach.remove_activity, name="remove_activity"),
    path("workspace/activities/<int:pk>/evidence/", reach.evidence, name="evidence"),
    path("campaigns/<slug:slug>/", campaigns.campaign, name="campaign"),
]
