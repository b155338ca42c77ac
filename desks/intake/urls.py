from django.urls import path

from desks.intake import receipt_views
from desks.intake import views as intake_views

DESK = "workspace/desks/<slug:slug>/"
urlpatterns = [
    path("report/", intake_views.report_index, name="report_index"),
    path("report/receipt/", receipt_views.receipt, name="receipt"),
    path("report/return/", receipt_views.conversation, name="conversation"),
    path("report/<slug:code>/", intake_views.report, name="report"),
    path(f"{DESK}reports/new/", intake_views.report_on_behalf, name="on_behalf"),
    path(f"{DESK}people/test/", intake_views.send_test, name="send_test"),
]
