"""Questionnaires: answered behind the signed address of a place, and seen together by whoever leads the seminar."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trainings import actions
from trainings.errors import Refusal
from trainings.forms import QuestionsForm
from trainings.models import Seminar
from trainings.opened import Asking, Place
from trainings.results import Results
from trainings.states import Stage
from trainings.views.place import PARTICIPANT, find, unknown
from victor.access import public, require, requires
from victor.publishing.views import show_to_one

KEEP = "keep"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, token: str, stage: str) -> HttpResponse:
    """Answer a questionnaire: in one go or in several; read the right answers in the end."""
    found = find(token)
    if found is None:
        return unknown(request)
    if stage not in Stage:
        raise Http404
    asking = Place(found, token).asking(Stage(stage))
    if request.method != "POST":
        return _shown(request, asking, QuestionsForm(items=asking.items, given=asking.answers))
    form = QuestionsForm(request.POST, items=asking.items, given=asking.answers)
    if not form.is_valid():
        return _shown(request, asking, form)
    go = request.POST.get("go")
    if go != KEEP and form.lacking and "sure" not in request.POST:
        return _shown(request, asking, form, lacking=form.lacking)
    act = actions.keep_answers if go == KEEP else actions.hand_in
    try:
        act(found, asking.stage, form.answers, by=PARTICIPANT)
    except Refusal as refusal:
        return _shown(request, asking, form, refused=str(refusal))
    return _shown(request, Place(found, token).asking(asking.stage), form, is_kept=go == KEEP)


def _shown(request: HttpRequest, asking: Asking, form: QuestionsForm, **said: object) -> HttpResponse:
    context = {"asking": asking, "place": asking.place, "form": form, **said}
    return show_to_one(request, "trainings/questions.html", context)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaires(request: HttpRequest, slug: str) -> HttpResponse:
    """What participants answered, all together; who has not yet, and a reminder for them."""
    seminar = get_object_or_404(Seminar.objects.visible_to(request.user).select_related("country"), slug=slug)
    require(request.user, "trainings.manage", seminar)
    if request.method == "POST":
        return _reminded(request, seminar)
    results = Results(seminar)
    if request.GET.get("form") != "xlsx":
        return render(request, "trainings/questionnaires.html", {"seminar": seminar, "results": results})
    response = HttpResponse(results.as_xlsx(), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{seminar.slug}-questionnaires.xlsx"'
    return response


def _reminded(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    stage = request.POST.get("stage")
    if stage not in Stage:
        raise Http404
    try:
        number = actions.remind(seminar, Stage(stage), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(number)s person was reminded.", "%(number)s persons were reminded.", number)
        none = _("All of them were reminded today already.")
        messages.success(request, said % {"number": number} if number else none)
    return redirect("trainings:questionnaires", seminar.slug)
