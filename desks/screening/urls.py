from django.urls import path

from desks.screening import views as screening_views

DESK = "workspace/desks/<slug:slug>/"
urlpatterns = [
    path(f"{DESK}screening-form/", screening_views.screening_forms, name="screening_forms"),
    path(f"{DESK}screening-form/<str:language>.pdf", screening_views.screening_form, name="screening_form"),
]
