from django.urls import path

from partners.grants import views as grants_views

urlpatterns = [
    path("workspace/grants/", grants_views.grants, name="grants"),
]
