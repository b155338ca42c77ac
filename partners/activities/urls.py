from django.urls import path

from partners.activities import views as activities_views

ACTIVITY = "workspace/grant-activities/<int:pk>/"
urlpatterns = [
    path("workspace/grants/<int:pk>/", activities_views.work_packages, name="grant"),
    path(ACTIVITY, activities_views.activity, name="activity"),
    path(f"{ACTIVITY}begin/", activities_views.begin, name="begin_activity"),
    path(f"{ACTIVITY}finish/", activities_views.finish, name="finish_activity"),
    path(f"{ACTIVITY}deviations/", activities_views.deviate, name="deviate"),
    path(f"{ACTIVITY}deviations/<int:number>/approve/", activities_views.approve, name="approve_deviation"),
    path(f"{ACTIVITY}deviations/<int:number>/return/", activities_views.send_back, name="return_deviation"),
    path(f"{ACTIVITY}evidence/", activities_views.prove, name="prove_activity"),
    path(f"{ACTIVITY}evidence/<int:number>/", activities_views.evidence, name="activity_evidence"),
    path(f"{ACTIVITY}links/", activities_views.link, name="link_activity"),
]
