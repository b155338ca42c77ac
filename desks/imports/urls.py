from django.urls import path

from desks.imports import views as imports_views

WAITING = "workspace/desks/<slug:slug>/exports/bring-in/"
urlpatterns = [
    path(WAITING, imports_views.imports, name="imports"),
    path(f"{WAITING}<int:number>/", imports_views.preview, name="import_preview"),
    path(f"{WAITING}<int:number>/columns/", imports_views.columns, name="import_columns"),
    path(f"{WAITING}<int:number>/words/", imports_views.words, name="import_words"),
    path(f"{WAITING}<int:number>/discard/", imports_views.discard, name="import_discard"),
]
