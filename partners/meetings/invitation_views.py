"""The doors of an invitation: by the link of an email, and in the workspace."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.meetings import invitations
from partners.meetings.calendars import download_of
from partners.meetings.forms import AnswerForm
from partners.meetings.models import Invitation, Meeting
from partners.meetings.presenters import InvitationPage
from partners.meetings.states import Answer
from partners.meetings.tokens import claimed_invitation, is_token_of
from victor.access import Actor, Invitee, SignedInRequest, public, requires
from victor.accounts.errors import AccountRefusal
from victor.field_encryption import decrypt_value
from victor.publishing.views import render_personal

RELATED = ("meeting__group", "meeting__series", "meeting__planned_by", "person")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether one comes, by the link of an email. Opening it answers nothing."""
    shown = _get_by_token(token)
    if shown is None:
        return render_personal(request, "partners/meetings/invitation_closed.html", status=404)
    form = _answer_form(request, shown)
    if request.method == "POST" and _take_answer(request, shown, form, by=Invitee(shown)):
        return redirect("partners:invitation", token)
    context = {"page": InvitationPage.of(shown), "form": form, "token": token}
    return render_personal(request, "partners/meetings/invitation.html", context)


@public
@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar file of an invitation, as it stands now."""
    shown = _get_by_token(token)
    if shown is None:
        return render_personal(request, "partners/meetings/invitation_closed.html", status=404)
    rows = [shown.meeting]
    if shown.meeting.series_id:
        series = Meeting.objects.filter(series=shown.meeting.series_id).select_related("group", "series")
        rows = list(series.filter(invitations__email__iexact=shown.email).order_by("original_start"))
    if max(row.ends for row in rows) < timezone.now():
        return render_personal(request, "partners/meetings/invitation_closed.html", status=404)
    response = HttpResponse(download_of(rows, shown), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


@requires("partners.answer_invitation")
@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say in the workspace whether one comes."""
    visible = Meeting.objects.visible_to(request.user)
    own = Invitation.objects.filter(meeting__in=visible, person=request.user).select_related(*RELATED)
    shown = get_object_or_404(own, meeting=pk)
    _take_answer(request, shown, _answer_form(request, shown), by=request.user)
    return redirect(shown.meeting)


def _get_by_token(token: str) -> Invitation | None:
    shown = Invitation.objects.select_related(*RELATED).filter(pk=claimed_invitation(token) or 0).first()
    if shown is None or shown.invited_at is None or not is_token_of(token, shown):
        return None
    return shown if shown.person is None or shown.person.is_active else None


def _answer_form(request: HttpRequest, shown: Invitation) -> AnswerForm:
    needs = decrypt_value(shown.needs) if shown.needs else ""
    initial = {"substitute": shown.substitute, "needs": needs, "shows_title": shown.shows_title}
    return AnswerForm(request.POST or None, invitation=shown, initial=initial)


def _take_answer(request: HttpRequest, shown: Invitation, form: AnswerForm, *, by: Actor) -> bool:
    """Do what the person has pressed. Return whether it is saved."""
    chosen = form.chosen if form.is_valid() else None
    if chosen is None:
        return False
    data = form.cleaned_data
    substitute = data.get("substitute", "") if chosen != Answer.YES else ""
    shows_title = data["shows_title"] if "needs" in form.data else None  # the short form asks for neither
    needs = data["needs"] if "needs" in form.data else None
    try:
        invitations.answer_invitation(shown, chosen, substitute=substitute, needs=needs, shows_title=shows_title, by=by)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
        return False
    words = _("Your answer is saved: %(answer)s. You can change it until the meeting starts.")
    messages.success(request, words % {"answer": chosen.label})
    return True
