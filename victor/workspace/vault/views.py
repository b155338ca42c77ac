"""My vault: its passphrase is chosen, given and changed, and what it opens is named."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from victor.access import requires
from victor.accounts.views import needs_second_factor
from victor.vault.errors import NoVault, VaultRefusal
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import recovery
from victor.vault.groups.models import Group, RecoveryRequest
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.keys.models import PasskeyLock, PersonalKey
from victor.vault.passphrases import actions as passphrases_actions
from victor.vault.passphrases.forms import ChangePassphraseForm, NewPassphraseForm, UnlockForm
from victor.vault.passphrases.middleware import VaultRequest
from victor.vault.passphrases.views import needs_vault


@requires("vault.use")
@require_safe
def overview(request: VaultRequest) -> HttpResponse:
    """Whether it is open, my groups, and recoveries that are under way."""
    keys = PersonalKey.objects.filter(user=request.user)
    requests = RecoveryRequest.objects.visible_to(request.user).open().select_related("group", "user")
    context = {
        "personal": keys.in_use().first(),
        "forgotten": keys.exclude(set_aside_at=None).exists(),
        "groups": list(Group.objects.visible_to(request.user).for_overview()),
        "recovery_requests": list(requests),
    }
    return render(request, "workspace/vault/overview.html", context)


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: VaultRequest) -> HttpResponse:
    """Choose the passphrase."""
    if PersonalKey.objects.in_use().filter(user=request.user).exists():
        return redirect("workspace:vault")
    form = NewPassphraseForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            unlocked = passphrases_actions.set_up_vault(request.user, form.cleaned_data["new"])
        except VaultRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your vault is set up and unlocked."))
            return enter(request, unlocked)
    return render(request, "workspace/vault/set_up.html", {"form": form})


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: VaultRequest) -> HttpResponse:
    """Give the passphrase, and go on where it was asked for."""
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return enter(request, passphrases_actions.unlock_vault(request.user, form.cleaned_data["passphrase"]))
        except NoVault:
            return redirect("workspace:vault_set_up")
        except VaultRefusal as refusal:
            form.add_error("passphrase", str(refusal))
    elif not PersonalKey.objects.in_use().filter(user=request.user).exists():
        return redirect("workspace:vault_set_up")
    return unlock_page(request, form)


@requires("vault.use")
@require_safe
def state(request: VaultRequest) -> JsonResponse:
    """How many seconds the vault stays unlocked. A page that shows secrets asks, so that it can cover them in time."""
    return JsonResponse({"seconds": request.vault.seconds_left}, headers={"Cache-Control": "no-store"})


@requires("vault.use")
@require_POST
def lock(request: VaultRequest) -> HttpResponse:
    """Lock it now."""
    request.vault.lock()
    messages.success(request, _("Your vault is locked."))
    return redirect("workspace:vault")


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: VaultRequest) -> HttpResponse:
    """Change it."""
    form = ChangePassphraseForm(request.POST or None, user=request.user)
    if form.is_valid():
        old, new = form.cleaned_data["passphrase"], form.cleaned_data["new"]
        try:
            unlocked = passphrases_actions.change_passphrase(request.user, old, new=new)
        except VaultRefusal as refusal:
            form.add_error("passphrase", str(refusal))
        else:
            messages.success(request, _("Your passphrase has been changed."))
            return enter(request, unlocked)
    return render(request, "workspace/vault/passphrase.html", {"form": form})


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def known(request: VaultRequest) -> HttpResponse:
    """Make a passphrase worthless that others may know."""
    form = ChangePassphraseForm(request.POST or None, user=request.user)
    if form.is_valid():
        old, new = form.cleaned_data["passphrase"], form.cleaned_data["new"]
        try:
            unlocked = passphrases_actions.replace_known_passphrase(request.user, old, new=new)
        except VaultRefusal as refusal:
            form.add_error("passphrase", str(refusal))
        else:
            messages.success(
                request, _("You and your groups have new keys. The old passphrase opens nothing any more.")
            )
            return enter(request, unlocked)
    return render(request, "workspace/vault/known.html", {"form": form, "has_passkey": _has_passkey(request)})


@requires("vault.use")
@require_POST
@needs_vault
def maintain(request: VaultRequest) -> HttpResponse:
    """Go on with what stands still."""
    groups_actions.run_pending_maintenance(by=request.unlocked_vault)
    messages.success(request, _("Continuing."))
    return redirect("workspace:vault")


def unlock_page(request: VaultRequest, form: UnlockForm, *, refusal: str = "") -> HttpResponse:
    """The page that unlocks the vault, by a passkey where one opens it. `refusal`: why the passkey has not."""
    context = {"form": form, "next": _next(request), "has_passkey": _has_passkey(request), "refusal": refusal}
    return render(request, "workspace/vault/unlock.html", context)


def enter(request: VaultRequest, unlocked: UnlockedVault) -> HttpResponse:
    """Keep the vault unlocked in this browser, do what waited for it, and go on."""
    with unlocked:
        request.vault.keep_unlocked(unlocked)
        try:
            groups_actions.run_pending_maintenance(by=unlocked)
        except VaultRefusal as refusal:
            messages.error(request, str(refusal))
    return redirect(_next(request) or reverse("workspace:vault"))


def _has_passkey(request: VaultRequest) -> bool:
    return PasskeyLock.objects.visible_to(request.user).exists()


def _next(request: VaultRequest) -> str:
    """Where to go on: a path of this site, or nothing."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


STEP_MESSAGES = {
    "confirm": gettext_noop("Saved. Now a second recovery officer has to speak to %(name)s."),
    "complete": gettext_noop("The access of %(name)s is restored."),
    "withdraw": gettext_noop("The recovery for %(name)s has been cancelled."),
}
STEPS = {
    "confirm": lambda ceremony, opened: recovery.confirm_recovery(ceremony, by=opened),
    "complete": lambda ceremony, opened: recovery.complete_recovery(ceremony, by=opened),
    "withdraw": lambda ceremony, opened: recovery.withdraw_recovery(ceremony, by=opened.person),
}


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_second_factor
def forgotten(request: VaultRequest) -> HttpResponse:
    """Choose a new passphrase, and ask the officers of each group for access."""
    form = NewPassphraseForm(request.POST or None, user=request.user)
    groups = list(Group.objects.filter(members__user=request.user).with_recovery())
    if form.is_valid():
        try:
            unlocked = passphrases_actions.replace_forgotten_passphrase(request.user, form.cleaned_data["new"])
        except VaultRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            for group in groups:
                _ask(request, group, unlocked)
            return enter(request, unlocked)
    context = {"form": form, "groups": groups, "has_passkey": _has_passkey(request)}
    return render(request, "workspace/vault/forgotten.html", context)


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_second_factor
@needs_vault
def remember(request: VaultRequest) -> HttpResponse:
    """Take the old passphrase into use again."""
    form = UnlockForm(request.POST or None)
    if form.is_valid():
        old = form.cleaned_data["passphrase"]
        try:
            unlocked = passphrases_actions.restore_old_passphrase(old, by=request.unlocked_vault)
        except VaultRefusal as refusal:
            form.add_error("passphrase", str(refusal))
        else:
            messages.success(request, _("Your old passphrase opens your vault again."))
            return enter(request, unlocked)
    return render(request, "workspace/vault/remember.html", {"form": form, "has_passkey": _has_passkey(request)})


@requires("vault.use")
@require_safe
@needs_vault
def recovery_request(request: VaultRequest, ceremony: UUID) -> HttpResponse:
    """Where a recovery stands, and what I can do in it."""
    requested = _get_request(request, ceremony)
    is_officer = requested.user != request.user and requested.first != request.user
    return render(request, "workspace/vault/recovery.html", {"ceremony": requested, "is_officer": is_officer})


@requires("vault.use")
@require_POST
@needs_vault
def take_step(request: VaultRequest, ceremony: UUID, step: str) -> HttpResponse:
    """Confirm, complete or end it."""
    requested = _get_request(request, ceremony)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](requested, request.unlocked_vault)
    except VaultRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _(STEP_MESSAGES[step]) % {"name": requested.user.name})
    return redirect("workspace:vault_recovery", requested.pk)


def _get_request(request: VaultRequest, pk: UUID) -> RecoveryRequest:
    seen = RecoveryRequest.objects.visible_to(request.user).select_related("group", "user", "first", "second")
    return get_object_or_404(seen, pk=pk)


def _ask(request: VaultRequest, group: Group, unlocked: UnlockedVault) -> None:
    try:
        recovery.request_recovery(group, by=unlocked)
    except VaultRefusal as refusal:
        messages.error(request, f"{group}: {refusal}")
    else:
        messages.success(request, _("The recovery officers of “%(group)s” have been asked.") % {"group": group})
