from django.urls import path

from desks.processing import views as processing_views

urlpatterns = [path("workspace/privacy/register/", processing_views.register, name="processing_register")]
