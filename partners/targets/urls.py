from django.urls import path

from partners.targets import views as targets_views

urlpatterns = [
    path("workspace/grants/<int:pk>/money/", targets_views.money, name="grant_money"),
]
