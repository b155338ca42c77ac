"""The addresses of the site, and a page that shows every pattern in every state. Only tests have it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Hours
from victor.access import requires
from victor.confirmations import Confirmation, ReferenceForm
from victor.forms.fields import DateField
from victor.urls import urlpatterns as addresses_of_the_site

PAGE = Path(__file__).with_name("patterns.html")
MOMENT = datetime(2026, 11, 29, 3, 17, tzinfo=ZoneInfo("UTC"))
RISKS = [("danger", _("Danger now")), ("high", _("High risk"))]


class ExampleForm(forms.Form):
    """Fields of every kind, with help."""

    name = forms.CharField(label=_("Name"), help_text=_("Placeholders you can use:"))
    day = DateField(label=_("Date"))
    country = forms.ChoiceField(label=_("Country"), choices=[("", "–"), ("GR", "Greece")])
    risk = forms.ChoiceField(label=_("Risk"), choices=RISKS, widget=forms.RadioSelect)
    summary = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    is_mine = forms.BooleanField(label=_("Only texts I wrote"), required=False)


class ExampleFilterForm(forms.Form):
    """A filter of every kind of field."""

    risk = forms.ChoiceField(label=_("Risk"), choices=[("", "–"), *RISKS], required=False)
    words = forms.CharField(label=_("Name"), required=False)
    danger = forms.BooleanField(label=_("Danger"), required=False)
    order = forms.CharField(required=False, widget=forms.HiddenInput)


def example_lines() -> list[HelpLine]:
    """A line that is open, and one that has hours."""
    country = Country(code="GR", name_en="Greece", time_zone="Europe/Athens")
    facts = {"country": country, "name_en": "Child helpline", "operator_en": "The Smile", "free": True}
    return [
        HelpLine(number="1056", dial="1056", hours=Hours.AROUND_THE_CLOCK, **facts),
        HelpLine(number="116 111", dial="116111", hours=Hours.UNCONFIRMED, **facts),
    ]


@requires("workspace.enter")
def patterns(request: HttpRequest) -> HttpResponse:
    """Every pattern. After a wrong form its errors, and the messages of both kinds."""
    form = ExampleForm(request.POST) if request.method == "POST" else None
    messages.success(request, _("Your answers have been sent. Thank you."))
    messages.error(request, _("Please upload the file again."))
    context = {
        "unbound": ExampleForm(),
        "form": form,
        "folded": ExampleFilterForm({}, prefix="folded"),
        "chosen": ExampleFilterForm({"by-risk": "danger", "by-words": "Anna", "by-danger": "on"}, prefix="by"),
        "moment": MOMENT,
        "year_before": MOMENT - timedelta(days=365),
        "lines": example_lines(),
        "page_obj": Paginator(range(30), 10).get_page(2),
    }
    page = engines["django"].from_string(PAGE.read_text())
    return HttpResponse(page.render(context, request))


@requires("workspace.enter")
def confirm(request: HttpRequest) -> HttpResponse:
    """The page that asks before what cannot be undone."""
    consequences = (_("Each person gets an email."), _("Nobody can see the image any more; please delete it."))
    question, form = _("Give up your place?"), ReferenceForm(request.POST or None, reference="GR-2B7K4M")
    return Confirmation(question, consequences, _("Delete"), "/en/workspace/", form).page(request)


urlpatterns = [
    *i18n_patterns(path("patterns/", patterns), path("patterns/confirm/", confirm)),
    *addresses_of_the_site,
]
