from django.urls import path

from victor.workspace.digest import views as digest_views
from victor.workspace.exchange import views as exchange_views
from victor.workspace.home import views as home_views
from victor.workspace.log import views as log_views
from victor.workspace.pictures import views as pictures_views
from victor.workspace.search import views as search_views
from victor.workspace.texts import matrix_views
from victor.workspace.texts import views as texts_views
from victor.workspace.vault import passkey_views
from victor.workspace.vault import views as vault_views

app_name = "workspace"
TEXT = "texts/<str:kind>/<int:pk>/<str:language>/"
urlpatterns = [
    path("", home_views.home, name="home"),
    path("search/", search_views.search, name="search"),
    path("keys/", search_views.keys, name="keys"),
    path("digest/", digest_views.digest, name="digest"),
    path("first-steps/hide/", digest_views.hide_first_steps, name="hide_first_steps"),
    path("log/", log_views.log, name="log"),
    path("log/verify/", log_views.verify, name="verify_log"),
    path("pictures/", pictures_views.pictures, name="pictures"),
    path("pictures/new/", pictures_views.add, name="picture_add"),
    path("pictures/<int:pk>/", pictures_views.picture, name="picture"),
    path("pictures/<int:pk>/focus/", pictures_views.focus, name="picture_focus"),
    path("pictures/<int:pk>/remove/", pictures_views.remove, name="picture_remove"),
    path("texts/", matrix_views.matrix, name="texts"),
    path("texts/exchange/", exchange_views.exchange, name="exchange"),
    path("texts/exchange/download/", exchange_views.download, name="exchange_download"),
    path("texts/pasted/", texts_views.pasted, name="pasted"),
    path(TEXT, texts_views.text, name="text"),
    path(f"{TEXT}autosave/", texts_views.autosave, name="autosave"),
    path(f"{TEXT}schedule/", texts_views.schedule, name="schedule"),
    path(f"{TEXT}versions/", texts_views.versions, name="versions"),
    path(f"{TEXT}versions/<int:number>/", texts_views.restore, name="bring_back"),
    path(f"{TEXT}<str:move>/", texts_views.move, name="move"),
    path("vault/", vault_views.overview, name="vault"),
    path("vault/set-up/", vault_views.set_up, name="vault_set_up"),
    path("vault/unlock/", vault_views.unlock, name="vault_unlock"),
    path("vault/state.json", vault_views.state, name="vault_state"),
    path("vault/lock/", vault_views.lock, name="vault_lock"),
    path("vault/passphrase/", vault_views.passphrase, name="vault_passphrase"),
    path("vault/passphrase/known/", vault_views.known, name="vault_known"),
    path("vault/passkeys/", passkey_views.passkeys, name="vault_passkeys"),
    path("vault/passkeys/ask/", passkey_views.ask_to_unlock, name="vault_passkey_ask"),
    path("vault/passkeys/unlock/", passkey_views.unlock, name="vault_passkey_unlock"),
    path("vault/passkeys/<int:pk>/add/", passkey_views.add, name="vault_passkey_add"),
    path("vault/passkeys/<int:pk>/add/ask/", passkey_views.ask_to_add, name="vault_passkey_add_ask"),
    path("vault/passkeys/<int:pk>/remove/", passkey_views.remove, name="vault_passkey_remove"),
    path("vault/tend/", vault_views.maintain, name="vault_tend"),
    path("vault/forgotten/", vault_views.forgotten, name="vault_forgotten"),
    path("vault/remember/", vault_views.remember, name="vault_remember"),
    path("vault/recovery/<uuid:ceremony>/", vault_views.recovery_request, name="vault_recovery"),
    path("vault/recovery/<uuid:ceremony>/<str:step>/", vault_views.take_step, name="vault_recovery_step"),
]
