"""Pages of decisions and actions: of an agenda item, of a group, one's own, and each step of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.groups.models import WorkingGroup
from partners.groups.sections import sections_of
from partners.meetings.models import AgendaItem
from partners.minutes import decisions
from partners.minutes import group_actions as actions
from partners.minutes.forms import ACTION_STATES, ActionForm, DecisionForm, DoneForm, DropForm
from partners.minutes.models import Action, Decision, Minutes
from partners.minutes.presenters import ActionList, ActionPage
from victor.access import SignedInRequest, require, requires
from victor.accounts.errors import AccountRefusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django import forms

WRITE = "partners.write_minutes"
PAGE_SIZE = 50


@requires("partners.write_minutes")
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: SignedInRequest, meeting: int, version: int, item: int) -> HttpResponse:
    """Record what was decided under an item."""
    draft, row = _get_item(request, meeting, version, item)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    back = _editor_of(draft, row)

    def save() -> str:
        words = form.cleaned_data["words"]
        made = decisions.record_decision(row, words, form.votes, allowed=form.allowed, by=request.user)
        return _("The decision is recorded as %(code)s.") % {"code": made.code}

    page = {"title": _("Record a decision"), "verb": _("Record the decision")}
    return _step(request, form, save, back, {"heading": row.title, **page})


@requires("partners.write_minutes")
@require_http_methods(["GET", "HEAD", "POST"])
def change_decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change words and votes of a decision while the minutes are a draft."""
    visible = Decision.objects.visible_to(request.user).for_listing()
    row: Decision = get_object_or_404(visible, pk=pk)
    require(request.user, WRITE, row.group)
    form = DecisionForm(request.POST if request.method == "POST" else None, decision=row)

    def save() -> str:
        words = form.cleaned_data["words"]
        decisions.change_decision(row, words, form.votes, allowed=form.allowed, by=request.user)
        return _("The decision is saved. Its number stays.")

    words = {"title": _("Change the decision"), "verb": _("Save"), "heading": row.code}
    return _step(request, form, save, row.item.meeting.get_absolute_url(), words)


@requires("partners.write_minutes")
@require_http_methods(["GET", "HEAD", "POST"])
def item_action(request: SignedInRequest, meeting: int, version: int, item: int) -> HttpResponse:
    """Note what somebody takes on under an item."""
    draft, row = _get_item(request, meeting, version, item)
    return _add(request, draft.meeting.group, _editor_of(draft, row), row)


@requires("partners.write_minutes")
@require_http_methods(["GET", "HEAD", "POST"])
def new_action(request: SignedInRequest, slug: str) -> HttpResponse:
    """Note what somebody of a group takes on between meetings."""
    group = _get_group(request, slug)
    require(request.user, WRITE, group)
    return _add(request, group, _actions_of(group), None)


@requires("partners.view_actions")
@require_safe
def group_decisions(request: SignedInRequest, slug: str) -> HttpResponse:
    """The decisions of a group, the newest first."""
    group = _get_group(request, slug)
    rows = Decision.objects.visible_to(request.user).filter(group=group).for_listing()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    sections = sections_of(group, "partners:group_decisions")
    return render(request, "partners/minutes/decisions.html", {"group": group, "sections": sections, "decisions": page})


@requires("partners.view_actions")
@require_safe
def group_actions(request: SignedInRequest, slug: str) -> HttpResponse:
    """The actions of a group: open, overdue, done, dropped."""
    group = _get_group(request, slug)
    listed = ActionList.of(request.user, _chosen_state(request), group)
    sections = sections_of(group, "partners:group_actions")
    context = {"listed": listed, "group": group, "sections": sections, "states": ACTION_STATES}
    return render(request, "partners/minutes/actions.html", context)


@requires("partners.view_actions")
@require_safe
def my_actions(request: SignedInRequest) -> HttpResponse:
    """What the reader has taken on, in every group."""
    listed = ActionList.of(request.user, _chosen_state(request))
    return render(request, "partners/minutes/my_actions.html", {"listed": listed, "states": ACTION_STATES})


@requires("partners.view_actions")
@require_safe
def action(request: SignedInRequest, pk: int) -> HttpResponse:
    """One action: who, until when, where it comes from, what can be done."""
    row = _get_action(request, pk)
    return render(request, "partners/minutes/action.html", {"action": row, "page": ActionPage.of(row, request.user)})


@requires("partners.write_minutes")
@require_http_methods(["GET", "HEAD", "POST"])
def change_action(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change an open action."""
    row = _get_action(request, pk)
    require(request.user, WRITE, row.group)
    form = ActionForm(row.group, request.POST if request.method == "POST" else None, action=row)

    def save() -> str:
        actions.change_action(row, form.task, allowed=form.allowed, by=request.user)
        return _("The action is saved.")

    words = {"title": _("Change the action"), "verb": _("Save"), "heading": row.words}
    return _step(request, form, save, row.get_absolute_url(), words)


@requires("partners.settle_action")
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark an action as done."""
    row = _get_action(request, pk)
    require(request.user, "partners.settle_action", row)
    form = DoneForm(request.POST if request.method == "POST" else None)

    def save() -> str:
        actions.finish_action(row, form.cleaned_data["evidence"], allowed=form.allowed, by=request.user)
        return _("The action is marked as done. The chair confirms it.")

    words = {"title": _("Mark as done"), "verb": _("Mark as done"), "heading": row.words}
    return _step(request, form, save, row.get_absolute_url(), words)


@requires("partners.drop_action")
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drop an action, with the reason."""
    row = _get_action(request, pk)
    require(request.user, "partners.drop_action", row.group)
    form = DropForm(request.POST if request.method == "POST" else None)

    def save() -> str:
        actions.drop_action(row, form.cleaned_data["reason"], allowed=form.allowed, by=request.user)
        return _("The action is dropped. It stays in the list with its reason.")

    words = {"title": _("Drop the action"), "verb": _("Drop the action"), "heading": row.words}
    return _step(request, form, save, row.get_absolute_url(), words)


@requires("partners.verify_action")
@require_POST
def verify(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm that an action is done."""
    row = _get_action(request, pk)
    try:
        actions.verify_action(row, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have confirmed that the action is done."))
    return redirect(row)


@requires("partners.drop_action")
@require_POST
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open an action again that is not done after all."""
    row = _get_action(request, pk)
    try:
        actions.return_action(row, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The action is open again."))
    return redirect(row)


def _add(request: SignedInRequest, group: WorkingGroup, back: str, item: AgendaItem | None) -> HttpResponse:
    form = ActionForm(group, request.POST if request.method == "POST" else None)

    def save() -> str:
        actions.add_action(group, form.task, item=item, allowed=form.allowed, by=request.user)
        return _("The action is added. Until it is done, it stands on the next agenda.")

    words = {"title": _("Add an action"), "verb": _("Add the action")}
    return _step(request, form, save, back, {"heading": item.title if item else group.name, **words})


def _step(
    request: SignedInRequest, form: forms.Form, save: Callable[[], str], back: str, words: Mapping[str, str]
) -> HttpResponse:
    """A form, its one action, and then the page to which it belongs; or the form as it was typed, and why."""
    if request.method == "POST" and form.is_valid():
        try:
            message = save()
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, message)
            return redirect(back)
    context = {"form": form, "back": back, **words}
    return render(request, "partners/minutes/action_step.html", context, status=422 if form.errors else 200)


def _chosen_state(request: SignedInRequest) -> str:
    chosen = request.GET.get("state", "")
    return chosen if chosen in dict(ACTION_STATES) else "open"


def _editor_of(draft: Minutes, item: AgendaItem) -> str:
    return reverse("partners:write_minutes", args=[draft.meeting_id, draft.version, item.pk])


def _actions_of(group: WorkingGroup) -> str:
    return reverse("partners:group_actions", args=[group.slug])


def _get_item(request: SignedInRequest, meeting: int, version: int, item: int) -> tuple[Minutes, AgendaItem]:
    visible = Minutes.objects.visible_to(request.user).for_listing()
    draft: Minutes = get_object_or_404(visible, meeting=meeting, version=version)
    require(request.user, WRITE, draft.meeting.group)
    return draft, get_object_or_404(AgendaItem.objects.select_related("meeting"), meeting=meeting, pk=item)


def _get_group(request: SignedInRequest, slug: str) -> WorkingGroup:
    group: WorkingGroup = get_object_or_404(WorkingGroup.objects.visible_to(request.user), slug=slug)
    return group


def _get_action(request: SignedInRequest, pk: int) -> Action:
    row: Action = get_object_or_404(Action.objects.visible_to(request.user).for_listing(), pk=pk)
    return row
