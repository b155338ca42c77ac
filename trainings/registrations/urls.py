from django.urls import path

from trainings.registrations import views as registrations_views

urlpatterns = [
    path("seminars/<slug:slug>/register/", registrations_views.register, name="register"),
    path("seminars/<slug:slug>/register/group/", registrations_views.register_group, name="register_group"),
    path(
        "seminars/<slug:slug>/register/another/<str:token>/",
        registrations_views.register_another,
        name="register_another",
    ),
]
