from django.urls import path

from desks.processing import views as processing_views

urlpatterns = [
    path("workspace/privacy/register/", processing_views.register, name="processing_register"),
    path("workspace/privacy/register/pdf/", processing_views.register_file, name="processing_register_file"),
]
