"""The order matters: `people/` and `reports/new/` come before the slugs that would take them."""

from django.urls import include, path

app_name = "desks"
urlpatterns = [
    path("", include("desks.desk.urls")),
    path("", include("desks.intake.urls")),
    path("", include("desks.duty.urls")),
    path("", include("desks.inbox.urls")),
    path("", include("desks.handovers.urls")),
    path("", include("desks.assessments.urls")),
    path("", include("desks.notifications.urls")),
    path("", include("desks.plans.urls")),
    path("", include("desks.placements.urls")),
    path("", include("desks.interpreters.urls")),
    path("", include("desks.referrals.urls")),
    path("", include("desks.packages.urls")),
    path("", include("desks.alerts.urls")),
    path("", include("desks.extracts.urls")),
    path("", include("desks.imports.urls")),
    path("", include("desks.exchange.urls")),
    path("", include("desks.subject_requests.urls")),
    path("", include("desks.processing.urls")),
    path("", include("desks.access_reviews.urls")),
    path("", include("desks.cases.urls")),
    path("", include("desks.endings.urls")),
    path("", include("desks.retention.urls")),
    path("", include("desks.enquiries.urls")),
    path("", include("desks.screening.urls")),
]
