"""Pages of meetings: plan one, its page, its agenda and guests, and what happens to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.groups.models import WorkingGroup
from partners.groups.sections import sections_of
from partners.meetings import actions, agenda, invitations
from partners.meetings.forms import ExtentForm, GuestForm, ItemForm, PlanForm, SeriesForm, initial_of
from partners.meetings.models import Meeting
from partners.meetings.presenters import MeetingPage
from partners.meetings.states import Extent, InviteeRole, ItemKind, MeetingState
from victor.access import SignedInRequest, is_permitted, requires
from victor.accounts.errors import AccountRefusal
from victor.confirmations import Confirmation, asks_first, confirmation_data, confirmed_values


@requires("partners.view_meetings")
@require_safe
def meetings(request: SignedInRequest, slug: str) -> HttpResponse:
    """The meetings of a group: those ahead, then those that are over."""
    group = get_object_or_404(WorkingGroup.objects.visible_to(request.user), slug=slug)
    visible = Meeting.objects.visible_to(request.user).filter(group=group)
    ahead = list(visible.upcoming().for_listing())
    known = {meeting.pk for meeting in ahead}
    context = {
        "group": group,
        "sections": sections_of(group, "partners:group_meetings"),
        "ahead": ahead,
        "over": [meeting for meeting in visible.for_listing().reverse()[:100] if meeting.pk not in known],
        "leads": group.ended_on is None and is_permitted(request.user, "partners.lead_group", group),
    }
    return render(request, "partners/meetings/meetings.html", context)


@requires("partners.lead_group")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedInRequest, slug: str) -> HttpResponse:
    """Plan a meeting, or a series."""
    group = get_object_or_404(WorkingGroup.objects.visible_to(request.user).running(), slug=slug)
    if not is_permitted(request.user, "partners.lead_group", group):
        raise Http404
    form = SeriesForm(request.POST or None, initial={"title": group.name, "time_zone": "Europe/Athens"})
    if request.method == "POST" and form.is_valid():
        repetition, last_day = form.series
        try:
            planned = actions.plan_meetings(group, form.plan, by=request.user, repetition=repetition, last_day=last_day)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft has been saved. Nobody has been told of it."))
            return redirect(planned[0])
    return render(request, "partners/meetings/plan.html", {"form": form, "group": group})


@requires("partners.view_meetings")
@require_safe
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """One meeting."""
    return _show(request, _get_meeting(request, pk))


@requires("partners.plan_meeting")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    shown = _get_planned(request, pk)
    form = PlanForm(request.POST or None, initial=initial_of(shown))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_draft(shown, form.plan, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft has been saved. Nobody has been told of it."))
            return redirect(shown)
    return render(request, "partners/meetings/plan.html", {"form": form, "group": shown.group, "meeting": shown})


@requires("partners.plan_meeting")
@require_POST
def add_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put something on the agenda."""
    shown, form = _get_planned(request, pk), ItemForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            agenda.add_item(
                shown,
                data["title"],
                kind=ItemKind(data["kind"]),
                minutes=data["minutes"],
                who=data["who"],
                by=request.user,
            )
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The item is on the agenda."))
            return redirect(shown)
    return _show(request, shown, item_form=form, refused=form)


@requires("partners.plan_meeting")
@require_POST
def remove_item(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take something off the agenda."""
    shown = _get_planned(request, pk)
    item = get_object_or_404(shown.agenda.select_related("meeting"), pk=number)
    try:
        agenda.remove_item(item, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The item is off the agenda."))
    return redirect(shown)


@requires("partners.plan_meeting")
@require_POST
def invite_guest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite somebody who does not belong to the group."""
    shown, form = _get_planned(request, pk), GuestForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data | {"role": InviteeRole(form.cleaned_data["role"])}
        try:
            invitations.invite_guest(shown, **data, by=request.user)
        except AccountRefusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s is invited.") % {"name": data["name"]})
            return redirect(shown)
    return _show(request, shown, guest_form=form, refused=form)


def _ask_to_announce(request: SignedInRequest, pk: int) -> Confirmation | None:
    shown = _get_planned(request, pk)
    people = shown.invitations.count()
    words = ngettext("%(number)s person is invited.", "%(number)s people are invited.", people)
    return Confirmation(
        question=_("Send the invitations?"),
        consequences=(
            words % {"number": people},
            _("Each person gets an email in their language, with the hour on their own clock and a calendar file."),
        ),
        verb=_("Send invitations"),
        back=shown.get_absolute_url(),
        template="partners/meetings/announce.html",
        context={"page": MeetingPage.of(shown, request.user)},
    )


@requires("partners.plan_meeting")
@require_POST
@asks_first(_ask_to_announce)
def announce(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite everybody."""
    shown = _get_planned(request, pk)
    try:
        number = actions.announce_meetings(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(number)s person is told by email.", "%(number)s people are told by email.", number)
        messages.success(request, words % {"number": number})
    return redirect(shown)


@requires("partners.plan_meeting")
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a meeting another time or place."""
    shown = _get_planned(request, pk)
    form, extent = PlanForm(request.POST or None, initial=initial_of(shown)), ExtentForm(request.POST or None)
    is_series = shown.series_id is not None
    if request.method == "POST" and form.is_valid() and (not is_series or extent.is_valid()):
        try:
            chosen = Extent(extent.cleaned_data["extent"]) if is_series else Extent.ONE
            number = actions.move_meetings(shown, form.plan, chosen, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%(number)s person is told by email.", "%(number)s people are told by email.", number)
            messages.success(request, words % {"number": number})
            return redirect(shown)
    people = shown.invitations.count()
    context = {"form": form, "extent": extent if is_series else None, "meeting": shown, "people": people}
    return render(request, "partners/meetings/move.html", context)


def _ask_to_cancel(request: SignedInRequest, pk: int) -> Confirmation | None:
    shown = _get_planned(request, pk)
    people = shown.invitations.count() if shown.state == MeetingState.ANNOUNCED else 0
    words = ngettext(
        "%(number)s person is told by email now. Their calendar is updated.",
        "%(number)s people are told by email now. Their calendars are updated.",
        people,
    )
    return Confirmation(
        question=_("Cancel the meeting %(title)s?") % {"title": shown.title},
        consequences=(words % {"number": people},) if people else (_("Nobody has been told of it."),),
        verb=_("Cancel the meeting"),
        back=shown.get_absolute_url(),
        form=ExtentForm(confirmation_data(request)) if shown.series_id else None,
    )


@requires("partners.plan_meeting")
@require_POST
@asks_first(_ask_to_cancel)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel a meeting, or also later ones of its series."""
    shown = _get_planned(request, pk)
    extent = Extent(confirmed_values(request).get("extent") or Extent.ONE)
    try:
        actions.cancel_meetings(shown, extent, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The meeting is cancelled."))
    return redirect(shown)


@requires("partners.plan_meeting")
@require_POST
def remind(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask those who have not answered once more."""
    shown = _get_planned(request, pk)
    try:
        number = invitations.remind_invited(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(number)s person is reminded by email.", "%(number)s people are reminded by email.", number)
        messages.success(request, words % {"number": number})
    return redirect(shown)


@requires("partners.plan_meeting")
@require_POST
def hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that a meeting took place."""
    shown = _get_planned(request, pk)
    try:
        actions.hold_meeting(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is noted that the meeting took place."))
    return redirect(shown)


def _show(
    request: SignedInRequest,
    shown: Meeting,
    *,
    item_form: ItemForm | None = None,
    guest_form: GuestForm | None = None,
    refused: ItemForm | GuestForm | None = None,
) -> HttpResponse:
    context = {
        "page": MeetingPage.of(shown, request.user),
        "item_form": item_form or ItemForm(),
        "guest_form": guest_form or GuestForm(initial={"language": request.user.language}),
        "refused": refused,
    }
    return render(request, "partners/meetings/meeting.html", context, status=422 if refused else 200)


def _get_meeting(request: SignedInRequest, pk: int) -> Meeting:
    visible = Meeting.objects.visible_to(request.user).select_related("group", "series", "planned_by")
    shown: Meeting = get_object_or_404(visible, pk=pk)
    return shown


def _get_planned(request: SignedInRequest, pk: int) -> Meeting:
    """A meeting that the reader plans; for everybody else it is not there."""
    shown = _get_meeting(request, pk)
    if not is_permitted(request.user, "partners.plan_meeting", shown):
        raise Http404
    return shown
