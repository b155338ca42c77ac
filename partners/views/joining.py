"""The way in for somebody who was invited."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.actions import join
from partners.forms import AcceptForm
from partners.models import MembershipInvitation
from victor.access import public
from victor.accounts.actions import token_hash
from victor.accounts.errors import Refusal
from victor.accounts.models import User


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a name and a password, and come in. A token that is not open says no more than that."""
    offers = MembershipInvitation.objects.select_related("invitation", "organisation")
    offer = offers.filter(invitation__token_hash=token_hash(token)).first()
    if offer is None or not offer.invitation.is_open:
        return render(request, "partners/invitation_closed.html", status=404)
    form = AcceptForm(request.POST or None, email=offer.invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = join(offer, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _enter(request, user)
    return render(request, "partners/accept_invitation.html", {"form": form, "offer": offer})


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    """Log in whoever has just chosen a password; the set-up of the second factor need not ask for it again."""
    response = perform_login(request, user, redirect_url=reverse("mfa_index"))
    reauthenticate_by_password(request)
    return response
