from django.urls import path

from partners.responsibilities import views as responsibilities_views

urlpatterns = [
    path("help/<slug:code>/who-is-responsible/", responsibilities_views.who_is_responsible, name="who_is_responsible"),
    path("workspace/responsibilities/", responsibilities_views.responsibilities, name="responsibilities"),
    path("workspace/responsibilities/new/", responsibilities_views.propose, name="propose_responsibility"),
    path("workspace/responsibilities/<int:pk>/", responsibilities_views.responsibility, name="responsibility"),
    path("workspace/responsibilities/<int:pk>/change/", responsibilities_views.change, name="change_responsibility"),
    path(
        "workspace/responsibilities/<int:pk>/confirm/",
        responsibilities_views.decide,
        {"step": "confirm"},
        name="confirm_responsibility",
    ),
    path(
        "workspace/responsibilities/<int:pk>/check/",
        responsibilities_views.decide,
        {"step": "check"},
        name="check_responsibility",
    ),
    path(
        "workspace/responsibilities/<int:pk>/return/",
        responsibilities_views.send_back,
        name="return_responsibility",
    ),
]
