from django.urls import path

from desks.placements import views as placements_views

CASE = "workspace/desks/<slug:slug>/cases/<str:reference>"
urlpatterns = [
    path(f"{CASE}/places/new/", placements_views.place, name="case_place_new"),
    path(f"{CASE}/places/<int:number>/", placements_views.words, name="case_place_words"),
    path(f"{CASE}/places/texts/<int:number>/<str:step>/", placements_views.choose, name="case_place_text"),
    path(f"{CASE}/check-ins/<int:number>/", placements_views.check_in, name="case_check_in"),
    path(f"{CASE}/missing/", placements_views.missing, name="case_missing"),
    path(f"{CASE}/missing/<int:number>/paper/", placements_views.paper, name="case_missing_paper"),
    path(f"{CASE}/missing/<int:number>/<str:step>/", placements_views.missing_step, name="case_missing_step"),
]
