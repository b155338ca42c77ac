"""What partner staff do here: find each other, check help lines, invite."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import actions
from partners.forms import InviteForm
from partners.models import ContactPoint, HelpLine, MembershipInvitation
from partners.states import Role
from victor.access import requires
from victor.accounts.errors import Refusal


@requires("partners.view_contacts")
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Whom to turn to at another partner."""
    found = ContactPoint.objects.visible_to(request.user).for_listing()
    return render(request, "partners/contacts.html", {"contacts": found})


@requires("partners.check_help_lines")
@require_safe
def help_lines(request: HttpRequest) -> HttpResponse:
    """Every line that waits for its check, the oldest first."""
    lines = HelpLine.objects.visible_to(request.user).to_check().select_related("country", "checked_by")
    return render(request, "partners/help_lines.html", {"lines": lines})


@requires("partners.check_help_lines")
@require_POST
def confirm_help_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Note with one press that a number was checked just now."""
    line = get_object_or_404(HelpLine.objects.visible_to(request.user), pk=pk)
    actions.confirm_help_line(line, by=request.user)
    messages.success(request, _("%(number)s is confirmed as of today.") % {"number": line.number})
    return redirect("partners:help_lines")


@requires("partners.invite")
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """Who was invited and what became of it."""
    offers = MembershipInvitation.objects.visible_to(request.user).for_listing()
    return render(request, "partners/invitations.html", {"offers": offers})


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
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("The invitation is on its way. It can be used for seven days."))
            return redirect("partners:invitations")
    return render(request, "partners/invite.html", {"form": form})


@requires("partners.invite")
@require_POST
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    offer = get_object_or_404(MembershipInvitation.objects.visible_to(request.user), pk=pk)
    try:
        actions.revoke_invitation(offer, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("partners:invitations")
