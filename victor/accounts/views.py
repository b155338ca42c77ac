"""Where allauth's own pages would allow more than VICTOR does."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _


@login_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a passkey away, unless it is the last factor: allauth asks that for authenticator apps only."""
    passkeys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    if not get_adapter().can_delete_authenticator(get_object_or_404(passkeys, pk=pk)):
        messages.error(request, _("This is your only second step. Set up another one before you remove it."))
        return redirect("mfa_list_webauthn")
    return remove_webauthn(request, pk=pk)
