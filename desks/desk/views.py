"""The people of a desk and its keys, for those who lead it."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from desks.desk import actions, errors, hours_text, schema_org
from desks.desk.members import DeskMembers, colleagues_of
from desks.desk.models import Desk
from desks.desk.publication_checks import missing_for_publication
from partners.help_lines.models import HelpLine
from partners.help_lines.querysets import HelpLineQuerySet
from partners.help_lines.states import Purpose
from partners.memberships.intake import give_intake, withdraw_intake
from partners.memberships.models import Membership
from victor.access import SignedInRequest, public, requires
from victor.accounts.errors import AccountRefusal
from victor.accounts.models import User
from victor.confirmations import Confirmation, asks_first
from victor.languages import languages_with
from victor.publishing.rendering import render_prose
from victor.publishing.views import get_published, render_discreet
from victor.vault.errors import VaultRefusal
from victor.vault.passphrases.middleware import VaultRequest
from victor.vault.passphrases.views import needs_vault

# Each step: its action, and its result in words.
MEMBER_STEPS = {
    "admit": (actions.admit, gettext_noop("%(name)s can now read the reports of this desk.")),
    "dismiss": (actions.dismiss, gettext_noop("%(name)s can no longer read anything here.")),
    "appoint": (actions.add_recovery_officer, gettext_noop("%(name)s is now a recovery officer.")),
    "relieve": (actions.remove_recovery_officer, gettext_noop("%(name)s is no longer a recovery officer.")),
}

INTAKE_STEPS = {
    "give": (give_intake, gettext_noop("%(name)s now receives the referrals that come to your organisation.")),
    "take": (withdraw_intake, gettext_noop("%(name)s no longer receives referrals.")),
}

# What takes something from a person asks first: the question, the button, and what follows.
STEP_CONSEQUENCES = {
    "dismiss": (
        gettext_noop("Remove the keys of %(name)s?"),
        gettext_noop("Remove as key holder"),
        (
            gettext_noop("From this moment %(name)s can read nothing at this desk, earlier reports included."),
            gettext_noop("The desk gets new keys, and all reports are re-encrypted. That takes a while."),
            gettext_noop("You can give the keys again later."),
        ),
    ),
    "relieve": (
        gettext_noop("Remove %(name)s as recovery officer?"),
        gettext_noop("Remove as recovery officer"),
        (
            gettext_noop("%(name)s can then no longer help to restore access after a forgotten passphrase."),
            gettext_noop("With fewer than two recovery officers, nobody can. What is then forgotten is lost."),
        ),
    ),
}


@requires("desks.lead")
@require_safe
def my_desks(request: SignedInRequest) -> HttpResponse:
    """The desks that I lead; where it is one, its people."""
    desks = list(Desk.objects.for_supervisor(request.user).with_readiness())
    if len(desks) == 1:
        return redirect("desks:people", desks[0].slug)
    return render(
        request, "desks/desk/my_desks.html", {"desks": [(desk, list(missing_for_publication(desk))) for desk in desks]}
    )


@requires("desks.lead")
@require_safe
def people(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who works here, who holds the keys, and what is to be done next."""
    return render(request, "desks/desk/people.html", {"team": DeskMembers(get_led_desk(request, slug))})


def _ask_to_open_keys(request: SignedInRequest, slug: str) -> Confirmation:
    desk = get_led_desk(request, slug)
    names = ", ".join(member.user.name for member in colleagues_of(desk) if member.has_vault and not member.has_left)
    return Confirmation(
        question=_("Create the desk's keys?"),
        consequences=(
            _("These people can then read everything that the desk is told: %(names)s.") % {"names": names or "–"},
            _("The keys are made once. People can be added and removed later."),
        ),
        verb=_("Create the desk's keys"),
        back=reverse("desks:people", args=[slug]),
    )


def _ask_for_step(request: VaultRequest, slug: str, pk: int, step: str) -> Confirmation | None:
    if step not in STEP_CONSEQUENCES:
        return None
    desk, person = get_led_desk(request, slug), get_object_or_404(User, pk=pk)
    if person not in [colleague.user for colleague in colleagues_of(desk)]:
        raise Http404
    question, verb, consequences = STEP_CONSEQUENCES[step]
    name = {"name": person.name}
    return Confirmation(
        question=_(question) % name,
        consequences=tuple(_(consequence) % name for consequence in consequences),
        verb=_(verb),
        back=reverse("desks:people", args=[slug]),
    )


@requires("desks.lead")
@require_POST
@asks_first(_ask_to_open_keys)
def open_keys(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make the desk's keys."""
    desk = get_led_desk(request, slug)
    try:
        actions.create_desk_keys(desk, by=request.user)
    except (errors.DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The desk now has its keys."))
    return redirect("desks:people", desk.slug)


@requires("desks.lead")
@require_POST
@needs_vault
@asks_first(_ask_for_step)
def take_step(request: VaultRequest, slug: str, pk: int, step: str) -> HttpResponse:
    """Give somebody the keys or take them, make somebody an officer or end that."""
    desk, person = get_led_desk(request, slug), get_object_or_404(User, pk=pk)
    if step not in MEMBER_STEPS or person not in [colleague.user for colleague in colleagues_of(desk)]:
        raise Http404
    action, message = MEMBER_STEPS[step]
    try:
        action(desk, person, by=request.unlocked_vault)
    except (errors.DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _(message) % {"name": person.name})
    return redirect("desks:people", desk.slug)


@requires("desks.lead")
@require_POST
def choose_intake(request: SignedInRequest, slug: str, pk: int, step: str) -> HttpResponse:
    """Let a worker receive referrals, or no longer."""
    desk = get_led_desk(request, slug)
    here = Membership.objects.select_related("user").filter(organisation=desk.organisation_id)
    membership = get_object_or_404(here, pk=pk)
    action, message = INTAKE_STEPS[step]
    try:
        action(membership, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _(message) % {"name": membership.user.name})
    return redirect("desks:people", desk.slug)


def get_led_desk(request: SignedInRequest, slug: str) -> Desk:
    """The desk, if the person leads it; nobody else learns that there is one to be led."""
    desk: Desk = get_object_or_404(Desk.objects.for_supervisor(request.user).with_readiness(), slug=slug)
    return desk


@public
@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """Every desk, by country: open now?, in which languages, how to reach it."""
    listed = list(Desk.objects.for_listing())
    hosts = {desk.organisation_id for desk in listed}
    lines = list(HelpLine.objects.for_help().filter(organisation__in=hosts)) if hosts else []
    for desk in listed:
        desk.lines = [line for line in lines if _is_number_of(line, desk)]
    countries = [(country, list(group)) for country, group in groupby(listed, key=lambda desk: desk.country)]
    return render_discreet(request, "desks/desk/desks.html", {"countries": countries})


@public
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """One desk: whether somebody is there, how to reach it, what happens then, and what it cannot do."""
    desk = _find_desk(slug)
    lines = list(_help_lines(desk))
    context: dict[str, object] = {
        "lines": lines,
        "week": hours_text.weekly_hours(desk),
        "closed": hours_text.closed_periods(desk),
        "schema": schema_org.desk_schema(desk, lines),
        "prose": render_prose(desk, "how", "limits"),
    }
    return _render_desk(request, "desks/desk/desk.html", desk, context, "summary", "how", "limits")


@public
@require_safe
def children(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a child: the numbers first, few words."""
    desk = _find_desk(slug)
    lines = HelpLine.objects.for_help().filter(country=desk.country_id)
    theirs = lines.filter(Q(organisation=desk.organisation_id) | Q(purpose=Purpose.CHILDREN))
    first = sorted(theirs, key=lambda line: line.purpose != Purpose.CHILDREN)
    context: dict[str, object] = {"lines": first, "prose": render_prose(desk, "for_children")}
    return _render_desk(request, "desks/desk/children.html", desk, context, "for_children")


@public
@require_safe
def professionals(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for those who work with children: whom to notify within how many hours, and how to refer."""
    desk = _find_desk(slug)
    context: dict[str, object] = {"lines": list(_help_lines(desk)), "hours": desk.country.notify_hours}
    context["prose"] = render_prose(desk, "for_professionals")
    return _render_desk(request, "desks/desk/professionals.html", desk, context, "for_professionals")


def _find_desk(slug: str) -> Desk:
    desks = Desk.objects.select_related("country", "organisation").prefetch_related("opening_hours", "closures")
    desk: Desk = get_published(desks, slug)
    return desk


def _help_lines(desk: Desk) -> HelpLineQuerySet:
    """The numbers at which the desk's people answer."""
    return HelpLine.objects.for_help().filter(organisation=desk.organisation_id, country=desk.country_id)


def _is_number_of(line: HelpLine, desk: Desk) -> bool:
    return (line.organisation_id, line.country_id) == (desk.organisation_id, desk.country_id)


def _render_desk(
    request: HttpRequest, template: str, desk: Desk, context: dict[str, object], *texts: str
) -> HttpResponse:
    """A page about one desk, in the languages in which these texts are public."""
    published = languages_with(desk, "title", *texts)
    return render_discreet(request, template, {"desk": desk, **context}, published=published, country=desk.country)
