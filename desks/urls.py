from django.urls import path

from desks.views import enquiries, figures, retention

app_name = "desks"
DESK = "workspace/desks/<slug:slug>/"
RETENTION = f"{DESK}retention/"
urlpatterns = [
    path("workspace/retention/", retention.rules, name="retention_rules"),
    path("workspace/retention/<int:pk>/approve/", retention.decide_rule, {"step": "approve"}, name="approve_rule"),
    path("workspace/retention/<int:pk>/withdraw/", retention.decide_rule, {"step": "withdraw"}, name="withdraw_rule"),
    path("workspace/figures/", figures.figures, name="figures"),
    path(f"{DESK}figures/", figures.desk_figures, name="desk_figures"),
    path(f"{DESK}enquiries/new/", enquiries.new_enquiry, name="new_enquiry"),
    path(f"{DESK}enquiries/undo/", enquiries.undo_enquiry, name="undo_enquiry"),
    path(RETENTION, retention.retention, name="retention"),
    path(f"{RETENTION}holds/<int:number>/lift/", retention.lift_hold, name="lift_hold"),
    path(f"{RETENTION}<str:reference>/", retention.hold, name="hold"),
    path(f"{RETENTION}<str:reference>/erase/", retention.erase, name="erase"),
]
