from django.urls import path

from desks.views import behalf, conversation, intake

app_name = "desks"
urlpatterns = [
    path("report/", intake.report_index, name="report_index"),
    path("report/receipt/", intake.receipt, name="receipt"),
    path("report/return/", conversation.conversation, name="conversation"),
    path("report/<slug:code>/", intake.report, name="report"),
    path("workspace/desks/<slug:slug>/reports/new/", behalf.on_behalf, name="on_behalf"),
]
