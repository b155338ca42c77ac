from django.urls import path

from victor.workspace.views import exchange, home, pictures, texts

app_name = "workspace"
TEXT = "texts/<str:kind>/<int:pk>/<str:language>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("pictures/", pictures.pictures, name="pictures"),
    path("pictures/new/", pictures.add, name="picture_add"),
    path("pictures/<int:pk>/", pictures.picture, name="picture"),
    path("pictures/<int:pk>/focus/", pictures.focus, name="picture_focus"),
    path("pictures/<int:pk>/remove/", pictures.remove, name="picture_remove"),
    path("texts/", texts.matrix, name="texts"),
    path("texts/exchange/", exchange.exchange, name="exchange"),
    path("texts/exchange/download/", exchange.download, name="exchange_download"),
    path(TEXT, texts.text, name="text"),
    path(f"{TEXT}autosave/", texts.autosave, name="autosave"),
    path(f"{TEXT}schedule/", texts.schedule, name="schedule"),
    path(f"{TEXT}versions/", texts.versions, name="versions"),
    path(f"{TEXT}versions/<int:number>/", texts.bring_back, name="bring_back"),
    path(f"{TEXT}<str:move>/", texts.move, name="move"),
]
