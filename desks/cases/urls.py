from django.urls import path

from desks.cases import case_step_views, case_views, closing_views, merge_views, opening_views, paper_views
from desks.cases import views as cases_views

CASES = "workspace/desks/<slug:slug>/cases/"
CASE = f"{CASES}<str:reference>/"
urlpatterns = [
    path("workspace/cases/", cases_views.my_desks, name="case_desks"),
    path(CASES, cases_views.case_list, name="cases"),
    path(f"{CASES}new/", opening_views.new_case, name="case_new"),
    path(f"{CASES}board/", cases_views.board, name="case_board"),
    path(f"{CASES}assign/", cases_views.assign_many, name="cases_assign"),
    path(CASE, case_views.case, name="case"),
    path(f"{CASE}note/", case_views.note, name="case_note"),
    path(f"{CASE}take/", case_views.take, name="case_take"),
    path(f"{CASE}restrict/", closing_views.restrict, name="case_restrict"),
    path(f"{CASE}restrict/lift/", closing_views.lift_restriction, name="case_lift_restriction"),
    path(f"{CASE}merge/", merge_views.choose, name="case_merge"),
    path(f"{CASE}merge/<str:other>/", merge_views.merge, name="case_merge_into"),
    path(f"{CASE}named/", closing_views.name_person, name="case_name_person"),
    path(f"{CASE}named/<int:number>/remove/", closing_views.remove_person, name="case_remove_person"),
    path(f"{CASE}status/", case_step_views.status, name="case_status"),
    path(f"{CASE}papers/<int:number>/", paper_views.paper, name="case_paper"),
    path(f"{CASE}do/<str:step>/", case_step_views.step, name="case_step"),
    path(f"{CASE}write/<str:part>/", case_step_views.block, name="case_block"),
    path(f"{CASE}tasks/<int:number>/<str:step>/", case_views.task, name="case_task"),
    path(f"{CASE}drafts/<int:number>/<str:step>/", case_views.draft, name="case_draft"),
    path(f"{CASE}relatives/<int:number>/<str:step>/", case_views.relative, name="case_relative"),
    path(f"{CASE}phases/<int:number>/end/", case_views.end_phase, name="case_end_phase"),
    path(f"{CASE}holds/<int:number>/lift/", case_views.lift_hold, name="case_lift_hold"),
    path(f"{CASE}requests/<int:number>/<str:step>/", closing_views.decide, name="case_decide"),
    path(f"{CASE}<str:section>/", case_views.section, name="case_section"),
]
