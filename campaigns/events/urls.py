from django.urls import path

from campaigns.events import views as events_views

urlpatterns = [
    path("campaigns/events/", events_views.events, name="events"),
    path("campaigns/events.ics", events_views.calendar, name="calendar"),
    path("campaigns/events.atom", events_views.feed, name="events_feed"),
    path("campaigns/events/<slug:slug>.ics", events_views.entry, name="calendar_entry"),
    path("campaigns/events/<slug:slug>/", events_views.event, name="event"),
]
