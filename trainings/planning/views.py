"""Pages for planning seminars: the list, create, edit, copy, materials, cancel."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings.planning import actions
from trainings.planning.forms import CopySeminarForm, PlanSeminarForm
from trainings.planning.presenters import seminar_timeline
from trainings.planning.seminar_steps import STEPS, SeminarSteps
from trainings.planning.session_forms import SeminarSessionFormSet, SessionFormSet
from trainings.planning.todo import todo_items_at
from trainings.seminars import actions as seminars_actions
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.forms import MaterialForm
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Seminar
from trainings.seminars.views import managed_seminar, material_response
from victor.access import Actor, SignedInRequest, require, requires
from victor.confirmations import Confirmation, asks_first


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_seminar(request: SignedInRequest) -> HttpResponse:
    """Create a seminar: what, when and where, who may come. A form that names no step is saved as a whole."""
    if request.method == "POST" and "step" not in request.POST:
        return _edit(request, Seminar())
    steps = SeminarSteps(request.POST if request.method == "POST" else None, by=request.user)
    if "back" in request.POST:
        steps.turn(-1)
    elif "add_session" in request.POST:
        steps.add_session()
    elif "save" in request.POST:
        if steps.is_valid() and (saved := _try_to_save(request, steps.form, steps.sessions)):
            return _redirect_after_save(request, saved)
    elif request.method == "POST":
        steps.turn(1)
    return render(request, "trainings/planning/new_seminar.html", {"steps": steps, "all_steps": STEPS})


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_seminar(request: SignedInRequest, slug: str) -> HttpResponse:
    """Edit a seminar."""
    return _edit(request, managed_seminar(request, slug))


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def clone(request: SignedInRequest, slug: str) -> HttpResponse:
    """Copy a seminar once or several times."""
    seminar = managed_seminar(request, slug)
    form = CopySeminarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        copies = actions.copy_seminar_in_series(seminar, **form.cleaned_data, by=request.user)
        message = ngettext(
            "%(number)s seminar has been created.", "%(number)s seminars have been created.", len(copies)
        )
        messages.success(request, message % {"number": len(copies)})
        return redirect("trainings:edit_seminar", copies[0].slug)
    return render(request, "trainings/planning/copy.html", {"seminar": seminar, "form": form})


def _edit(request: SignedInRequest, seminar: Seminar) -> HttpResponse:
    form = PlanSeminarForm(request.POST or None, instance=seminar, by=request.user)
    is_valid = form.is_valid()  # first: sessions are read in the time zone of the country that it names
    sessions = cast("SessionFormSet", SeminarSessionFormSet(request.POST or None, instance=form.instance))
    if request.method == "POST" and sessions.is_valid() and is_valid:
        saved = _try_to_save(request, form, sessions)
        if saved is not None:
            return _redirect_after_save(request, saved)
    return render(
        request, "trainings/planning/seminar_form.html", {"seminar": seminar, "form": form, "sessions": sessions}
    )


def _try_to_save(request: SignedInRequest, form: PlanSeminarForm, sessions: SessionFormSet) -> Seminar | None:
    """Save it. None where that is refused: then the form says why."""
    try:
        saved = _save(form, sessions, by=request.user)
    except TrainingRefusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The seminar has been saved."))
    return saved


def _save(form: PlanSeminarForm, sessions: SessionFormSet, *, by: Actor) -> Seminar:
    plan = actions.SeminarPlan(sessions.remaining, sessions.removed, **form.people)
    return actions.save_seminar(form.save(commit=False), plan, form.texts, by=by)


def _redirect_after_save(request: SignedInRequest, seminar: Seminar) -> HttpResponse:
    """Go to the e-mail about a change that waits to be released; without one, back to the plan."""
    draft = seminar.mailings.unreleased_changes().first()
    if draft is None:
        return redirect("trainings:edit_seminar", seminar.slug)
    count = seminar.registrations.open().count()
    message = ngettext(
        "%(count)d person is registered and does not know about the change yet. Please check the email and send it.",
        "%(count)d people are registered and do not know about the change yet. Please check the email and send it.",
        count,
    )
    messages.warning(request, message % {"count": count})
    return redirect("trainings:mailing", seminar.slug, draft.pk)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: SignedInRequest, slug: str) -> HttpResponse:
    """The materials of each session; add one."""
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
def led_material(request: SignedInRequest, slug: str, pk: int) -> HttpResponseBase:
    """Download a material, for those who manage the seminar."""
    return material_response(
        get_object_or_404(SessionMaterial, session__seminar=managed_seminar(request, slug), pk=pk), personal=True
    )


def _ask_to_remove(request: SignedInRequest, slug: str, pk: int) -> Confirmation:
    materials = SessionMaterial.objects.filter(session__seminar=managed_seminar(request, slug))
    material = get_object_or_404(materials, pk=pk)
    return Confirmation(
        question=_("Delete the file “%(name)s”?") % {"name": material.name},
        consequences=(
            _("Nobody finds it at the seminar any more, participants with a link included."),
            _("This cannot be undone. You would have to upload it again."),
        ),
        verb=_("Delete the file"),
        back=reverse("trainings:materials", args=[slug]),
    )


@requires("trainings.manage")
@require_POST
@asks_first(_ask_to_remove)
def remove_material(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Delete a material."""
    material = get_object_or_404(SessionMaterial, session__seminar=managed_seminar(request, slug), pk=pk)
    seminars_actions.delete_material(material, by=request.user)
    messages.success(request, _("The file has been deleted."))
    return redirect("trainings:materials", slug)


PAGE_LENGTH = 20


@requires("trainings.check_in")
@require_safe
def my_seminars(request: SignedInRequest) -> HttpResponse:
    """The seminars of this person: coming ones with what is to do, or past ones."""
    seminars = Seminar.objects.visible_to(request.user).for_workspace_rows()
    shows_past = request.GET.get("when") == "past"
    chosen = seminars.past() if shows_past else seminars.to_come()
    page = Paginator(chosen, PAGE_LENGTH).get_page(request.GET.get("page"))
    managed = [seminar for seminar in page if request.user.has_perm("trainings.manage", seminar)]
    todo_items = todo_items_at(managed)
    rows = [(seminar, seminar in managed, todo_items.get(seminar.pk, [])) for seminar in page]
    return render(
        request, "trainings/planning/my_seminars.html", {"rows": rows, "page_obj": page, "shows_past": shows_past}
    )


@requires("trainings.manage")
@require_safe
def led(request: SignedInRequest, slug: str) -> HttpResponse:
    """The overview of a seminar: numbers, what is to do, and what happens automatically."""
    seminar = _seminar_with_seats(request, slug)
    context = {
        "seminar": seminar,
        "sessions": seminar.sessions.all(),
        "todo_items": todo_items_at([seminar])[seminar.pk],
        "timeline": seminar_timeline(seminar),
        "waits_for_editor_since": seminar.waits_for_editor_since,
    }
    return render(request, "trainings/planning/seminar_overview.html", context)


def _ask_to_cancel(request: SignedInRequest, slug: str) -> Confirmation:
    seminar = _seminar_with_seats(request, slug)
    count = seminar.registrations.open().count()
    people = ngettext(
        "%(number)d person has a place or is on the waiting list and will be told by email at once.",
        "%(number)d people have a place or are on the waiting list and will be told by email at once.",
        count,
    )
    nobody = _("Nobody has registered, so nobody will be told.")
    return Confirmation(
        question=_("Cancel the seminar “%(title)s”?") % {"title": seminar.working_title},
        consequences=(people % {"number": count} if count else nobody, _("This cannot be undone.")),
        verb=_("Cancel the seminar"),
        back=reverse("trainings:led", args=[slug]),
    )


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
@asks_first(_ask_to_cancel)
def cancel(request: SignedInRequest, slug: str) -> HttpResponse:
    """Cancel a seminar."""
    try:
        count = actions.cancel_seminar(_seminar_with_seats(request, slug), by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "Cancelled. %(count)d person will be told by email.",
            "Cancelled. %(count)d people will be told by email.",
            count,
        )
        messages.success(request, text % {"count": count})
    return redirect("trainings:led", slug)


def _seminar_with_seats(request: SignedInRequest, slug: str) -> Seminar:
    """As `managed_seminar`, with the numbers of seats."""
    seminars = Seminar.objects.visible_to(request.user).with_taken().select_related("country", "organisation")
    seminar = get_object_or_404(seminars, slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar
