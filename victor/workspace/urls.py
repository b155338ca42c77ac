from django.urls import path

from victor.workspace.views import exchange, home, pictures, recovery, texts, vault

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
    path("vault/", vault.overview, name="vault"),
    path("vault/set-up/", vault.set_up, name="vault_set_up"),
    path("vault/unlock/", vault.unlock, name="vault_unlock"),
    path("vault/lock/", vault.lock, name="vault_lock"),
    path("vault/passphrase/", vault.passphrase, name="vault_passphrase"),
    path("vault/tend/", vault.tend, name="vault_tend"),
    path("vault/forgotten/", recovery.forgotten, name="vault_forgotten"),
    path("vault/remember/", recovery.remember, name="vault_remember"),
    path("vault/recovery/<uuid:ceremony>/", recovery.ceremony, name="vault_recovery"),
    path("vault/recovery/<uuid:ceremony>/<str:step>/", recovery.take_step, name="vault_recovery_step"),
]
