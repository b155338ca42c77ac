from django.urls import path

from partners.values import views as values_views

GRANT = "workspace/grants/<int:pk>/"
VALUE = "workspace/planned-values/<int:pk>/"
CORRECTION = f"{VALUE}corrections/<int:number>/"
PERIOD = f"{GRANT}periods/<int:number>/"
urlpatterns = [
    path(f"{GRANT}targets/", values_views.targets, name="grant_targets"),
    path(f"{GRANT}periods/", values_views.periods, name="grant_periods"),
    path(f"{PERIOD}organisations/<slug:slug>/close/", values_views.close, name="close_period"),
    path(f"{PERIOD}approve/", values_views.approve_period, name="approve_period"),
    path(VALUE, values_views.value, name="grant_value"),
    path(f"{VALUE}approve/", values_views.approve, name="approve_value"),
    path(f"{VALUE}return/", values_views.send_back, name="return_value"),
    path(f"{VALUE}evidence/", values_views.evidence, name="value_evidence"),
    path(f"{VALUE}corrections/", values_views.correct, name="correct_value"),
    path(f"{CORRECTION}approve/", values_views.approve_correction, name="approve_correction"),
    path(f"{CORRECTION}return/", values_views.send_correction_back, name="return_correction"),
]
