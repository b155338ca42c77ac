"""How referrals and packages are written: a form is saved, or stays as it was typed with the reason of a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal
from desks.referrals.errors import ConsentIncomplete
from victor.forms.statuses import status_of

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from victor.access import SignedInRequest

T = TypeVar("T")
SAVED = gettext_lazy("Saved.")


@dataclass(frozen=True)
class PageWords:
    """The words around a form. `message`: what has happened once it is saved."""

    title: StrOrPromise
    verb: StrOrPromise
    lead: StrOrPromise = ""
    message: StrOrPromise = SAVED


CONSENT = PageWords(
    title=gettext_lazy("Consent"),
    verb=gettext_lazy("Save the consent"),
    lead=gettext_lazy("All seven answers have to be yes. Without consent, another lawful basis needs a second person."),
)
BASIS = PageWords(
    title=gettext_lazy("Without consent"),
    verb=gettext_lazy("Save the basis"),
    lead=gettext_lazy("A supervisor who has not written this confirms it."),
)


@dataclass(frozen=True)
class FormPage:
    """A page with a form. `name`: the reference to which it belongs. `back`: the address from which it was opened.

    `shown`: what the template shows besides.
    """

    words: PageWords
    name: str
    back: str
    shown: Mapping[str, object] = field(default_factory=dict)
    template: str = "desks/referrals/form.html"


def save_form(
    request: SignedInRequest,
    form: Form,
    act: Callable[[], T],
    page: FormPage,
    *,
    leads_to: Callable[[T], str] | None = None,
) -> HttpResponseBase:
    """Do it where the form is right; else show it with what was typed, and the reason.

    `leads_to`: the address of the next page, from what the action returned; else that is `back`.
    """
    if form.is_valid():
        try:
            made = act()
        except DeskRefusal as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, str(page.words.message))
            return redirect(leads_to(made) if leads_to else page.back)
    return show_form(request, form, page)


def _add_refusal(form: Form, refusal: DeskRefusal) -> None:
    """A refusal beside the answers that are missing, else above the form."""
    if isinstance(refusal, ConsentIncomplete):
        for point in refusal.points:
            form.add_error(point, _("This answer is missing or no. Sharing needs all seven."))
    else:
        form.add_error(None, str(refusal))


def show_form(request: SignedInRequest, form: Form, page: FormPage) -> HttpResponse:
    """The page of a form, with what was typed."""
    context = {**page.shown, "page": page, "form": form, "folded": getattr(form, "folded", ())}
    return render(request, page.template, context, status=status_of(form))
