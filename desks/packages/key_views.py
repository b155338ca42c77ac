"""The doors of partners' keys: the list of a desk, a new one, its fingerprint, its removal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desks.desk.models import Desk
from desks.packages import partner_keys
from desks.packages.forms import FingerprintForm, KeyForm, RemovalForm
from desks.packages.models import PartnerKey
from desks.packages.presenters import keys_of_desk
from desks.packages.states import KeyState, RemovalReason
from desks.referrals.form_views import FormPage, PageWords, save_form
from victor.access import SignedInRequest, requires

if TYPE_CHECKING:
    from victor.accounts.models import User


@requires("desks.work")
@require_safe
def keys(request: SignedInRequest, slug: str) -> HttpResponse:
    """The keys of a desk's partners, and who has heard which fingerprint."""
    desk = _desk_or_404(request.user, slug)
    context = {"desk": desk, "keys": keys_of_desk(desk.pk, request.user)}
    return render(request, "desks/packages/partner_keys.html", context)


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Register the key of a partner."""
    desk = _desk_or_404(request.user, slug)
    form = KeyForm(request.POST if request.method == "POST" else None)
    page = _page_of(
        desk,
        PageWords(
            title=_("Register the key of a partner"),
            verb=_("Register the key"),
            message=_("The key is registered. Another person telephones the partner and confirms its fingerprint."),
        ),
    )
    return save_form(request, form, lambda: partner_keys.register_key(desk, form.facts, by=request.user), page)


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedInRequest, slug: str, number: int) -> HttpResponseBase:
    """Type the fingerprint that the partner reads aloud."""
    key = _key_or_404(request.user, slug, number)
    form = FingerprintForm(request.POST if request.method == "POST" else None)
    page = _page_of(
        key.desk,
        PageWords(
            title=_("Confirm a fingerprint"),
            verb=_("Confirm the fingerprint"),
            message=_("The fingerprint is confirmed. Packages can be locked with this key."),
        ),
        key,
    )
    return save_form(
        request, form, lambda: partner_keys.confirm_key(key, form.cleaned_data["heard"], by=request.user), page
    )


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, slug: str, number: int) -> HttpResponseBase:
    """Use a key no more."""
    key = _key_or_404(request.user, slug, number)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    page = _page_of(
        key.desk,
        PageWords(
            title=_("Remove a key"),
            verb=_("Remove the key"),
            message=_("The key is removed. What was sent stays readable for whoever has it."),
        ),
        key,
    )
    return save_form(
        request,
        form,
        lambda: partner_keys.remove_key(key, RemovalReason(form.cleaned_data["reason"]), by=request.user),
        page,
    )


def _desk_or_404(user: User, slug: str) -> Desk:
    desk: Desk = get_object_or_404(Desk.objects.for_worker(user).for_work(), slug=slug)
    return desk


def _key_or_404(user: User, slug: str, number: int) -> PartnerKey:
    rows = PartnerKey.objects.visible_to(user).exclude(state=KeyState.REMOVED).select_related("desk")
    key: PartnerKey = get_object_or_404(rows, desk__slug=slug, pk=number)
    return key


def _page_of(desk: Desk, words: PageWords, key: PartnerKey | None = None) -> FormPage:
    back, shown = reverse("desks:partner_keys", args=[desk.slug]), {"desk": desk, "key": key}
    return FormPage(words, desk.name, back, shown, template="desks/packages/key_form.html")
