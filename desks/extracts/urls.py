from django.urls import path

from desks.extracts import views as extracts_views

CASE = "workspace/desks/<slug:slug>/cases/<str:reference>"
NOTICE = f"{CASE}/privacy/<str:audience>"
urlpatterns = [
    path(f"{CASE}/extracts/new/", extracts_views.extract, name="case_extract"),
    path(f"{NOTICE}/given/", extracts_views.give, name="case_notice_given"),
    path(f"{NOTICE}/<str:language>/", extracts_views.notice, name="case_notice"),
    path(f"{NOTICE}/<str:language>/paper/", extracts_views.paper, name="case_notice_paper"),
]
