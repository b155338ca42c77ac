from django.urls import path

from trainings.evaluation import views as evaluation_views

LED = "workspace/seminars/<slug:slug>/"
urlpatterns = [
    path(f"{LED}questionnaires/", evaluation_views.questionnaires, name="questionnaires"),
]
