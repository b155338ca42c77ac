from django.urls import path

from desks.interpreters import views as interpreters_views

CASE = "workspace/desks/<slug:slug>/cases/<str:reference>"
urlpatterns = [
    path(
        f"{CASE}/interpreters/<int:number>/correct/",
        interpreters_views.correct,
        name="case_interpreter_correct",
    ),
    path(
        f"{CASE}/interpreters/<int:number>/<str:step>/",
        interpreters_views.interpreter_step,
        name="case_interpreter_step",
    ),
    path(f"{CASE}/bookings/<int:number>/<str:step>/", interpreters_views.booking_step, name="case_booking_step"),
]
