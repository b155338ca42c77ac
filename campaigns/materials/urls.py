from django.urls import path

from campaigns.materials import views as materials_views

urlpatterns = [
    path("campaigns/materials/<slug:slug>/<str:language>/", materials_views.material, name="material"),
]
