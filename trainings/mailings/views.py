"""Mailings to the participants of a seminar: list, write, preview, release."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings.mailings import actions
from trainings.mailings.forms import MailingForm, WordsForm
from trainings.mailings.message_templates import IN_SUBJECTS, PLACEHOLDERS, digest_of_content
from trainings.mailings.models import Mailing
from trainings.mailings.presenters import previews_of
from trainings.mailings.states import MailKind
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.views import managed_seminar
from victor.access import SignedInRequest, requires
from victor.confirmations import Confirmation, asks_first

PAGE_LENGTH = 50
SAVED_DRAFT = _("The draft is saved. Nothing has been sent yet.")
STEPS = {
    "release": (actions.release_mailing, _("The emails are being sent, in batches of a hundred.")),
    "stop": (actions.stop_mailing, _("Stopped. Nobody else will receive it.")),
    "retry": (actions.retry_mailing, _("We are trying again.")),
    "discard": (actions.discard_mailing, _("The draft has been deleted.")),
}


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def mailings(request: SignedInRequest, slug: str) -> HttpResponse:
    """All mailings, the newest first, and a form to prepare one."""
    seminar = managed_seminar(request, slug)
    form = MailingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        if kind == MailKind.WORDS:
            return redirect("trainings:mailing_words", slug)
        mailing = actions.write_mailing(Mailing(seminar=seminar, kind=kind), {}, by=request.user)
        messages.success(request, SAVED_DRAFT)
        return redirect("trainings:mailing", slug, mailing.pk)
    rows = seminar.mailings.with_progress().select_related("written_by", "released_by")
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "trainings/mailings/mailings.html", {"seminar": seminar, "form": form, "page_obj": page})


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: SignedInRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Write a mailing in your own words, or edit one that is not released."""
    seminar, mailing = managed_seminar(request, slug), None
    if number is not None:
        drafts = seminar.mailings.filter(kind=MailKind.WORDS, released_at=None)
        mailing = get_object_or_404(drafts.prefetch_related("texts"), pk=number)
    form = WordsForm(request.POST or None, seminar=seminar, mailing=mailing)
    if request.method == "POST" and form.is_valid():
        mailing = mailing or Mailing(seminar=seminar, kind=MailKind.WORDS)
        mailing.audience = form.cleaned_data["audience"]
        actions.write_mailing(mailing, form.templates, by=request.user)
        messages.success(request, SAVED_DRAFT)
        return redirect("trainings:mailing", slug, mailing.pk)
    context: dict[str, object] = {"seminar": seminar, "mailing": mailing, "form": form}
    context |= {"placeholders": PLACEHOLDERS, "in_subjects": IN_SUBJECTS}
    return render(request, "trainings/mailings/mailing_words.html", context)


@requires("trainings.manage")
@require_safe
def mailing(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The preview of a mailing in each language, and its progress."""
    seminar = managed_seminar(request, slug)
    row = get_object_or_404(seminar.mailings.with_progress().prefetch_related("texts"), pk=number)
    failed = Paginator(row.recipients.failed(), PAGE_LENGTH).get_page(request.GET.get("page"))
    context: dict[str, object] = {"seminar": seminar, "mailing": row, "previews": previews_of(row), "page_obj": failed}
    context["digest"] = digest_of_content(row)
    return render(request, "trainings/mailings/mailing.html", context)


def _ask_for_step(request: SignedInRequest, slug: str, number: int, step: str) -> Confirmation | None:
    row = get_object_or_404(managed_seminar(request, slug).mailings.select_related("seminar"), pk=number)
    back = reverse("trainings:mailing", args=[slug, number])
    if step == "discard":
        lost = _("The text is deleted. Nobody has received it, and nobody will. This cannot be undone.")
        return Confirmation(_("Delete this draft?"), (lost,), _("Delete the draft"), back)
    count = row.concerned(row.seminar.registrations.all()).count()
    if step != "release" or not count:
        return None
    question = ngettext("Send this email to %(count)d person?", "Send this email to %(count)d people?", count)
    consequences = (
        _("They get it within minutes, each in their own language, as you have read it."),
        _("What has been sent cannot be taken back. While it is being sent you can stop it."),
    )
    return Confirmation(question % {"count": count}, consequences, _("Send"), back)


@requires("trainings.manage")
@require_POST
@asks_first(_ask_for_step)
def step(request: SignedInRequest, slug: str, number: int, step: str) -> HttpResponse:
    """Release, stop, retry or discard a mailing."""
    row = get_object_or_404(managed_seminar(request, slug).mailings.select_related("seminar"), pk=number)
    action, text = STEPS[step]
    names_content = {"digest": request.POST.get("digest", "")} if step == "release" else {}
    try:
        action(row, by=request.user, **names_content)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, text)
    if not Mailing.objects.filter(pk=number).exists():
        return redirect("trainings:mailings", slug)
    return redirect("trainings:mailing", slug, number)
