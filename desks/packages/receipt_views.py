"""The page on which somebody outside confirms that a package has come, and says later that it is destroyed.

No account and no token is asked for: whoever has no code can do nothing here. It never says who the child is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from desks.desk.errors import DeskRefusal
from desks.packages import acknowledgements
from desks.packages.errors import NothingForCode
from desks.packages.forms import DestructionForm, ReceiptForm
from desks.packages.states import KeptReason, PackageState
from victor.access import OutsideReceiver, public
from victor.formatting import short_moment
from victor.publishing.views import render_personal
from victor.throttling import Passage, Throttle, pass_throttle

if TYPE_CHECKING:
    from django.forms import Form

    from desks.packages.models import Package

THROTTLE = Throttle(free=10)  # presses an hour from one place that do not wait


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Give the code. One that is wrong and one that is old are answered alike."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _render(request, form)
    if pass_throttle(request, THROTTLE) == Passage.CROWDED:
        return respond_429(request)
    if not form.is_valid():
        return _render(request, form)
    try:
        package = acknowledgements.find_package(form.cleaned_data["code"])
        return _answer(request, package, form)
    except NothingForCode as refusal:
        form.add_error("code", str(refusal))
        return _render(request, form)


def _answer(request: HttpRequest, package: Package, form: ReceiptForm) -> HttpResponse:
    if package.state == PackageState.DESTRUCTION_ASKED:
        return _answer_destruction(request, package)
    data, by = form.cleaned_data, OutsideReceiver(package)
    if not data["function"].strip():
        form.add_error("function", _("Say in which function you received it."))
        return _render(request, form)
    package = acknowledgements.confirm_receipt(package, data["function"], could_open=data["could_open"], by=by)
    moment = short_moment(package.received_at, package.case.desk.zone) if package.received_at else ""
    return _render_done(request, _("Confirmed %(moment)s. You can close this page.") % {"moment": moment})


def _answer_destruction(request: HttpRequest, package: Package) -> HttpResponse:
    """Ask what became of it; the code travels in the form."""
    is_answer = "answer" in request.POST or request.POST.get("step") == "destruction"
    form = DestructionForm(request.POST if is_answer else None, initial={"code": request.POST.get("code", "")})
    if not form.is_valid():
        return _render(request, form, is_asked=True)
    data, by = form.cleaned_data, OutsideReceiver(package)
    try:
        if data["answer"] == "destroyed":
            acknowledgements.confirm_destruction(package, data["day"], by=by)
        else:
            acknowledgements.refuse_destruction(package, KeptReason(data["reason"]), data["text"], by=by)
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return _render(request, form, is_asked=True)
    return _render_done(request, _("Your answer is saved. You can close this page."))


def _render(request: HttpRequest, form: Form, *, is_asked: bool = False) -> HttpResponse:
    context = {"form": form, "is_asked": is_asked}
    status = 422 if form.errors else 200
    return render_personal(request, "desks/packages/receipt.html", context, status=status)


def _render_done(request: HttpRequest, message: str) -> HttpResponse:
    return render_personal(request, "desks/packages/receipt_done.html", {"message": message})
