from django.urls import path

from trainings.statistics import views as statistics_views

urlpatterns = [
    path("workspace/training-figures/", statistics_views.figures, name="figures"),
    path("workspace/training-figures/<str:indicator>/", statistics_views.figure_rows, name="figure_rows"),
]
