from django.urls import path

from desks.alerts import views as alerts_views

ALERTS = "workspace/desks/<slug:slug>/alerts/"
ALERT = f"{ALERTS}<uuid:alert_id>/"
urlpatterns = [
    path(ALERTS, alerts_views.alerts, name="alerts"),
    path(f"{ALERTS}new/", alerts_views.new, name="alert_new"),
    path(ALERT, alerts_views.alert, name="alert"),
    path(f"{ALERT}answer/", alerts_views.answer, name="alert_answer"),
    path(f"{ALERT}take-back/", alerts_views.take_back, name="alert_take_back"),
]
