from django.urls import include, path

app_name = "partners"
urlpatterns = [
    path("", include("partners.help_lines.urls")),
    path("", include("partners.directory.urls")),
    path("", include("partners.memberships.urls")),
    path("", include("partners.responsibilities.urls")),
    path("", include("partners.agreements.urls")),
    path("", include("partners.groups.urls")),
    path("", include("partners.meetings.urls")),
    path("", include("partners.minutes.urls")),
    path("", include("partners.grants.urls")),
    path("", include("partners.activities.urls")),
    path("", include("partners.deliverables.urls")),
    path("", include("partners.targets.urls")),
    path("", include("partners.values.urls")),
]
