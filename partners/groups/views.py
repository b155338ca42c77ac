"""Pages of groups: the list, one group, its members."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.groups import actions
from partners.groups.forms import GroupForm, MemberForm
from partners.groups.models import GroupMember, WorkingGroup
from partners.groups.presenters import GroupPage
from partners.groups.states import GroupRole
from victor.access import SignedInRequest, is_permitted, requires
from victor.accounts.errors import AccountRefusal
from victor.confirmations import Confirmation, asks_first


@requires("partners.view_groups")
@require_safe
def groups(request: SignedInRequest) -> HttpResponse:
    """The groups that the reader may see."""
    listed = list(WorkingGroup.objects.visible_to(request.user).for_listing())
    context = {"groups": listed, "can_found": is_permitted(request.user, "partners.found_group")}
    return render(request, "partners/groups/groups.html", context)


@requires("partners.view_groups")
@require_safe
def group(request: SignedInRequest, slug: str) -> HttpResponse:
    """One group and who belongs to it."""
    shown = _get_group(request, slug)
    return render(request, "partners/groups/group.html", {"page": GroupPage.of(shown, request.user)})


@requires("partners.found_group")
@require_http_methods(["GET", "HEAD", "POST"])
def found_group(request: SignedInRequest) -> HttpResponse:
    """Found a group."""
    return _edit(request, GroupForm(request.POST or None))


@requires("partners.lead_group")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what a group is for."""
    return _edit(request, GroupForm(request.POST or None, instance=_get_led(request, slug)), _get_led(request, slug))


@requires("partners.lead_group")
@require_POST
def add_member(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let a person join."""
    shown, form = _get_led(request, slug), MemberForm(request.POST)
    if form.is_valid():
        try:
            role = GroupRole(form.cleaned_data["role"])
            actions.add_member(shown, form.cleaned_data["person"], role, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            name = form.cleaned_data["person"].name
            messages.success(request, _("%(name)s belongs to the group now.") % {"name": name})
            return redirect(shown)
    page = GroupPage.of(shown, request.user, form)
    return render(request, "partners/groups/group.html", {"page": page, "refused": form}, status=422)


def _ask_to_end_member(request: SignedInRequest, slug: str, number: int) -> Confirmation | None:
    member = _get_member(request, slug, number)
    question = _("End the part of %(name)s in the group?") % {"name": member.user.name}
    consequences = (_("The name stays in what the group has decided."), _("Where the chair leaves, the deputy chairs."))
    return Confirmation(question, consequences, _("End"), member.group.get_absolute_url())


@requires("partners.view_groups")
@require_POST
@asks_first(_ask_to_end_member)
def end_member(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """End what a person is in a group: by who leads it, or by the person."""
    member = _get_member(request, slug, number)
    try:
        actions.end_member(member, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s no longer belongs to the group.") % {"name": member.user.name})
    return redirect("partners:groups" if member.user == request.user else member.group)


def _ask_to_end(request: SignedInRequest, slug: str) -> Confirmation | None:
    shown = _get_group(request, slug)
    question = _("End the group %(name)s?") % {"name": shown.name}
    consequences = (_("No meeting can be planned any more. What the group has decided stays."),)
    return Confirmation(question, consequences, _("End the group"), shown.get_absolute_url())


@requires("partners.found_group")
@require_POST
@asks_first(_ask_to_end)
def end(request: SignedInRequest, slug: str) -> HttpResponse:
    """End a group."""
    shown = _get_group(request, slug)
    try:
        actions.end_group(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The group has ended."))
    return redirect(shown)


def _edit(request: SignedInRequest, form: GroupForm, shown: WorkingGroup | None = None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = actions.save_group(form.save(commit=False), by=request.user)
        messages.success(request, _("The group has been saved."))
        return redirect(saved)
    return render(request, "partners/groups/edit.html", {"form": form, "group": shown})


def _get_group(request: SignedInRequest, slug: str) -> WorkingGroup:
    visible = WorkingGroup.objects.visible_to(request.user).select_related("country")
    shown: WorkingGroup = get_object_or_404(visible, slug=slug)
    return shown


def _get_led(request: SignedInRequest, slug: str) -> WorkingGroup:
    """A group that the reader leads; for everybody else it is not there."""
    shown = _get_group(request, slug)
    if not is_permitted(request.user, actions.LEAD, shown):
        raise Http404
    return shown


def _get_member(request: SignedInRequest, slug: str, number: int) -> GroupMember:
    """A member whose part the reader may end; for everybody else there is none."""
    shown = _get_group(request, slug)
    members = GroupMember.objects.filter(group=shown).select_related("user", "group")
    if not is_permitted(request.user, actions.LEAD, shown):
        members = members.filter(user=request.user)
    member: GroupMember = get_object_or_404(members, pk=number)
    return member
