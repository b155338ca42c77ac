from django.urls import path

from desks.duty import rota_views, swap_views, views

DESK = "workspace/desks/<slug:slug>/"
urlpatterns = [
    path("workspace/duty/", rota_views.duty, name="duty"),
    path("workspace/duty/number/", rota_views.set_number, name="duty_number"),
    path("workspace/duty/number/confirm/", rota_views.confirm_number, name="duty_number_confirm"),
    path("workspace/duty/number/remove/", rota_views.remove_number, name="duty_number_remove"),
    path(f"{DESK}duty/<int:number>/", views.alarm, name="alarm"),
    path(f"{DESK}duty/<int:number>/take/", views.take, name="alarm_take"),
    path(f"{DESK}duty/<int:number>/calls/", views.note_calls, name="alarm_calls"),
    path(f"{DESK}rota/", rota_views.rota, name="rota"),
    path(f"{DESK}rota/policy/", rota_views.policy, name="rota_policy"),
    path(f"{DESK}rota/take-over/", rota_views.take_over, name="rota_take_over"),
    path(f"{DESK}rota/swap/", swap_views.ask, name="swap"),
    path(f"{DESK}rota/swap/<int:number>/<str:step>/", swap_views.answer, name="swap_answer"),
    path(f"{DESK}rota/plan/<str:step>/", rota_views.plan, name="rota_plan"),
    path(f"{DESK}rota/<int:number>/remove/", rota_views.remove, name="rota_remove"),
]
