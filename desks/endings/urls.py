from django.urls import path

from desks.endings import views as endings_views

urlpatterns = [
    path("workspace/retention/cases/", endings_views.case_deletions, name="case_deletions"),
    path("workspace/desks/<slug:slug>/case-retention/", endings_views.case_retention, name="case_retention"),
]
