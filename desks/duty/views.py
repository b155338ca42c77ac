"""The doors of an alarm: it is taken, what was done is written down; and the gateway's answers come in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from desks.desk.errors import DeskRefusal
from desks.duty import actions
from desks.duty.errors import AlarmOver, AlarmTaken, AnswerRefused
from desks.duty.forms import CallsMadeForm
from desks.duty.gateway import read_answer
from desks.duty.models import DutyAlarm, DutyCall
from desks.duty.presenters import AlarmPage
from desks.duty.rules import DutyGateway
from victor.access import SignedInRequest, public, requires
from victor.throttling import Passage, Throttle, pass_throttle

ANSWERS_PER_HOUR = 600  # from one place, before they are slowed
THROTTLE = Throttle(free=ANSWERS_PER_HOUR)


@requires("desks.work")
@require_safe
def alarm(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take it, call, write down what was done."""
    return _render_alarm(request, _get_alarm(request, slug, number), CallsMadeForm())


@requires("desks.work")
@require_POST
def take(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take it: nobody else is called."""
    try:
        actions.take_alarm(_get_alarm(request, slug, number), by=request.user)
    except (AlarmTaken, AlarmOver) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("You have it. Nobody else is called."))
    return redirect("desks:alarm", slug, number)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def note_calls(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Seal what somebody did on the telephone."""
    alarm = _get_alarm(request, slug, number)
    if alarm.report is None:
        raise Http404
    form = CallsMadeForm(request.POST)
    if not form.is_valid():
        return _render_alarm(request, alarm, form, status=422)
    try:
        actions.note_calls_made(alarm.report, form.cleaned_data["text"], by=request.user)
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return _render_alarm(request, alarm, form, status=409)
    messages.success(request, _("Your note has been saved. Only colleagues can see it."))
    return redirect("desks:alarm", slug, number)


@csrf_exempt
@public
@require_POST
def note_answer(request: HttpRequest) -> HttpResponse:
    """What the gateway tells of a call, signed by it. Nothing is answered but a status."""
    if pass_throttle(request, THROTTLE) is Passage.CROWDED:
        return HttpResponse(status=429)
    try:
        answer = read_answer(request.body, request.headers)
    except AnswerRefused:
        return HttpResponse(status=403)
    call = DutyCall.objects.filter(pk=answer.call).first()
    if call is None:
        return HttpResponse(status=404)
    actions.note_answer(call, answer.event, by=DutyGateway(call))
    return HttpResponse(status=204)


def _get_alarm(request: SignedInRequest, slug: str, number: int) -> DutyAlarm:
    alarms = DutyAlarm.objects.visible_to(request.user).filter(desk__slug=slug)
    related = ("report__country", "report__key", "referral__to_desk", "alert", "desk__country", "taken_by")
    return get_object_or_404(alarms.select_related(*related), pk=number)


def _render_alarm(
    request: SignedInRequest, alarm: DutyAlarm, form: CallsMadeForm, *, status: int = 200
) -> HttpResponse:
    context = {"duty": AlarmPage(alarm, request.user), "alarm": alarm, "desk": alarm.desk, "form": form}
    return render(request, "desks/duty/alarm.html", context, status=status)
