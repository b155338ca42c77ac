from django.urls import path

from desks.views import behalf, conversation, enquiries, figures, files, hand_overs, inbox, intake, report, retention

app_name = "desks"
DESK = "workspace/desks/<slug:slug>/"
REPORT = f"{DESK}reports/<str:reference>/"
RETENTION = f"{DESK}retention/"
urlpatterns = [
    path("report/", intake.report_index, name="report_index"),
    path("report/receipt/", intake.receipt, name="receipt"),
    path("report/return/", conversation.conversation, name="conversation"),
    path("report/<slug:code>/", intake.report, name="report"),
    path(f"{DESK}reports/new/", behalf.on_behalf, name="on_behalf"),
    path("workspace/desks/", inbox.desks, name="inbox_desks"),
    path("workspace/desks/counters.json", inbox.counters, name="inbox_counters"),
    path(DESK, inbox.inbox, name="inbox"),
    path(f"{DESK}hand-overs/<int:number>/<str:step>/", hand_overs.answer, name="hand_over_answer"),
    path(REPORT, report.report, name="inbox_report"),
    path(f"{REPORT}write/", report.write, name="report_write"),
    path(f"{REPORT}assign/", report.assign, name="report_assign"),
    path(f"{REPORT}translate/<uuid:envelope>/", report.translate, name="report_translate"),
    path(f"{REPORT}move/<str:move>/", report.move, name="report_move"),
    path(f"{REPORT}hand-over/", hand_overs.ask, name="hand_over"),
    path(f"{REPORT}hand-over/<int:number>/complete/", hand_overs.complete, name="hand_over_complete"),
    path(f"{REPORT}hand-over/<int:number>/<str:step>/", hand_overs.step, name="hand_over_step"),
    path(f"{REPORT}files/<int:number>/", files.file, name="report_file"),
    path(f"{REPORT}files/<int:number>/original/", files.ask_original, name="original_ask"),
    path(f"{REPORT}originals/<int:number>/", files.original, name="original"),
    path(f"{REPORT}originals/<int:number>/grant/", files.grant_original, name="original_grant"),
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
