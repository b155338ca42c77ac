"""My vault: its passphrase is chosen, given and changed, and what it opens is named."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from victor.access import requires
from victor.vault.errors import NoVault, VaultRefusal
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import recovery
from victor.vault.groups.models import Group, RecoveryRequest
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.keys.models import PersonalKey
from victor.vault.passphrases import actions as passphrases_actions
from victor.vault.passphrases.forms import ChangePassphraseForm, NewPassphraseForm, UnlockForm
from victor.vault.passphrases.views import needs_vault


@requires("vault.use")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Whether it is open, my groups, and recoveries that are under way."""
    keys = PersonalKey.objects.filter(user=request.user)
    context = {
        "personal": keys.in_use().first(),
        "forgotten": keys.exclude(set_aside_at=None).exists(),
        "groups": Group.objects.visible_to(request.user).for_overview(),
        "recovery_requests": RecoveryRequest.objects.visible_to(request.user).open().select_related("group", "user"),
    }
    return render(request, "workspace/vault/overview.html", context)


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Choose the passphrase."""
    if PersonalKey.objects.in_use().filter(user=request.user).exists():
        return redirect("workspace:vault")
    form = NewPassphraseForm(request.POST or None, user=request.user)
    message = _("Your vault is set up and unlocked.")
    entered = enter_with(
        request, form, lambda given: passphrases_actions.set_up_vault(request.user, given["new"]), message=message
    )
    return entered or render(request, "workspace/vault/set_up.html", {"form": form})


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
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
    return render(request, "workspace/vault/unlock.html", {"form": form, "next": _next(request)})


@requires("vault.use")
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock it now."""
    request.vault.lock()
    messages.success(request, _("Your vault is locked."))
    return redirect("workspace:vault")


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """Change it."""
    form = ChangePassphraseForm(request.POST or None, user=request.user)

    def change(given: dict[str, str]) -> UnlockedVault:
        return passphrases_actions.change_passphrase(request.user, given["passphrase"], new=given["new"])

    entered = enter_with(request, form, change, at="passphrase", message=_("Your passphrase has been changed."))
    return entered or render(request, "workspace/vault/passphrase.html", {"form": form})


@requires("vault.use")
@require_POST
@needs_vault
def maintain(request: HttpRequest) -> HttpResponse:
    """Go on with what stands still."""
    groups_actions.run_pending_maintenance(by=request.unlocked_vault)
    messages.success(request, _("Continuing."))
    return redirect("workspace:vault")


def enter_with(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, str]], UnlockedVault],
    *,
    message: str,
    at: str | None = None,
) -> HttpResponse | None:
    """Enter by what was typed. None where nothing was, or where the form now says, `at` a field, what is refused."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        opened = act(form.cleaned_data)
    except VaultRefusal as refusal:
        form.add_error(at, str(refusal))
        return None
    messages.success(request, message)
    return enter(request, opened)


def enter(request: HttpRequest, opened: UnlockedVault) -> HttpResponse:
    """Keep the vault open in this browser, do what waited for it, and go on."""
    with opened:
        request.vault.keep_unlocked(opened)
        try:
            groups_actions.run_pending_maintenance(by=opened)
        except VaultRefusal as refusal:
            messages.error(request, str(refusal))
    return redirect(_next(request) or reverse("workspace:vault"))


def _next(request: HttpRequest) -> str:
    """Where to go on: a path of this site, or nothing."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


STEPS = {
    "confirm": lambda ceremony, opened: recovery.confirm_recovery(ceremony, by=opened),
    "complete": lambda ceremony, opened: recovery.complete_recovery(ceremony, by=opened),
    "withdraw": lambda ceremony, opened: recovery.withdraw_recovery(ceremony, by=opened.person),
}


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Choose a new passphrase, and ask the officers of each group for access."""
    form = NewPassphraseForm(request.POST or None, user=request.user)
    groups = Group.objects.filter(members__user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            opened = passphrases_actions.replace_forgotten_passphrase(request.user, form.cleaned_data["new"])
        except VaultRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            for group in groups:
                _ask(request, group, opened)
            return enter(request, opened)
    return render(request, "workspace/vault/forgotten.html", {"form": form, "groups": groups})


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def remember(request: HttpRequest) -> HttpResponse:
    """Take the old passphrase into use again."""
    form = UnlockForm(request.POST or None)

    def remembered(given: dict[str, str]) -> UnlockedVault:
        return passphrases_actions.restore_old_passphrase(given["passphrase"], by=request.unlocked_vault)

    message = _("Your old passphrase opens your vault again.")
    entered = enter_with(request, form, remembered, at="passphrase", message=message)
    return entered or render(request, "workspace/vault/remember.html", {"form": form})


@requires("vault.use")
@require_safe
@needs_vault
def recovery_request(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """Where a recovery stands, and what I can do in it."""
    requested = _get_request(request, ceremony)
    is_officer = requested.user != request.user and requested.first != request.user
    return render(request, "workspace/vault/recovery.html", {"ceremony": requested, "is_officer": is_officer})


@requires("vault.use")
@require_POST
@needs_vault
def take_step(request: HttpRequest, ceremony: UUID, step: str) -> HttpResponse:
    """Confirm, complete or end it."""
    requested = _get_request(request, ceremony)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](requested, request.unlocked_vault)
    except VaultRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("workspace:vault_recovery", requested.pk)


def _get_request(request: HttpRequest, pk: UUID) -> RecoveryRequest:
    seen = RecoveryRequest.objects.visible_to(request.user).select_related("group", "user", "first", "second")
    return get_object_or_404(seen, pk=pk)


def _ask(request: HttpRequest, group: Group, opened: UnlockedVault) -> None:
    try:
        recovery.request_recovery(group, by=opened)
    except VaultRefusal as refusal:
        messages.error(request, f"{group}: {refusal}")
    else:
        messages.success(request, _("The recovery officers of “%(group)s” have been asked.") % {"group": group})
