from django.urls import path

from desks.inbox import deletion_views, original_views, report_views
from desks.inbox import views as inbox_views

DESK = "workspace/desks/<slug:slug>/"
REPORT = f"{DESK}reports/<str:reference>/"
urlpatterns = [
    path("workspace/desks/", inbox_views.desks, name="inbox_desks"),
    path("workspace/desks/counters.json", inbox_views.counters, name="inbox_counters"),
    path("workspace/originals/", original_views.originals_elsewhere, name="originals_elsewhere"),
    path(
        "workspace/originals/<int:number>/grant/",
        original_views.grant_original_elsewhere,
        name="original_grant_elsewhere",
    ),
    path(DESK, inbox_views.inbox, name="inbox"),
    path(f"{DESK}retention/<str:reference>/erase/", deletion_views.erase, name="erase"),
    path(f"{DESK}retention/<str:reference>/keep/", deletion_views.keep, name="keep"),
    path(REPORT, report_views.report, name="inbox_report"),
    path(f"{REPORT}write/", report_views.write, name="report_write"),
    path(f"{REPORT}assign/", report_views.assign, name="report_assign"),
    path(f"{REPORT}translate/<uuid:envelope>/", report_views.translate, name="report_translate"),
    path(f"{REPORT}move/<str:move>/", report_views.move, name="report_move"),
    path(f"{REPORT}files/<int:number>/", original_views.report_file, name="report_file"),
    path(f"{REPORT}files/<int:number>/original/", original_views.ask_original, name="original_ask"),
    path(f"{REPORT}originals/<int:number>/", original_views.original, name="original"),
    path(f"{REPORT}originals/<int:number>/grant/", original_views.grant_original, name="original_grant"),
]
