from django.urls import path

from campaigns.reach import views as reach_views

urlpatterns = [
    path("workspace/reach/", reach_views.campaigns, name="reach_campaigns"),
    path("workspace/reach/<slug:slug>/", reach_views.reach, name="reach"),
    path("workspace/reach/<slug:slug>/new/", reach_views.new_activity, name="new_activity"),
    path("workspace/activities/<int:pk>/", reach_views.activity, name="activity"),
    path("workspace/activities/<int:pk>/remove/", reach_views.remove, name="remove_activity"),
    path("workspace/activities/<int:pk>/evidence/", reach_views.evidence, name="evidence"),
]
