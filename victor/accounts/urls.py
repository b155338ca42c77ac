"""The pages of allauth, with what each asks for."""

from allauth import urls as allauth_urls

from victor.access import PUBLIC, Access, declare

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
    "mfa_signup_webauthn",
    "mfa_trust",
}

urlpatterns = declare(allauth_urls.urlpatterns, Access("accounts.manage_own"), public=OPEN_TO_VISITORS)
