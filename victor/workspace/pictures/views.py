"""Pictures: those there are, and the work on one of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from victor.access import SignedInRequest, requires
from victor.confirmations import Confirmation, asks_first
from victor.pictures import actions
from victor.pictures.errors import InUse
from victor.pictures.models import Picture
from victor.pictures.uses import uses_of
from victor.workspace.pictures.forms import FocusForm, PictureFilterForm, PictureForm

PAGE_LENGTH = 24


@requires("publishing.write")
@require_safe
def pictures(request: SignedInRequest) -> HttpResponse:
    """All of them, the newest first, with how many places show each."""
    form = PictureFilterForm(request.GET)
    page = Paginator(Picture.objects.described_as(form.words), PAGE_LENGTH).get_page(request.GET.get("page"))
    uses = uses_of(page.object_list)
    rows = [(picture, len(uses.get(picture, ()))) for picture in page.object_list]
    return render(request, "workspace/pictures/pictures.html", {"page_obj": page, "rows": rows, "form": form})


@requires("publishing.write")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Take in a picture."""
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        picture = actions.add_picture(**form.cleaned_data, by=request.user)
        messages.success(request, _("The image has been added."))
        return redirect("workspace:picture", picture.pk)
    return render(request, "workspace/pictures/picture_add.html", {"form": form})


@requires("publishing.write")
@require_safe
def picture(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them: how it looks, and who shows it."""
    return _page(request, get_object_or_404(Picture, pk=pk))


@requires("publishing.write")
@require_POST
def focus(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which part of it matters most."""
    picture = get_object_or_404(Picture, pk=pk)
    form = FocusForm(request.POST)
    if not form.is_valid():
        return _page(request, picture, form)
    actions.change_focus(picture, form.cleaned_data["focus"], by=request.user)
    messages.success(request, _("The focal point has been saved."))
    return redirect("workspace:picture", pk)


def _ask_to_remove(request: SignedInRequest, pk: int) -> Confirmation:
    get_object_or_404(Picture, pk=pk)
    return Confirmation(
        question=_("Delete this image?"),
        consequences=(_("It is deleted in all sizes, with its descriptions. This cannot be undone."),),
        verb=_("Delete the image"),
        back=reverse("workspace:picture", args=[pk]),
    )


@requires("publishing.write")
@require_POST
@asks_first(_ask_to_remove)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget it, unless something shows it."""
    picture = get_object_or_404(Picture, pk=pk)
    try:
        actions.remove_picture(picture, by=request.user)
    except InUse as refusal:
        shown = ", ".join(str(use) for use in refusal.uses)
        messages.error(request, _("First remove the image where it is used: %(places)s") % {"places": shown})
        return redirect("workspace:picture", pk)
    messages.success(request, _("The image has been deleted."))
    return redirect("workspace:pictures")


def _page(request: SignedInRequest, picture: Picture, form: FocusForm | None = None) -> HttpResponse:
    form = form or FocusForm(initial={"focus": f"{picture.focal_x} {picture.focal_y}"})
    context = {"picture": picture, "form": form, "uses": uses_of([picture]).get(picture, [])}
    return render(request, "workspace/pictures/picture.html", context)
