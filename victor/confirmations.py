"""What cannot be undone asks first: one page and one mechanism for the whole site.

A view that does such a thing stands below `@asks_first(ask)`. It runs only when the person has pressed the button of
the page that says what will happen, to whom and when. `tests/access.tsv` marks the routes of these views.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

View: TypeAlias = Callable[..., HttpResponseBase]
CONFIRMED = "confirmed"
NOT_CARRIED = {CONFIRMED, "csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Confirmation:
    """What a page says before it happens, and what it asks for.

    `back` is where somebody goes who does not want it. `template` extends `elements/confirm.html` where a page says
    more, or offers a way to refuse and answer; it reads `context`.
    """

    question: str | Promise
    consequences: tuple[str | Promise, ...]
    verb: str | Promise
    back: str
    form: forms.Form | None = None
    template: str = "elements/confirm.html"
    context: Mapping[str, object] = field(default_factory=dict)
    base: str = ""  # the layout; by default that of the workspace
    is_possible: bool = True  # else the page says only why not

    def is_given(self, request: HttpRequest) -> bool:
        """Whether the person has pressed the button of the page, and has given what it asks for."""
        if request.method != "POST" or CONFIRMED not in request.POST or not self.is_possible:
            return False
        return self.form is None or self.form.is_valid()

    def page(self, request: HttpRequest) -> HttpResponseBase:
        """The page. What was sent to this address travels on in hidden fields."""
        has_errors = self.form is not None and bool(self.form.errors)
        context = {**self.context, "confirmation": self, "form": self.form, "carried": list(self._carried(request))}
        return render(request, self.template, context, status=422 if has_errors else 200)

    def _carried(self, request: HttpRequest) -> Iterator[tuple[str, str]]:
        own = {self.form.add_prefix(name) for name in self.form.fields} if self.form else set()
        for name, values in request.POST.lists():
            if name not in NOT_CARRIED | own:
                yield from ((name, str(value)) for value in values)


class ReferenceForm(forms.Form):
    """The name of what is deleted, typed by hand: nobody does that by mistake."""

    reference = forms.CharField(max_length=20)

    def __init__(self, data: Mapping[str, object] | None = None, *, reference: str) -> None:
        super().__init__(data)
        self.expected = reference
        self.fields["reference"].label = _("To delete it, type its reference: %(reference)s") % {"reference": reference}
        self.fields["reference"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false", "size": 12}

    def clean_reference(self) -> str:
        """Upper and lower case count alike, and so do blanks around it."""
        typed: str = self.cleaned_data["reference"].strip()
        if typed.casefold() != self.expected.casefold():
            raise forms.ValidationError(_("This is not the reference. Nothing was deleted."))
        return self.expected


def confirmation_data(request: HttpRequest) -> Mapping[str, object] | None:
    """What was typed on the page that asks; None before its button was pressed."""
    return request.POST if CONFIRMED in request.POST else None


def asks_first(ask: Callable[..., Confirmation | None]) -> Callable[[View], View]:
    """Ask before the view runs. `ask` is given what the view is; it returns None for what can be undone.

    Write it below `@requires(...)`: `ask` fetches the object as the view does, so that nobody learns of others.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            confirmation = ask(request, *args, **kwargs)
            if confirmation is not None and not confirmation.is_given(request):
                return confirmation.page(request)
            cast("Any", request).confirmation = confirmation
            return view(request, *args, **kwargs)

        cast("Any", guarded).asks_first = True
        return guarded

    return decorate


def confirmed_values(request: HttpRequest) -> dict[str, str]:
    """What the page asked for, below `@asks_first`."""
    form = cast("Confirmation", cast("Any", request).confirmation).form
    return form.cleaned_data if form else {}
