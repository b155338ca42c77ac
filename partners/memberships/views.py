"""Pages to invite people, to accept an invitation, and to find contact points."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.memberships.actions import accept_membership, invite_member, revoke_invitation
from partners.memberships.forms import AcceptForm, InviteForm
from partners.memberships.models import ContactPoint, MembershipInvitation
from partners.memberships.states import Role
from victor.access import SignedInRequest, public, requires
from victor.accounts.actions import token_hash
from victor.accounts.errors import AccountRefusal
from victor.accounts.views import log_in_new_user


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: choose a name and a password. The page does not say why an invitation is closed."""
    invitations = MembershipInvitation.objects.select_related("invitation", "organisation")
    invitation = invitations.filter(invitation__token_hash=token_hash(token)).first()
    if invitation is None or not invitation.invitation.is_open:
        return render(request, "partners/memberships/invitation_closed.html", status=404)
    form = AcceptForm(request.POST or None, email=invitation.invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_membership(invitation, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return log_in_new_user(request, user, redirect_url=reverse("mfa_index"))
    return render(request, "partners/memberships/accept_invitation.html", {"form": form, "offer": invitation})


@requires("partners.view_contacts")
@require_safe
def contacts(request: SignedInRequest) -> HttpResponse:
    """The people to contact at other partners."""
    contacts = ContactPoint.objects.visible_to(request.user).for_listing()
    return render(request, "partners/memberships/contacts.html", {"contacts": contacts})


@requires("partners.invite")
@require_safe
def invitations(request: SignedInRequest) -> HttpResponse:
    """Invitations and their states."""
    offers = MembershipInvitation.objects.visible_to(request.user).for_listing()
    return render(request, "partners/memberships/invitations.html", {"offers": offers})


@requires("partners.invite")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest) -> HttpResponse:
    """Invite a person to an organisation."""
    form = InviteForm(request.POST or None, by=request.user, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invite_member(
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
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Revoke an invitation."""
    invitation = get_object_or_404(MembershipInvitation.objects.visible_to(request.user), pk=pk)
    try:
        revoke_invitation(invitation, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation has been withdrawn."))
    return redirect("partners:invitations")
