"""Mails to the participants of a seminar: what went out, what is prepared, looked at, released."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings.mailings import actions
from trainings.mailings.forms import MailingForm, WordsForm
from trainings.mailings.message_templates import IN_SUBJECTS, PLACEHOLDERS
from trainings.mailings.models import Mailing
from trainings.mailings.presenters import previews_of
from trainings.mailings.states import MailKind
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.models import Seminar
from victor.access import require, requires

PAGE_LENGTH = 50
STEPS = {
    "release": (actions.release_mailing, _("Approved. The emails are sent in batches of a hundred.")),
    "stop": (actions.stop_mailing, _("Stopped. Nobody else will receive it.")),
    "retry": (actions.retry_mailing, _("We are trying again.")),
    "discard": (actions.discard_mailing, _("Discarded.")),
}


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def mailings(request: HttpRequest, slug: str) -> HttpResponse:
    """Every mail to many, the newest first; prepare one."""
    seminar = _managed_seminar(request, slug)
    form = MailingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        if kind == MailKind.WORDS:
            return redirect("trainings:mailing_words", slug)
        mailing = actions.write_mailing(Mailing(seminar=seminar, kind=kind), {}, by=request.user)
        return redirect("trainings:mailing", slug, mailing.pk)
    known = seminar.mailings.with_progress().select_related("written_by", "released_by")
    page = Paginator(known, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "trainings/mailings/mailings.html", {"seminar": seminar, "form": form, "page_obj": page})


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Write a mail in own words, or change one that is not released."""
    seminar, mailing = _managed_seminar(request, slug), None
    if number is not None:
        waiting = seminar.mailings.filter(kind=MailKind.WORDS, released_at=None)
        mailing = get_object_or_404(waiting.prefetch_related("texts"), pk=number)
    form = WordsForm(request.POST or None, seminar=seminar, mailing=mailing)
    if request.method == "POST" and form.is_valid():
        mailing = mailing or Mailing(seminar=seminar, kind=MailKind.WORDS)
        mailing.audience = form.cleaned_data["audience"]
        actions.write_mailing(mailing, form.words, by=request.user)
        return redirect("trainings:mailing", slug, mailing.pk)
    context = {"seminar": seminar, "form": form, "placeholders": PLACEHOLDERS, "in_subjects": IN_SUBJECTS}
    return render(request, "trainings/mailings/mailing_words.html", context)


@requires("trainings.manage")
@require_safe
def mailing(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What it says in each language and to how many; what became of it."""
    seminar = _managed_seminar(request, slug)
    found = get_object_or_404(seminar.mailings.with_progress().prefetch_related("texts"), pk=number)
    failed = Paginator(found.recipients.failed(), PAGE_LENGTH).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"seminar": seminar, "mailing": found, "previews": previews_of(found), "page_obj": failed}
    return render(request, "trainings/mailings/mailing.html", context)


@requires("trainings.manage")
@require_POST
def step(request: HttpRequest, slug: str, number: int, step: str) -> HttpResponse:
    """Release it, stop it, try again, or throw it away."""
    found = get_object_or_404(_managed_seminar(request, slug).mailings.select_related("seminar"), pk=number)
    action, said = STEPS[step]
    try:
        action(found, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    if not Mailing.objects.filter(pk=number).exists():
        return redirect("trainings:mailings", slug)
    return redirect("trainings:mailing", slug, number)


def _managed_seminar(request: HttpRequest, slug: str) -> Seminar:
    """The seminar, for those who hold it: helpers let people in and write to nobody."""
    seminar = get_object_or_404(Seminar.objects.visible_to(request.user).select_related("country"), slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar
