from django.urls import path

from desks.subject_requests import views as subject_requests_views

urlpatterns = [
    path(
        "workspace/desks/<slug:slug>/cases/<str:reference>/rights/<int:number>/<str:step>/",
        subject_requests_views.request_step,
        name="case_subject_request_step",
    ),
    path("workspace/privacy/requests/", subject_requests_views.requests, name="subject_requests"),
]
