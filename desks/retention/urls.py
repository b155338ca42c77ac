from django.urls import path

from desks.retention import views as retention_views

DESK = "workspace/desks/<slug:slug>/"
RETENTION = f"{DESK}retention/"
urlpatterns = [
    path("workspace/retention/", retention_views.rules_overview, name="retention_rules"),
    path(
        "workspace/retention/<int:pk>/approve/", retention_views.decide_rule, {"step": "approve"}, name="approve_rule"
    ),
    path(
        "workspace/retention/<int:pk>/withdraw/",
        retention_views.decide_rule,
        {"step": "withdraw"},
        name="withdraw_rule",
    ),
    path("workspace/retention/deletions/", retention_views.deletions, name="deletions"),
    path(RETENTION, retention_views.retention, name="retention"),
    path(f"{RETENTION}holds/<int:number>/lift/", retention_views.lift_hold, name="lift_hold"),
    path(f"{RETENTION}<str:reference>/", retention_views.hold_by_law, name="hold"),
]
