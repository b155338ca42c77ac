"""The doors of a package that is written, and of its steps: its page, what leaves, the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from desks.desk.errors import DeskRefusal
from desks.packages.actions import Made, read_contents, read_package
from desks.packages.models import Package
from desks.packages.presenters import package_page
from desks.packages.states import UNSENT
from desks.packages.steps import STEPS, offered_steps
from desks.referrals.presenters import shown_groups
from desks.referrals.steps import Taker
from victor.access import requires
from victor.files.downloads import stream_file
from victor.forms.statuses import status_of
from victor.vault.errors import NoGrant, Unopenable, VaultLocked, VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from django import forms

    from desks.packages.steps import PackageStep
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault
    from victor.vault.passphrases.middleware import VaultRequest


def get_package_or_404(user: User, slug: str, reference: str) -> Package:
    """The package at this address, for those who may open its case."""
    rows = Package.objects.visible_to(user).for_page()
    package: Package = get_object_or_404(rows, case__desk__slug=slug, reference=reference)
    return package


@requires("desks.work")
@require_safe
def package(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """One package. With a locked vault what was written is covered, not the page."""
    row = get_package_or_404(request.user, slug, reference)
    try:
        with request.vault.unlock() as vault:
            return _render(request, row, vault)
    except (VaultLocked, NoGrant):
        return _render(request, row, None)
    except Unopenable:
        return render(request, "desks/packages/damaged.html", {"package": row}, status=403)


def _render(request: VaultRequest, row: Package, vault: UnlockedVault | None) -> HttpResponse:
    page = package_page(row, request.user, vault)
    return render(request, "desks/packages/package.html", {"page": page, "package": row, "desk": row.case.desk})


@requires("desks.work")
@require_safe
@needs_vault
def preview(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Exactly what would leave now."""
    row = get_package_or_404(request.user, slug, reference)
    if row.state not in UNSENT:
        raise Http404
    try:
        contents = read_contents(row, by=request.unlocked_vault)
    except (DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
        return redirect("desks:package", slug, reference)
    context = {
        "package": row,
        "desk": row.case.desk,
        "office": contents.office,
        "groups": shown_groups(contents.groups),
    }
    return render(request, "desks/packages/preview.html", context)


@requires("desks.work")
@require_safe
@needs_vault
def file(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """The locked file, for whoever hands it to the receiver. Its name tells nothing."""
    row = get_package_or_404(request.user, slug, reference)
    try:
        _about, chunks = read_package(row, by=request.unlocked_vault)
    except (DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
        return redirect("desks:package", slug, reference)
    return stream_file(row.file_name, chunks)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: VaultRequest, slug: str, reference: str, step: str) -> HttpResponseBase:
    """What a step asks for, and what follows from it; take it."""
    row = get_package_or_404(request.user, slug, reference)
    taken = STEPS.get(step)
    if taken is None:
        raise Http404
    if taken not in offered_steps(row, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect("desks:package", slug, reference)
    return _open_vault_and_take(request, slug, row, taken) if taken.needs_vault else _take(request, slug, row, taken)


@needs_vault
def _open_vault_and_take(request: VaultRequest, slug: str, row: Package, taken: PackageStep) -> HttpResponseBase:
    return _take(request, slug, row, taken, request.unlocked_vault)


def _take(
    request: VaultRequest, slug: str, row: Package, taken: PackageStep, vault: UnlockedVault | None = None
) -> HttpResponseBase:
    form = taken.form(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show_step(request, row, taken, form)
    try:
        result = taken.apply(row, form, Taker(request.user, vault))
    except (DeskRefusal, VaultRefusal) as refusal:
        form.add_error(None, str(refusal))
        return _show_step(request, row, taken, form)
    if isinstance(result, Made) and result.passphrase:
        return _show_passphrase(request, result)
    messages.success(request, taken.message)
    if not Package.objects.filter(pk=row.pk).exists():
        return redirect("desks:case_section", slug, row.case.reference, "sharing")
    return redirect("desks:package", slug, row.reference)


def _show_step(request: VaultRequest, row: Package, taken: PackageStep, form: forms.Form) -> HttpResponse:
    back = reverse("desks:package", args=[row.case.desk.slug, row.reference])
    context = {"package": row, "step": taken, "form": form, "back": back, "desk": row.case.desk}
    return render(request, "desks/packages/step.html", context, status=status_of(form))


def _show_passphrase(request: VaultRequest, made: Made) -> HttpResponse:
    """The six words, this once: they are stored nowhere, so no other page can show them."""
    context = {"package": made.package, "desk": made.package.case.desk, "words": made.passphrase.split()}
    answer = render(request, "desks/packages/passphrase.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
