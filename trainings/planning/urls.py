from django.urls import path

from trainings.planning import views as planning_views

LED = "workspace/seminars/<slug:slug>/"
urlpatterns = [
    path("workspace/new-seminar/", planning_views.new_seminar, name="new_seminar"),
    path(f"{LED}edit/", planning_views.edit_seminar, name="edit_seminar"),
    path(f"{LED}copy/", planning_views.clone, name="clone"),
    path(f"{LED}materials/", planning_views.materials, name="materials"),
    path(f"{LED}materials/<int:pk>/", planning_views.led_material, name="led_material"),
    path(f"{LED}materials/<int:pk>/remove/", planning_views.remove_material, name="remove_material"),
    path("workspace/seminars/", planning_views.my_seminars, name="my_seminars"),
    path(LED, planning_views.led, name="led"),
    path(f"{LED}cancel/", planning_views.cancel, name="cancel"),
]
