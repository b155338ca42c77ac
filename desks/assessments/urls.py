from django.urls import path

from desks.assessments import views as assessments_views

ASSESSMENTS = "workspace/desks/<slug:slug>/cases/<str:reference>/assessments/"
urlpatterns = [
    path(f"{ASSESSMENTS}<int:number>/<str:step>/", assessments_views.settle, name="case_assessment_step"),
    path(f"{ASSESSMENTS}<str:kind>/", assessments_views.write, name="case_assessment"),
]
