from django.urls import path

from desks.plans import service_views
from desks.plans import views as plans_views

CASE = "workspace/desks/<slug:slug>/cases/<str:reference>/"
urlpatterns = [
    path(f"{CASE}plan/write/", plans_views.write, name="case_plan"),
    path(f"{CASE}plan/goals/<int:number>/", plans_views.goal, name="case_goal"),
    path(f"{CASE}plan/<int:number>/<str:step>/", plans_views.settle, name="case_plan_step"),
    path(f"{CASE}services/<int:number>/<str:step>/", service_views.step, name="case_service_step"),
]
