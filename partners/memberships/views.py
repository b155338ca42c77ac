"""Pages to invite people, to accept an invitation, to find contact points, and to let an organisation leave."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.directory.models import Organisation
from partners.memberships.actions import (
    accept_membership,
    can_be_accepted,
    invite_member,
    propose_role,
    revoke_invitation,
)
from partners.memberships.contact_points import confirm_contact, correct_contact, end_contact
from partners.memberships.forms import AcceptForm, ContactForm, InviteForm
from partners.memberships.models import ContactPoint, MembershipInvitation, Proposal
from partners.memberships.offboarding import propose_departure
from partners.memberships.presenters import DeparturePage, ProposalRow, contact_rows
from partners.memberships.proposals import confirm_proposal, withdraw_proposal
from partners.memberships.second_persons import Register
from partners.memberships.states import CONTACT_VALIDITY, SITE_ROLES, Role
from partners.memberships.tokens import claimed_contact, is_token_of
from victor.access import Actor, ContactPerson, SignedInRequest, public, requires
from victor.accounts.actions import token_hash
from victor.accounts.errors import AccountRefusal
from victor.accounts.views import log_in_new_user
from victor.formatting import long_day
from victor.publishing.views import render_personal

PAGE_LENGTH = 50
PROPOSED = gettext_lazy("This has been proposed. Another coordinator has to confirm it.")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: choose a name and a password. The page does not say why an invitation is closed."""
    invitations = MembershipInvitation.objects.select_related("invitation__invited_by", "confirmed_by", "organisation")
    invitation = invitations.filter(invitation__token_hash=token_hash(token)).first()
    if invitation is None or not invitation.invitation.is_open or not can_be_accepted(invitation):
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
    rows = contact_rows(ContactPoint.objects.visible_to(request.user).for_listing())
    return render(request, "partners/memberships/contacts.html", {"rows": rows})


@requires("partners.confirm_contact")
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """My own details as other partners see them: one press says that they are right."""
    shown = get_object_or_404(ContactPoint.objects.of_person(request.user), pk=pk)
    form = ContactForm(request.POST if request.POST.get("answer") == "correct" else None, instance=shown)
    if request.method == "POST" and _take_answer(request, shown, form, by=request.user):
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "partners/memberships/contact.html", {"contact": shown, "form": form})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of an email. Opening it changes nothing."""
    present = ContactPoint.objects.present().select_related("organisation")
    shown = present.filter(pk=claimed_contact(token) or 0).first()
    if shown is None or not is_token_of(token, shown):
        return render_personal(request, "partners/memberships/contact_closed.html", status=404)
    form = ContactForm(request.POST if request.POST.get("answer") == "correct" else None, instance=shown)
    is_done = request.method == "POST" and _take_answer(request, shown, form, by=ContactPerson(shown))
    context = {"contact": shown, "form": form, "is_done": is_done}
    return render_personal(request, "partners/memberships/contact_by_link.html", context)


def _take_answer(request: HttpRequest, shown: ContactPoint, form: ContactForm, *, by: Actor) -> bool:
    """Do what the person has pressed. Return whether it is done."""
    answer = request.POST.get("answer")
    if answer not in {"confirm", "correct", "end"} or (answer == "correct" and not form.is_valid()):
        return False
    try:
        if answer == "end":
            end_contact(shown, by=by)
            messages.success(request, _("You are no longer shown. The coordinators see that a contact is to be named."))
            return True
        if answer == "correct":
            correct_contact(shown, **form.cleaned_data, by=by)
        else:
            confirm_contact(shown, by=by)
        day = long_day(timezone.localdate() + CONTACT_VALIDITY)
        messages.success(request, _("Confirmed. We ask again on %(day)s.") % {"day": day})
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    return True


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
        is_for_site = data["role"] in SITE_ROLES
        act = propose_role if is_for_site else invite_member
        try:
            act(**data | {"role": Role(data["role"])}, by=request.user)
        except AccountRefusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(
                request, PROPOSED if is_for_site else _("The invitation has been sent. It is valid for seven days.")
            )
            return redirect("partners:proposals" if is_for_site else "partners:invitations")
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
        messages.success(request, _("The invitation has been cancelled."))
    return redirect("partners:invitations")


@requires("partners.decide_proposals")
@require_safe
def proposals(request: SignedInRequest) -> HttpResponse:
    """What waits for a second coordinator, with who can be the second, and what was decided."""
    rows, register = Proposal.objects.visible_to(request.user).for_listing(), Register.load()
    page = Paginator(rows.exclude(pk__in=rows.open()), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "waiting": [ProposalRow.of(proposal, request.user, register) for proposal in rows.open()],
        "page_obj": page,
        "decided": [ProposalRow.of(proposal, request.user, register) for proposal in page],
    }
    return render(request, "partners/memberships/proposals.html", context)


@requires("partners.decide_proposals")
@require_POST
def decide_proposal(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Confirm the proposal that was read, or withdraw it."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    try:
        if step == "withdraw":
            withdraw_proposal(proposal, by=request.user)
            message = _("The proposal has been cancelled. Nothing has changed.")
        else:
            message = _("The change is confirmed and in force.")
            digest, dialled = request.POST.get("digest", ""), "dialled" in request.POST
            confirm_proposal(proposal, by=request.user, digest=digest, dialled=dialled)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, message)
    return redirect("partners:proposals")


@requires("partners.decide_proposals")
@require_safe
def departure(request: SignedInRequest, slug: str) -> HttpResponse:
    """What an organisation still has in the portal, step by step, and whether it can leave."""
    page = DeparturePage.of(get_object_or_404(Organisation, slug=slug), request.user)
    return render(request, "partners/memberships/departure.html", {"page": page})


@requires("partners.decide_proposals")
@require_POST
def ask_departure(request: SignedInRequest, slug: str) -> HttpResponse:
    """Propose that the organisation leaves."""
    try:
        propose_departure(get_object_or_404(Organisation, slug=slug), by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, PROPOSED)
    return redirect("partners:departure", slug)
