"""E-mails to participants about their registration: one function for each message, in the participant's language.

They are queued as facts and rendered when they are sent, because the seminar is locked while an action writes them. No
message says more about the seminar than its public page, or who else takes part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.registrations.models import Registration
from trainings.registrations.states import OPEN_STATES
from trainings.registrations.tokens import place_token, seal_answers
from trainings.seminars.calendars import participant_entries
from trainings.seminars.models import Seminar
from victor.languages import local_text
from victor.mail.actions import queue_facts
from victor.mail.emails import compose_email
from victor.schedules.calendars import entries_as_text
from victor.schedules.times import describe_moment

if TYPE_CHECKING:
    from datetime import datetime

TEMPLATE = "emails/registration.txt"


def send_registration_received(registration: Registration) -> None:
    """The registration waits for approval by the host."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("We have received your registration"),
            _("Thank you. The organisers review each registration. You will hear from us by email."),
        )


def send_place_confirmed(registration: Registration) -> None:
    """The seat is confirmed. People who were registered by a colleague are asked what they need."""
    with override(registration.language):
        words = [_("Your place is confirmed. Participation is free of charge.")]
        if registration.group_id:
            words.append(_("On the page of your place you can tell us what you need in order to take part."))
        send_about_registration(
            registration,
            _("You have a place in the seminar"),
            " ".join(words),
            online=registration.seminar.online,
            calendar=_calendar_facts(registration.seminar),
        )


def send_waiting_list_notice(registration: Registration) -> None:
    """All seats are taken. The message says what happens when one becomes free."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("You are on the waiting list"),
            _(
                "All places are taken. As soon as one becomes free, it is offered to the next person on the "
                "list, in the order of registration. You will then get an email."
            ),
        )


def send_place_offer(registration: Registration) -> None:
    """A seat is offered until a certain moment. Needs `offer_ends`."""
    with override(registration.language):
        until = describe_moment(cast("datetime", registration.offer_ends), registration.seminar.zone)
        send_about_registration(
            registration,
            _("A place in the seminar is free for you"),
            _("We will keep it for you until %(moment)s. Please tell us whether you accept it:") % {"moment": until},
        )


def send_offer_expired(registration: Registration) -> None:
    """The offer has expired. The person may register again."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("Your offer has expired"),
            _("We did not hear from you in time, so the place was offered to the next person. You can register again."),
        )


def send_place_given_up(registration: Registration) -> None:
    """The participant has given up the seat, the offer or the place on the waiting list."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("You have cancelled your place"),
            _("Thank you for telling us. If you change your mind, you can register again."),
        )


def send_not_admitted(registration: Registration) -> None:
    """The host has declined the registration."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("About your registration"),
            _("We are sorry, we cannot offer you a place in this seminar. Please look at our other seminars."),
        )


def send_seminar_cancelled(registration: Registration) -> None:
    """The seminar does not take place."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("The seminar has been cancelled"),
            _("We are sorry: the seminar will not take place. Please look at our other seminars."),
        )


def send_already_registered(registration: Registration) -> None:
    """Somebody has registered with an address that is registered already. Its owner gets the link to their own page."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("You are already registered"),
            _(
                "Someone has just registered with your email address. You do not need to do anything: your "
                "registration is still valid."
            ),
        )


def send_sharing_question(registration: Registration, *, has_need: bool) -> None:
    """Somebody wants to register with an address with which another person is registered: its owner is asked first."""
    with override(registration.language):
        words = [
            _(
                "Someone has just registered %(name)s with this email address. Another person is already registered "
                "with it, so we have not registered %(name)s yet."
            )
            % {"name": registration.name}
        ]
        if has_need:
            words.append(_("What you need has not been saved. Please enter it again on the page of your place."))
        seal = seal_answers(registration)
        address = reverse("trainings:register_another", args=[registration.seminar.slug, seal])
        facts = _seminar_facts(registration.seminar) | {
            "name": registration.name,
            "words": " ".join(words),
            "asks": _("If this is another person who uses the same address, please confirm it here within seven days:"),
            "url": urljoin(settings.SITE_URL, address),
        }
        subject = _("Are you two people with one email address?")
        queue_facts(recipient=registration.email, subject=subject, template=TEMPLATE, facts=facts)


def _sessions_text(seminar: Seminar) -> str:
    """Each session with its own time zone, where summer time begins or ends between them; otherwise empty."""
    if not (seminar.starts and seminar.clocks_change):
        return ""
    return "\n".join(f"{session.when} ({session.zone_name})" for session in seminar.sessions.all())


def _calendar_facts(seminar: Seminar) -> str:
    """The sessions as entries for the calendar of somebody who has a seat, for the file that goes with the email."""
    prefetch_related_objects([seminar], "sessions", "organisation")  # once for all whom one action writes to
    return entries_as_text(participant_entries(seminar))


def own_page_url(registration: Registration) -> str:
    """The address of a participant's own page, in the active language."""
    return urljoin(settings.SITE_URL, reverse("trainings:place", args=[place_token(registration)]))


def send_about_registration(registration: Registration, subject: str, words: str, **extra: str) -> None:
    """Queue `words` with the facts of the seminar and the link to the own page. `extra` goes into the template."""
    facts = _facts_of(registration, words) | extra
    if registration.state not in OPEN_STATES:  # there is nothing left to cancel
        facts.setdefault("asks", _("Your registration:"))
    queue_facts(recipient=registration.email, subject=subject, template=TEMPLATE, facts=facts)


def compose_about_registration(
    registration: Registration, subject: str, words: str, **extra: str
) -> EmailMultiAlternatives:
    """The same email, rendered in the active language and not sent yet: for many at once, before rows are locked."""
    text = render_to_string(TEMPLATE, _facts_of(registration, words) | extra)
    return compose_email(subject=subject, text=text, to=registration.email)


def _facts_of(registration: Registration, words: str) -> dict[str, str]:
    """What the template shows, in the active language."""
    own = {"name": registration.name, "words": words, "url": own_page_url(registration)}
    return _seminar_facts(registration.seminar) | own


def _seminar_facts(seminar: Seminar) -> dict[str, str]:
    """What a message says of the seminar, in the active language."""
    return {
        "title": local_text(seminar, "title").text,
        "when": seminar.when if seminar.starts else "",
        "zone_name": seminar.zone_name if seminar.starts else "",
        "sessions": _sessions_text(seminar),
        "place": ", ".join(filter(None, [local_text(seminar, "place").text, local_text(seminar.country, "name").text])),
    }
