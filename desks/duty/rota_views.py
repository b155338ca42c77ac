"""The doors of the rota: who has duty, planning, taking over; and one's own number."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.duty import duty_numbers, planning
from desks.duty.forms import CodeForm, DutyForm, NumberForm, PolicyForm, SingleDutyForm, StretchForm, WeeklyDutyForm
from desks.duty.gateway import configured_gateway
from desks.duty.models import DutyAlarm, DutyNumber
from desks.duty.presenters import RotaPage
from desks.duty.states import DutyChannel, DutyHours
from victor.access import SignedInRequest, requires
from victor.forms.side_by_side import SideForm

PLAN_FORMS: dict[str, type[DutyForm]] = {"weekly": WeeklyDutyForm, "once": SingleDutyForm}


@requires("desks.work")
@require_safe
def rota(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who has duty now and next, the coming two weeks, and when nobody has."""
    return _render_rota(request, get_desk(request, slug))


@requires("desks.lead")
@require_POST
def plan(request: SignedInRequest, slug: str, step: str) -> HttpResponse:
    """Give somebody a duty, every week or once."""
    desk = _get_led_desk(request, slug)
    if step not in PLAN_FORMS:
        raise Http404
    form = PLAN_FORMS[step](request.POST, desk=desk)
    if not form.is_valid():
        return _render_rota(request, desk, status=422, **{step: form})
    try:
        planning.plan_duty(form.span(), by=request.user)
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return _render_rota(request, desk, status=409, **{step: form})
    messages.success(request, _("The duty is in the rota."))
    return redirect("desks:rota", slug)


@requires("desks.lead")
@require_POST
def remove(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take a duty out of the rota. Planning it again brings it back."""
    span = get_object_or_404(_get_led_desk(request, slug).duty_spans, pk=number)
    planning.remove_duty(span, by=request.user)
    messages.success(request, _("The duty is no longer in the rota."))
    return redirect("desks:rota", slug)


@requires("desks.lead")
@require_POST
def policy(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say when the desk calls its people."""
    desk = _get_led_desk(request, slug)
    form = PolicyForm(request.POST)
    if not form.is_valid():
        return _render_rota(request, desk, status=422, policy=form)
    planning.set_policy(desk, DutyHours(form.cleaned_data["hours"]), by=request.user)
    messages.success(request, _("Saved."))
    return redirect("desks:rota", slug)


@requires("desks.work")
@require_POST
def take_over(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take a duty that a colleague has, or nobody."""
    desk = get_desk(request, slug)
    form = StretchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The rota has changed meanwhile. Please look at it again."))
        return redirect("desks:rota", slug)
    try:
        planning.take_over(desk, form.time, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have this duty now."))
    return redirect("desks:rota", slug)


@requires("desks.work")
@require_safe
def duty(request: SignedInRequest) -> HttpResponse:
    """One's own number, and the desks whose rota one can see."""
    return _render_duty(request)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def set_number(request: SignedInRequest) -> HttpResponse:
    """Send a code to a new number."""
    form = NumberForm(request.POST)
    if not form.is_valid():
        return _render_duty(request, number=form, status=422)
    data = form.cleaned_data
    try:
        duty_numbers.set_number(data["telephone"], DutyChannel(data["channel"]), by=request.user)
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return _render_duty(request, number=form, status=409)
    messages.success(request, _("We have sent a code to this number. Please type it here."))
    return redirect("desks:duty")


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def confirm_number(request: SignedInRequest) -> HttpResponse:
    """Use the new number from now on."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _render_duty(request, code=form, status=422)
    try:
        duty_numbers.confirm_number(form.cleaned_data["code"], by=request.user)
    except DeskRefusal as refusal:
        form.add_error("code", str(refusal))
        return _render_duty(request, code=form, status=409)
    messages.success(request, _("Your number is confirmed."))
    return redirect("desks:duty")


@requires("desks.work")
@require_POST
def remove_number(request: SignedInRequest) -> HttpResponse:
    """Delete one's number. Typing it again brings it back."""
    duty_numbers.remove_number(by=request.user)
    messages.success(request, _("Your number has been removed."))
    return redirect("desks:duty")


def get_desk(request: SignedInRequest, slug: str) -> Desk:
    """The desk with its hours, for those who work there."""
    desks = Desk.objects.for_worker(request.user).for_work().select_related("duty_policy")
    return get_object_or_404(desks.prefetch_related("opening_hours", "closures"), slug=slug)


def _get_led_desk(request: SignedInRequest, slug: str) -> Desk:
    desks = Desk.objects.for_supervisor(request.user).for_work().select_related("duty_policy")
    return get_object_or_404(desks.prefetch_related("opening_hours", "closures"), slug=slug)


def _render_rota(request: SignedInRequest, desk: Desk, *, status: int = 200, **bound: SideForm) -> HttpResponse:
    page = RotaPage(desk, request.user)
    forms: dict[str, SideForm] = {name: form(desk=desk) for name, form in PLAN_FORMS.items()}
    forms["policy"] = PolicyForm(initial={"hours": page.policy})
    context = {"desk": desk, "rota": page, "leads": request.user.has_perm("desks.lead", desk), **forms, **bound}
    return render(request, "desks/duty/rota.html", context, status=status)


def _render_duty(request: SignedInRequest, *, status: int = 200, **bound: SideForm) -> HttpResponse:
    own = DutyNumber.objects.filter(person=request.user).first()
    context = {
        "own": own,
        "has_gateway": configured_gateway() is not None,
        "desks": Desk.objects.for_worker(request.user).for_work(),
        "alarms": DutyAlarm.objects.visible_to(request.user).calling().select_related("desk", "desk__country"),
        "number": NumberForm(),
        "code": CodeForm(),
        **bound,
    }
    return render(request, "desks/duty/duty.html", context, status=status)
