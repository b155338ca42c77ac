from django.urls import path

from desks.desk import views as desk_views

DESK = "workspace/desks/<slug:slug>/"
urlpatterns = [
    path("workspace/desks/people/", desk_views.my_desks, name="led"),
    path(f"{DESK}people/", desk_views.people, name="people"),
    path(f"{DESK}people/open/", desk_views.open_keys, name="open_keys"),
    path(f"{DESK}people/<int:pk>/intake/give/", desk_views.choose_intake, {"step": "give"}, name="give_intake"),
    path(f"{DESK}people/<int:pk>/intake/take/", desk_views.choose_intake, {"step": "take"}, name="take_intake"),
    path(f"{DESK}people/<int:pk>/<str:step>/", desk_views.take_step, name="people_step"),
    path("desks/", desk_views.desks, name="desks"),
    path("desks/<slug:slug>/", desk_views.desk, name="desk"),
    path("desks/<slug:slug>/children/", desk_views.children, name="children"),
    path("desks/<slug:slug>/professionals/", desk_views.professionals, name="professionals"),
]
