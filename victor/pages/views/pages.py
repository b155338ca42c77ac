"""Home and the pages about the project."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from partners.models import Country, Network
from victor.access import public
from victor.publishing.views import show


@public
@require_safe
@vary_on_headers("Accept-Language")
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the language that the browser prefers."""
    with override(get_language_from_request(request)):
        return redirect("pages:home")


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who has ten seconds finds the way to help, the others what VICTOR is."""
    countries = Country.objects.in_partnership().with_partner_count()
    return show(request, "pages/home.html", {"countries": countries, "seec": Network.objects.first()})


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the project is, who takes part and what came of it."""
    return show(request, "pages/about.html")


@public
@require_safe
def professionals(request: HttpRequest) -> HttpResponse:
    """Signs, first steps and whom to notify, for people who work with children."""
    return show(request, "pages/professionals.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is known of whom, and what is not."""
    return show(request, "pages/privacy.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return show(request, "pages/accessibility.html")


@public
@require_safe
def quick_exit(request: HttpRequest) -> HttpResponse:
    """What leaving the site quickly does, and what it cannot do."""
    return show(request, "pages/quick_exit.html", private=True)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read."""
    context = {"sitemap": settings.SITE_URL + reverse("sitemap"), "languages": [code for code, _ in settings.LANGUAGES]}
    return TemplateResponse(request, "pages/robots.txt", context, content_type="text/plain")
