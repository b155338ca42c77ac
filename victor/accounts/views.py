"""Views in addition to those of allauth, and in place of one that allows more than this site does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

# The library has no public function that notes that a person has just given the password.
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import perform_login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from victor.accounts.models import User
from victor.accounts.sessions import gave_second_factor


@login_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey, unless it is the last factor. allauth checks that for authenticator apps only."""
    passkeys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    if not get_adapter().can_delete_authenticator(get_object_or_404(passkeys, pk=pk)):
        messages.error(request, _("This is your only second step. Set up another one before you remove it."))
        return redirect("mfa_list_webauthn")
    return remove_webauthn(request, pk=pk)


def log_in_new_user(request: HttpRequest, user: User, *, redirect_url: str) -> HttpResponse:
    """Log in a person who has just chosen a password. The set-up of the second factor does not ask for it again."""
    response: HttpResponse = perform_login(request, user, redirect_url=redirect_url)
    reauthenticate_by_password(request)
    return response


def needs_second_factor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Ask for the second factor again and come back, where it was not given just now. Write it below `@requires(...)`.

    What was posted is not stored meanwhile, unlike with the decorator of allauth: it may be a passphrase.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if gave_second_factor(request.session, form_is_sent=request.method == "POST"):
            return view(request, *args, **kwargs)
        messages.info(request, _("Please confirm with your second step first: this changes who can open your vault."))
        return redirect(f"{reverse(_factor_page(request))}?{urlencode({'next': request.get_full_path()})}")

    return guarded


def _factor_page(request: HttpRequest) -> str:
    """The page that asks for a code or, of a person who has passkeys only, for a passkey."""
    has_app = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"
