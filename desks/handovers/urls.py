from django.urls import path

from desks.handovers import views as handovers_views

DESK = "workspace/desks/<slug:slug>/"
REPORT = f"{DESK}reports/<str:reference>/"
urlpatterns = [
    path(f"{DESK}hand-overs/<str:referral>/<str:step>/", handovers_views.answer_offer, name="hand_over_answer"),
    path(f"{REPORT}hand-over/", handovers_views.ask_reporter, name="hand_over"),
    path(f"{REPORT}hand-over/<str:referral>/complete/", handovers_views.complete, name="hand_over_complete"),
    path(f"{REPORT}hand-over/<str:referral>/<str:step>/", handovers_views.step, name="hand_over_step"),
]
