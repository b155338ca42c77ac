from django.urls import path

from partners.directory import views as directory_views

urlpatterns = [
    path("partners/", directory_views.directory, name="directory"),
    path("partners/<slug:slug>/", directory_views.organisation, name="organisation"),
    path("networks/<slug:slug>/", directory_views.network, name="network"),
]
