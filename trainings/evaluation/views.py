"""The results of a seminar's questionnaires, for those who manage the seminar."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from trainings.evaluation import actions
from trainings.evaluation.questionnaire_results import results_of
from trainings.registrations.states import Stage
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.models import Seminar
from trainings.seminars.views import managed_seminar
from victor.access import SignedInRequest, requires
from victor.files.downloads import answer_with_file
from victor.files.states import XLSX_TYPE


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaires(request: SignedInRequest, slug: str) -> HttpResponse:
    """The combined answers, who has not answered yet, and a reminder for them."""
    seminar = managed_seminar(request, slug)
    if request.method == "POST":
        return _remind(request, seminar)
    results = results_of(seminar)
    if request.GET.get("form") != "xlsx":
        return render(request, "trainings/evaluation/questionnaires.html", {"seminar": seminar, "results": results})
    return answer_with_file(f"{seminar.slug}-questionnaires.xlsx", results.as_xlsx(), XLSX_TYPE)


def _remind(request: SignedInRequest, seminar: Seminar) -> HttpResponse:
    stage = request.POST.get("stage", "")
    if stage not in Stage:
        raise Http404
    try:
        number = actions.remind_to_answer(seminar, Stage(stage), by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("%(number)s person was reminded.", "%(number)s people were reminded.", number)
        none = _("All of them have already been reminded today.")
        messages.success(request, text % {"number": number} if number else none)
    return redirect("trainings:questionnaires", seminar.slug)
