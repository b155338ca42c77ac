"""Passkeys that open my vault: named, added, removed, and used instead of the passphrase.

What a passkey answers is sent in the body of a form, and is written into no page, session or log.
"""

from __future__ import annotations

import secrets

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from victor.access import requires
from victor.accounts.views import needs_second_factor
from victor.confirmations import Confirmation, asks_first
from victor.vault.errors import NoVault, VaultRefusal, WrongPasskey
from victor.vault.keys.models import PasskeyLock, PersonalKey
from victor.vault.passkeys import actions
from victor.vault.passkeys.assertions import SALT_BYTES, ask_passkeys, passkeys_of, take_question
from victor.vault.passkeys.forms import PasskeyAnswerForm, VaultPasskeyForm
from victor.vault.passkeys.states import Purpose
from victor.vault.passphrases.forms import UnlockForm
from victor.vault.passphrases.middleware import VaultRequest
from victor.workspace.vault.views import enter, unlock_page


@requires("vault.use")
@require_safe
def passkeys(request: VaultRequest) -> HttpResponse:
    """My passkeys, and which of them open my vault."""
    locks = {lock.passkey_id: lock for lock in PasskeyLock.objects.visible_to(request.user)}
    rows = [(passkey, locks.get(passkey.pk)) for passkey in passkeys_of(request.user)]
    has_vault = PersonalKey.objects.in_use().filter(user=request.user).exists()
    return render(request, "workspace/vault/passkeys.html", {"rows": rows, "has_vault": has_vault})


@requires("vault.use")
@require_POST
def ask_to_unlock(request: VaultRequest) -> JsonResponse:
    """What the browser has to know to ask any of the passkeys that open my vault."""
    locks = PasskeyLock.objects.visible_to(request.user).select_related("passkey")
    salts = {lock.passkey: bytes(lock.salt) for lock in locks}
    if not salts:
        raise Http404
    return JsonResponse(ask_passkeys(request.session, salts, purpose=Purpose.UNLOCK))


@requires("vault.use")
@sensitive_post_parameters()
@require_POST
def unlock(request: VaultRequest) -> HttpResponse:
    """Unlock it with what a passkey has answered, and go on where it was asked for."""
    form = PasskeyAnswerForm(request.POST)
    try:
        question = take_question(request.session, purpose=Purpose.UNLOCK)
        if not form.is_valid():
            raise WrongPasskey
        unlocked = actions.unlock_with_passkey(request.user, form.answer, question=question)
    except NoVault:
        return redirect("workspace:vault_set_up")
    except VaultRefusal as refusal:
        return unlock_page(request, UnlockForm(), refusal=str(refusal))
    return enter(request, unlocked)


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_second_factor
def add(request: VaultRequest, pk: int) -> HttpResponse:
    """Let one of my passkeys open my vault. The passphrase is asked for once more."""
    passkey = _get_passkey(request, pk)
    form = VaultPasskeyForm(request.POST or None)
    if form.is_valid():
        try:
            question = take_question(request.session, purpose=Purpose.ADD)
            passphrase = form.cleaned_data["passphrase"]
            unlocked = actions.add_passkey(request.user, passphrase, form.answer, question=question)
        except VaultRefusal as refusal:
            form.add_error("passphrase", str(refusal))
        else:
            messages.success(request, _("The passkey now opens your vault."))
            return enter(request, unlocked)
    return render(request, "workspace/vault/passkey_add.html", {"form": form, "passkey": passkey})


@requires("vault.use")
@require_POST
def ask_to_add(request: VaultRequest, pk: int) -> JsonResponse:
    """What the browser has to know to ask this passkey for the secret that it will open my vault with."""
    salts = {_get_passkey(request, pk): secrets.token_bytes(SALT_BYTES)}
    return JsonResponse(ask_passkeys(request.session, salts, purpose=Purpose.ADD))


def _ask_to_remove(request: VaultRequest, pk: int) -> Confirmation:
    lock = _get_lock(request, pk)
    return Confirmation(
        question=_("Remove the passkey “%(name)s” from your vault?") % {"name": lock.passkey},
        consequences=(
            _("It opens your vault no longer. Your passphrase still does."),
            _("You can still log in with it, and add it to your vault again."),
            _("If somebody else may have used it, get new keys as well: choose “Others may know my passphrase”."),
        ),
        verb=_("Remove the passkey"),
        back=reverse("workspace:vault_passkeys"),
    )


@requires("vault.use")
@require_http_methods(["GET", "HEAD", "POST"])
@asks_first(_ask_to_remove)
def remove(request: VaultRequest, pk: int) -> HttpResponse:
    """Let a passkey open my vault no longer."""
    actions.remove_passkey(_get_lock(request, pk), by=request.user)
    messages.success(request, _("The passkey no longer opens your vault."))
    return redirect("workspace:vault_passkeys")


def _get_passkey(request: VaultRequest, pk: int) -> Authenticator:
    return get_object_or_404(passkeys_of(request.user), pk=pk)


def _get_lock(request: VaultRequest, pk: int) -> PasskeyLock:
    """One of mine, by the number of its passkey."""
    return get_object_or_404(PasskeyLock.objects.visible_to(request.user).select_related("passkey"), passkey=pk)
