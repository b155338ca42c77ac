"""Pages of minutes: opened, written item by item, read, sent for remarks, approved, corrected, printed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.meetings.models import AgendaItem, Meeting
from partners.minutes import actions
from partners.minutes.emails import people_to_ask
from partners.minutes.forms import AttendanceForm, CorrectionForm, RemarkForm, TextForm
from partners.minutes.models import ItemText, Minutes
from partners.minutes.pdf import minutes_pdf
from partners.minutes.presenters import ItemEditor, MinutesPage
from partners.minutes.states import TextState
from victor.access import SignedInRequest, require, requires
from victor.accounts.errors import AccountRefusal
from victor.confirmations import Confirmation, asks_first
from victor.files.downloads import PDF, answer_with_file
from victor.formatting import clock

CHOICES = {"use": True, "leave": False}


@requires("partners.write_minutes")
@require_POST
def open_minutes(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Open the minutes of a meeting; those that are there, where some are."""
    row = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("group"), pk=meeting)
    try:
        opened = actions.open_minutes(row, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    messages.success(request, _("The minutes are open. Write item by item; they save themselves."))
    return redirect(opened)


@requires("partners.view_minutes")
@require_safe
def minutes(request: SignedInRequest, meeting: int, version: int) -> HttpResponse:
    """A version of minutes as it is read."""
    return _page(request, _get_minutes(request, meeting, version))


@requires("partners.view_minutes")
@require_safe
def minutes_file(request: SignedInRequest, meeting: int, version: int) -> HttpResponse:
    """The same as a PDF, in the reader's language."""
    shown = _get_minutes(request, meeting, version)
    name = f"minutes-{shown.meeting.group.slug}-{shown.meeting.number}-{shown.version}.pdf"
    return answer_with_file(name, minutes_pdf(shown), PDF)


@requires("partners.write_minutes")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest, meeting: int, version: int, item: int) -> HttpResponse:
    """Write one item of a draft. The page saves itself."""
    draft = _get_draft(request, meeting, version)
    row = get_object_or_404(AgendaItem, meeting=draft.meeting, pk=item)
    if request.POST.get("go") == "auto":
        return _autosave(request, draft, row)
    form = _text_form(request, draft, row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_text(draft, row, **form.cleaned_data, allowed=form.allowed, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after_saving(request, draft, row, saved)
    context = {"editor": ItemEditor.of(draft, row), "form": form, "has_unsaved": request.method == "POST"}
    return render(request, "partners/minutes/write.html", context, status=422 if form.errors else 200)


@requires("partners.write_minutes")
@require_POST
def choose(request: SignedInRequest, meeting: int, version: int, text: int, choice: str) -> HttpResponse:
    """Of two texts of an item take the second one, or leave the first."""
    draft = _get_draft(request, meeting, version)
    second = get_object_or_404(ItemText.objects.select_related("minutes"), minutes=draft, pk=text)
    if choice not in CHOICES:
        raise Http404
    try:
        actions.choose_text(second, is_used=CHOICES[choice], by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your choice is saved. The other text is kept."))
    return redirect("partners:write_minutes", meeting, version, second.item_id)


@requires("partners.write_minutes")
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: SignedInRequest, meeting: int, version: int) -> HttpResponse:
    """Note who was there."""
    draft = _get_draft(request, meeting, version)
    form = AttendanceForm(draft, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_attendance(draft, form.invitations, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Who was there is saved."))
            return redirect(draft)
    context = {"minutes": draft, "form": form, "title": _("Who was there"), "verb": _("Save")}
    return render(request, "partners/minutes/step.html", context, status=422 if form.errors else 200)


@requires("partners.remark_on_minutes")
@require_POST
def remark(request: SignedInRequest, meeting: int, version: int) -> HttpResponse:
    """Make a remark. A late one is shown as late; none changes a text."""
    shown = _get_minutes(request, meeting, version)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            made = actions.add_remark(shown, form.cleaned_data["text"], allowed=form.allowed, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            late = _("Your remark came after the days for remarks. It is shown, and changes nothing.")
            messages.success(request, late if made.is_late else _("Your remark is saved. The secretary reads it."))
            return redirect(shown)
    return _page(request, shown, form)


@requires("partners.write_minutes")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, meeting: int, version: int) -> HttpResponse:
    """Begin a new version of approved minutes."""
    shown = _get_minutes(request, meeting, version)
    require(request.user, "partners.write_minutes", shown.meeting.group)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.correct_minutes(shown, form.cleaned_data["changes"], allowed=form.allowed, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This is the draft of the correction. The approved minutes stay as they are."))
            return redirect(new)
    lead = _("The approved minutes stay as they are. The correction becomes the next version.")
    context = {"minutes": shown, "form": form, "title": _("Correct the minutes"), "lead": lead}
    context |= {"verb": _("Begin a correction")}
    return render(request, "partners/minutes/step.html", context, status=422 if form.errors else 200)


def _ask_to_circulate(request: SignedInRequest, meeting: int, version: int) -> Confirmation:
    shown = _get_draft(request, meeting, version)
    number = people_to_ask(shown, request.user).count()
    words = ngettext("%(count)d person is told by email now.", "%(count)d people are told by email now.", number)
    return Confirmation(
        question=_("Send the minutes for remarks?"),
        consequences=(
            words % {"count": number},
            _("They have seven days for remarks. After that, chair and secretary approve the minutes."),
        ),
        verb=_("Send for remarks"),
        back=shown.get_absolute_url(),
    )


@requires("partners.write_minutes")
@require_POST
@asks_first(_ask_to_circulate)
def circulate(request: SignedInRequest, meeting: int, version: int) -> HttpResponse:
    """Send a draft for seven days of remarks."""
    draft = _get_draft(request, meeting, version)
    try:
        actions.send_for_remarks(draft, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The minutes are out for remarks."))
    return redirect(draft)


@requires("partners.write_minutes")
@require_POST
def take_back(request: SignedInRequest, meeting: int, version: int) -> HttpResponse:
    """Make a draft again of what was sent for remarks."""
    shown = _get_minutes(request, meeting, version)
    try:
        actions.take_minutes_back(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The minutes are a draft again. Send them for remarks once they are ready."))
    return redirect(shown)


def _ask_to_approve(request: SignedInRequest, meeting: int, version: int) -> Confirmation:
    shown = _get_minutes(request, meeting, version)
    return Confirmation(
        question=_("Approve the minutes?"),
        consequences=(
            _("Chair and secretary each approve them: two people."),
            _("With the second approval they are frozen. A correction becomes a new version."),
        ),
        verb=_("Approve the minutes"),
        back=shown.get_absolute_url(),
    )


@requires("partners.approve_minutes")
@require_POST
@asks_first(_ask_to_approve)
def approve(request: SignedInRequest, meeting: int, version: int) -> HttpResponse:
    """Approve what was read, as chair or as secretary."""
    shown = _get_minutes(request, meeting, version)
    try:
        approved = actions.approve_minutes(shown, seen=request.POST.get("digest", ""), by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        whole = _("The minutes are approved and frozen. A correction becomes version %(number)d.")
        half = _("You have approved the minutes. The other approval is missing.")
        messages.success(request, whole % {"number": approved.version + 1} if approved.is_frozen else half)
    return redirect(shown)


def _autosave(request: SignedInRequest, draft: Minutes, item: AgendaItem) -> JsonResponse:
    """What the page is told that saves itself: until when it is saved, or why it is not."""
    form = _text_form(request, draft, item)
    if not form.is_valid():
        return JsonResponse({"error": _("Not saved: something here is wrong. Press “Save” to see it.")}, status=422)
    try:
        row = actions.autosave_text(draft, item, **form.cleaned_data, allowed=form.allowed, by=request.user)
    except AccountRefusal as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    if row is None:
        return JsonResponse({"seen": "0", "saved": ""})
    return JsonResponse({"seen": str(row.revision), "saved": _("Saved %(time)s") % {"time": clock(row.saved_at)}})


def _text_form(request: SignedInRequest, draft: Minutes, item: AgendaItem) -> TextForm:
    current = draft.texts.current().filter(item=item).first()
    initial = {"text": current.text, "seen": current.revision} if current else None
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    form.saved_texts = [current.text] if current else []
    return form


def _after_saving(request: SignedInRequest, draft: Minutes, item: AgendaItem, saved: ItemText) -> HttpResponse:
    """To the next item, where that was asked for; a second text stays on the page until somebody has chosen."""
    if saved.state == TextState.SECOND:
        current = draft.texts.current().select_related("author").get(item=item)
        facts = {"name": current.author.name, "time": clock(current.saved_at)}
        messages.warning(request, _("%(name)s saved at %(time)s. Both texts are kept. Choose.") % facts)
    else:
        messages.success(request, _("The text is saved."))
        following = draft.meeting.agenda.filter(position__gt=item.position).first()
        if request.POST.get("go") == "next" and following is not None:
            item = following
    return redirect("partners:write_minutes", draft.meeting_id, draft.version, item.pk)


def _page(request: SignedInRequest, shown: Minutes, form: RemarkForm | None = None) -> HttpResponse:
    context = {"page": MinutesPage.of(shown, request.user), "minutes": shown, "form": form or RemarkForm()}
    return render(request, "partners/minutes/minutes.html", context, status=422 if form and form.errors else 200)


def _get_minutes(request: SignedInRequest, meeting: int, version: int) -> Minutes:
    visible = Minutes.objects.visible_to(request.user).for_listing()
    shown: Minutes = get_object_or_404(visible, meeting=meeting, version=version)
    return shown


def _get_draft(request: SignedInRequest, meeting: int, version: int) -> Minutes:
    """What is no draft any more is shown as it is read, and its actions refuse."""
    shown = _get_minutes(request, meeting, version)
    require(request.user, "partners.write_minutes", shown.meeting.group)
    return shown
