"""Seminars as their trainers plan them: new, changed, copied, called off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings.planning import actions
from trainings.planning.forms import CopySeminarForm, PlanSeminarForm, SeminarSessionFormSet
from trainings.planning.presenters import seminar_timeline
from trainings.planning.todo import todo_items_at
from trainings.seminars import actions as seminars_actions
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.forms import MaterialForm
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Seminar
from trainings.seminars.views import material_response
from victor.access import require, requires


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_seminar(request: HttpRequest) -> HttpResponse:
    """Plan a seminar."""
    return _edit(request, Seminar())


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_seminar(request: HttpRequest, slug: str) -> HttpResponse:
    """Change it."""
    return _edit(request, managed_seminar(request, slug))


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def clone(request: HttpRequest, slug: str) -> HttpResponse:
    """Hold it again, once or several times."""
    seminar = managed_seminar(request, slug)
    form = CopySeminarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.copy_seminar_in_series(seminar, **form.cleaned_data, by=request.user)
        said = ngettext("%(number)s seminar has been created.", "%(number)s seminars have been created.", len(made))
        messages.success(request, said % {"number": len(made)})
        return redirect("trainings:edit_seminar", made[0].slug)
    return render(request, "trainings/planning/copy.html", {"seminar": seminar, "form": form})


def managed_seminar(request: HttpRequest, slug: str) -> Seminar:
    """The seminar, for those who look after it; whoever only helps there is refused."""
    seminar = get_object_or_404(Seminar.objects.visible_to(request.user).select_related("country"), slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar


def _edit(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    form = PlanSeminarForm(request.POST or None, instance=seminar, by=request.user)
    is_valid = form.is_valid()  # first: sessions are read from the clocks of the country that it names
    sessions = SeminarSessionFormSet(request.POST or None, instance=form.instance)
    if request.method == "POST" and sessions.is_valid() and is_valid:
        try:
            kept = _save(form, sessions, by=request.user)
        except TrainingRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The seminar has been saved."))
            return _redirect_after_save(request, kept)
    return render(
        request, "trainings/planning/seminar_form.html", {"seminar": seminar, "form": form, "sessions": sessions}
    )


def _save(form: PlanSeminarForm, sessions: Any, *, by: Any) -> Seminar:
    plan = actions.SeminarPlan(sessions.kept, sessions.removed, **form.people)
    return actions.save_seminar(form.save(commit=False), plan, form.texts, by=by)


def _redirect_after_save(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    """To the mail that tells of a change, where one waits; else back to the plan."""
    draft = seminar.mailings.unreleased_changes().first()
    if draft is None:
        return redirect("trainings:edit_seminar", seminar.slug)
    count = seminar.registrations.open().count()
    said = ngettext(
        "%(count)d person is registered and does not know about the change yet. Please check the email and send it.",
        "%(count)d people are registered and do not know about the change yet. Please check the email and send it.",
        count,
    )
    messages.warning(request, said % {"count": count})
    return redirect("trainings:mailing", seminar.slug, draft.pk)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is for each session, and one more."""
    seminar = managed_seminar(request, slug)
    form = MaterialForm(request.POST or None, request.FILES or None, seminar=seminar)
    if request.method == "POST" and form.is_valid():
        seminars_actions.add_material(form.save(commit=False), by=request.user)
        messages.success(request, _("The file has been added."))
        return redirect("trainings:materials", slug)
    sessions = seminar.sessions.select_related("seminar__country").prefetch_related("materials")
    context = {"seminar": seminar, "form": form, "sessions": sessions}
    return render(request, "trainings/planning/materials.html", context)


@requires("trainings.manage")
@require_safe
def led_material(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A file, for those who look after the seminar."""
    return material_response(
        get_object_or_404(SessionMaterial, session__seminar=managed_seminar(request, slug), pk=pk), personal=True
    )


@requires("trainings.manage")
@require_POST
def remove_material(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a file back."""
    found = get_object_or_404(SessionMaterial, session__seminar=managed_seminar(request, slug), pk=pk)
    seminars_actions.delete_material(found, by=request.user)
    messages.success(request, _("The file has been removed."))
    return redirect("trainings:materials", slug)


PAGE_LENGTH = 20


@requires("trainings.check_in")
@require_safe
def my_seminars(request: HttpRequest) -> HttpResponse:
    """Those that I look after or help at: the next first, with what waits at each; those that are over apart."""
    seminars = Seminar.objects.visible_to(request.user).for_workspace_rows()
    shows_past = request.GET.get("when") == "past"
    found = seminars.past() if shows_past else seminars.to_come()
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    managed = [each for each in page if request.user.has_perm("trainings.manage", each)]
    waits = todo_items_at(managed)
    rows = [(each, each in managed, waits.get(each.pk, [])) for each in page]
    return render(
        request, "trainings/planning/my_seminars.html", {"rows": rows, "page_obj": page, "shows_past": shows_past}
    )


@requires("trainings.manage")
@require_safe
def led(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: what it is, how many come, what waits, and what happens by itself."""
    seminar = _seminar_with_seats(request, slug)
    context = {
        "seminar": seminar,
        "sessions": seminar.sessions.all(),
        "waits": todo_items_at([seminar])[seminar.pk],
        "timeline": seminar_timeline(seminar),
    }
    return render(request, "trainings/planning/seminar_overview.html", context)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """How many would be told; call it off."""
    seminar = _seminar_with_seats(request, slug)
    if request.method != "POST":
        return render(
            request,
            "trainings/planning/cancel.html",
            {"seminar": seminar, "told": seminar.registrations.open().count()},
        )
    try:
        told = actions.cancel_seminar(seminar, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "Cancelled. %(count)d person will be told by email.",
            "Cancelled. %(count)d people will be told by email.",
            told,
        )
        messages.success(request, text % {"count": told})
    return redirect("trainings:led", slug)


def _seminar_with_seats(request: HttpRequest, slug: str) -> Seminar:
    """Helpers find the seminar too, and may not look after it."""
    found = Seminar.objects.visible_to(request.user).with_taken().select_related("country", "organisation")
    seminar = get_object_or_404(found, slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar
