"""A passphrase is forgotten: two officers of the group restore the access, or it is remembered after all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from victor.access import requires
from victor.vault import actions
from victor.vault.errors import Refusal
from victor.vault.forms import NewPassphraseForm, UnlockForm
from victor.vault.keys import Opened
from victor.vault.models import Ceremony, Group
from victor.vault.views import needs_vault
from victor.workspace.views.vault import enter, enter_with

STEPS = {
    "confirm": lambda ceremony, opened: actions.confirm(ceremony, by=opened),
    "complete": lambda ceremony, opened: actions.complete(ceremony, by=opened),
    "withdraw": lambda ceremony, opened: actions.withdraw_recovery(ceremony, by=opened.person),
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
            opened = actions.set_aside(request.user, form.cleaned_data["new"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            for group in groups:
                _ask(request, group, opened)
            return enter(request, opened)
    return render(request, "workspace/vault_forgotten.html", {"form": form, "groups": groups})


@requires("vault.use")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def remember(request: HttpRequest) -> HttpResponse:
    """Take the old passphrase into use again."""
    form = UnlockForm(request.POST or None)

    def remembered(given: dict[str, str]) -> Opened:
        return actions.remember(given["passphrase"], by=request.opened)

    said = _("Your old passphrase opens your vault again.")
    entered = enter_with(request, form, remembered, at="passphrase", said=said)
    return entered or render(request, "workspace/vault_remember.html", {"form": form})


@requires("vault.use")
@require_safe
@needs_vault
def ceremony(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """Where a recovery stands, and what I can do in it."""
    found = _ceremony(request, ceremony)
    is_officer = found.user != request.user and found.first != request.user
    return render(request, "workspace/vault_recovery.html", {"ceremony": found, "is_officer": is_officer})


@requires("vault.use")
@require_POST
@needs_vault
def take_step(request: HttpRequest, ceremony: UUID, step: str) -> HttpResponse:
    """Confirm, complete or end it."""
    found = _ceremony(request, ceremony)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](found, request.opened)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("workspace:vault_recovery", found.pk)


def _ceremony(request: HttpRequest, pk: UUID) -> Ceremony:
    seen = Ceremony.objects.visible_to(request.user).select_related("group", "user", "first", "second")
    return get_object_or_404(seen, pk=pk)


def _ask(request: HttpRequest, group: Group, opened: Opened) -> None:
    try:
        actions.ask(group, by=opened)
    except Refusal as refusal:
        messages.error(request, f"{group}: {refusal}")
    else:
        messages.success(request, _("The officers of “%(group)s” have been asked.") % {"group": group})
