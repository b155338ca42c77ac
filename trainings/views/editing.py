"""Seminars as their trainers plan them: new, changed, copied, called off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from trainings import actions
from trainings.errors import Refusal
from trainings.forms import CloneForm, LedSeminarForm, sessions_of
from trainings.models import Seminar
from victor.access import require, requires


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_seminar(request: HttpRequest) -> HttpResponse:
    """Plan a seminar."""
    return _edited(request, Seminar())


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_seminar(request: HttpRequest, slug: str) -> HttpResponse:
    """Change it."""
    return _edited(request, led(request, slug))


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def clone(request: HttpRequest, slug: str) -> HttpResponse:
    """Hold it again, once or several times."""
    seminar = led(request, slug)
    form = CloneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.series(seminar, **form.cleaned_data, by=request.user)
        said = ngettext("%(number)s seminar is planned.", "%(number)s seminars are planned.", len(made))
        messages.success(request, said % {"number": len(made)})
        return redirect("trainings:edit_seminar", made[0].slug)
    return render(request, "trainings/clone.html", {"seminar": seminar, "form": form})


def led(request: HttpRequest, slug: str) -> Seminar:
    """The seminar, for those who look after it; whoever only helps there is refused."""
    seminar = get_object_or_404(Seminar.objects.visible_to(request.user).select_related("country"), slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar


def _edited(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    form = LedSeminarForm(request.POST or None, instance=seminar, by=request.user)
    is_valid = form.is_valid()  # first: sessions are read from the clocks of the country that it names
    sessions = sessions_of(request.POST or None, instance=form.instance)
    if request.method == "POST" and sessions.is_valid() and is_valid:
        try:
            kept = _kept(form, sessions, by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The seminar is saved."))
            return _onwards(request, kept)
    return render(request, "trainings/seminar_form.html", {"seminar": seminar, "form": form, "sessions": sessions})


def _kept(form: LedSeminarForm, sessions: Any, *, by: Any) -> Seminar:
    plan = actions.Plan(sessions.kept, sessions.removed, **form.people)
    return actions.keep_seminar(form.save(commit=False), plan, form.texts, by=by)


def _onwards(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    """To the mail that tells of a change, where one waits; else back to the plan."""
    draft = seminar.mailings.untold().first()
    if draft is None:
        return redirect("trainings:edit_seminar", seminar.slug)
    count = seminar.registrations.open().count()
    said = ngettext(
        "%(count)d person is registered and does not know of the change yet. Please read the mail and release it.",
        "%(count)d people are registered and do not know of the change yet. Please read the mail and release it.",
        count,
    )
    messages.warning(request, said % {"count": count})
    return redirect("trainings:mailing", seminar.slug, draft.pk)
