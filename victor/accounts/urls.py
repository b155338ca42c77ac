"""The pages of allauth, with the access that each requires."""

from allauth import urls as allauth_urls
from django.urls import path

from victor.access import Access, declare
from victor.accounts import views

OPEN_TO_VISITORS = {
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
# Sends a visitor home: logging out twice is no mistake.
GUARDED = {"account_logout"}
REPLACEMENTS = [path("2fa/webauthn/keys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn")]

urlpatterns = declare(
    [*REPLACEMENTS, *allauth_urls.urlpatterns],
    Access("accounts.manage_own"),
    public=OPEN_TO_VISITORS,
    guarded=GUARDED,
)
