"""The doors of a swap: a colleague is asked, and answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from desks.desk.errors import DeskRefusal
from desks.duty import swaps
from desks.duty.forms import StretchForm, SwapForm
from desks.duty.presenters import RotaPage
from desks.duty.rota_views import get_desk
from victor.access import SignedInRequest, requires

ANSWERS = {
    "agree": (swaps.accept_swap, gettext_lazy("You have swapped. The rota shows it.")),
    "decline": (swaps.decline_swap, gettext_lazy("You keep your duty. Your colleague gets an email.")),
    "withdraw": (swaps.withdraw_swap, gettext_lazy("You no longer ask for this swap.")),
}


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose a colleague's duty for one's own, and ask."""
    desk = get_desk(request, slug)
    if not StretchForm(request.GET).is_valid():
        messages.error(request, _("The rota has changed meanwhile. Please look at it again."))
        return redirect("desks:rota", slug)
    rows = RotaPage(desk, request.user).swappable
    form = SwapForm(request.POST if request.method == "POST" else None, rows=rows, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            swaps.ask_swap(desk, form.time, form.wanted_time, by=request.user)
        except DeskRefusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your colleague has been asked. Until they accept, nothing changes."))
        return redirect("desks:rota", slug)
    status = 422 if form.errors else 200
    return render(request, "desks/duty/swap.html", {"desk": desk, "form": form, "rows": rows}, status=status)


@requires("desks.work")
@require_POST
def answer(request: SignedInRequest, slug: str, number: int, step: str) -> HttpResponse:
    """Swap, keep one's duty, or take back what one has asked."""
    swap = get_object_or_404(get_desk(request, slug).duty_swaps, pk=number)
    if step not in ANSWERS or request.user not in (swap.asked, swap.asked_by):
        raise Http404
    action, message = ANSWERS[step]
    try:
        action(swap, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, message)
    return redirect("desks:rota", slug)
