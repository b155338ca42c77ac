from django.urls import path

from partners.deliverables import views as deliverables_views

DELIVERABLE = "workspace/deliverables/<int:pk>/"
urlpatterns = [
    path("workspace/grants/<int:pk>/deliverables/", deliverables_views.deliverables, name="grant_deliverables"),
    path(DELIVERABLE, deliverables_views.deliverable, name="deliverable"),
    path(f"{DELIVERABLE}versions/", deliverables_views.upload, name="deliverable_upload"),
    path(f"{DELIVERABLE}versions/<int:number>/", deliverables_views.version, name="deliverable_version"),
    path(f"{DELIVERABLE}review/", deliverables_views.ask, name="deliverable_ask"),
    *(
        path(f"{DELIVERABLE}{step}/", deliverables_views.take_step, {"step": step}, name=f"deliverable_{step}")
        for step in ("pass", "submit", "accept")
    ),
    *(
        path(f"{DELIVERABLE}{step}/", deliverables_views.give_back, {"step": step}, name=f"deliverable_{step}")
        for step in ("return", "send_back")
    ),
]
