from django.urls import path

from desks.screening import views as screening_views

DESK = "workspace/desks/<slug:slug>/"
SCREENINGS = f"{DESK}cases/<str:reference>/screenings/"
urlpatterns = [
    path(f"{DESK}screening-form/", screening_views.screening_forms, name="screening_forms"),
    path(f"{DESK}screening-form/<str:language>.pdf", screening_views.screening_form, name="screening_form"),
    path(f"{SCREENINGS}begin/", screening_views.begin, name="case_screening_begin"),
    path(f"{SCREENINGS}ask/", screening_views.ask, name="case_screening_ask"),
    path(f"{SCREENINGS}<int:number>/", screening_views.read, name="case_screening_read"),
    path(f"{SCREENINGS}<int:number>/edit/", screening_views.edit, name="case_screening_edit"),
    path(f"{SCREENINGS}<int:number>/sheet/", screening_views.sheet, name="case_screening_sheet"),
]
