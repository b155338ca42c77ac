"""The way in for somebody who was invited."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.memberships import actions
from partners.memberships.actions import accept_membership
from partners.memberships.forms import AcceptForm, InviteForm
from partners.memberships.models import ContactPoint, MembershipInvitation
from partners.memberships.states import Role
from victor.access import public, requires
from victor.accounts.actions import token_hash
from victor.accounts.errors import AccountRefusal
from victor.accounts.models import User


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a name and a password, and come in. A token that is not open says no more than that."""
    offers = MembershipInvitation.objects.select_related("invitation", "organisation")
    offer = offers.filter(invitation__token_hash=token_hash(token)).first()
    if offer is None or not offer.invitation.is_open:
        return render(request, "partners/memberships/invitation_closed.html", status=404)
    form = AcceptForm(request.POST or None, email=offer.invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_membership(offer, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _enter(request, user)
    return render(request, "partners/memberships/accept_invitation.html", {"form": form, "offer": offer})


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    """Log in whoever has just chosen a password; the set-up of the second factor need not ask for it again."""
    response = perform_login(request, user, redirect_url=reverse("mfa_index"))
    reauthenticate_by_password(request)
    return response


@requires("partners.view_contacts")
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Whom to turn to at another partner."""
    found = ContactPoint.objects.visible_to(request.user).for_listing()
    return render(request, "partners/memberships/contacts.html", {"contacts": found})


@requires("partners.invite")
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """Who was invited and what became of it."""
    offers = MembershipInvitation.objects.visible_to(request.user).for_listing()
    return render(request, "partners/memberships/invitations.html", {"offers": offers})


@requires("partners.invite")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person into an organisation."""
    form = InviteForm(request.POST or None, by=request.user, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.invite_member(
                email=data["email"],
                language=data["language"],
                organisation=data["organisation"],
                role=Role(data["role"]),
                by=request.user,
            )
        except AccountRefusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("The invitation has been sent. It is valid for seven days."))
            return redirect("partners:invitations")
    return render(request, "partners/memberships/invite.html", {"form": form})


@requires("partners.invite")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    offer = get_object_or_404(MembershipInvitation.objects.visible_to(request.user), pk=pk)
    try:
        actions.revoke_invitation(offer, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation has been withdrawn."))
    return redirect("partners:invitations")
