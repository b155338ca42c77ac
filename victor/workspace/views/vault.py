"""My vault: its passphrase is chosen, given and changed, and what it opens is named."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from victor.access import requires
from victor.vault import actions
from victor.vault.errors import NoVault, Refusal
from victor.vault.forms import ChangePassphraseForm, NewPassphraseForm, UnlockForm
from victor.vault.keys import Opened
from victor.vault.models import Ceremony, Group, PersonalKey
from victor.vault.views import needs_vault


@requires("vault.use")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Whether it is open, my groups, and recoveries that are under way."""
    keys = PersonalKey.objects.filter(user=request.user)
    context = {
        "personal": keys.in_use().first(),
        "forgotten": keys.exclude(set_aside_at=None).exists(),
        "groups": Group.objects.visible_to(request.user).for_overview(),
        "ceremonies": Ceremony.objects.visible_to(request.user).open().select_related("group", "user"),
    }
    return render(request, "workspace/vault.html", context)


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Choose the passphrase."""
    if PersonalKey.objects.in_use().filter(user=request.user).exists():
        return redirect("workspace:vault")
    form = NewPassphraseForm(request.POST or None, user=request.user)
    said = _("Your vault is set up and open.")
    entered = enter_with(request, form, lambda given: actions.set_up(request.user, given["new"]), said=said)
    return entered or render(request, "workspace/vault_set_up.html", {"form": form})


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Give the passphrase, and go on where it was asked for."""
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return enter(request, actions.unlock(request.user, form.cleaned_data["passphrase"]))
        except NoVault:
            return redirect("workspace:vault_set_up")
        except Refusal as refusal:
            form.add_error("passphrase", str(refusal))
    elif not PersonalKey.objects.in_use().filter(user=request.user).exists():
        return redirect("workspace:vault_set_up")
    return render(request, "workspace/vault_unlock.html", {"form": form, "next": _next(request)})


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

    def change(given: dict[str, str]) -> Opened:
        return actions.change_passphrase(request.user, given["passphrase"], new=given["new"])

    entered = enter_with(request, form, change, at="passphrase", said=_("Your passphrase is changed."))
    return entered or render(request, "workspace/vault_passphrase.html", {"form": form})


@requires("vault.use")
@require_POST
@needs_vault
def tend(request: HttpRequest) -> HttpResponse:
    """Go on with what stands still."""
    actions.tend(by=request.opened)
    messages.success(request, _("It goes on."))
    return redirect("workspace:vault")


def enter_with(
    request: HttpRequest, form: Form, act: Callable[[dict[str, str]], Opened], *, said: str, at: str | None = None
) -> HttpResponse | None:
    """Enter by what was typed. None where nothing was, or where the form now says, `at` a field, what is refused."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        opened = act(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(at, str(refusal))
        return None
    messages.success(request, said)
    return enter(request, opened)


def enter(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Keep the vault open in this browser, do what waited for it, and go on."""
    with opened:
        request.vault.keep(opened)
        try:
            actions.tend(by=opened)
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect(_next(request) or reverse("workspace:vault"))


def _next(request: HttpRequest) -> str:
    """Where to go on: a path of this site, or nothing."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
