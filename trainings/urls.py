from django.urls import include, path

app_name = "trainings"
urlpatterns = [
    path("", include("trainings.seminars.urls")),
    path("", include("trainings.attendance.urls")),
    path("", include("trainings.participants.urls")),
    path("", include("trainings.planning.urls")),
    path("", include("trainings.statistics.urls")),
    path("", include("trainings.mailings.urls")),
    path("", include("trainings.registrations.urls")),
    path("", include("trainings.evaluation.urls")),
    path("", include("trainings.certificates.urls")),
]
