"""What participants are sent about their place: one function a message, each in the participant's own language.

None says more of the seminar than its own page does, and none says who else comes.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.registrations.models import Registration
from trainings.registrations.tokens import place_token
from victor.languages import local_text
from victor.mail.emails import compose_email
from victor.schedules.times import describe_moment


def send_registration_received(registration: Registration) -> None:
    """The host will look at it."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("We have received your registration"),
            _("Thank you. The organisers review each registration. You will hear from us by email."),
        )


def send_place_confirmed(registration: Registration) -> None:
    """There is a seat. Whoever was registered by somebody else was not asked yet what they need."""
    with override(registration.language):
        words = [_("Your place is confirmed. Participation is free of charge.")]
        if registration.group_id:
            words.append(_("On the page of your place you can tell us what you need in order to take part."))
        send_about_registration(
            registration,
            _("You have a place in the seminar"),
            " ".join(words),
            online=registration.seminar.online,
        )


def send_waiting_list_notice(registration: Registration) -> None:
    """All seats are taken; what happens when one becomes free."""
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
    """A seat is kept until a certain moment."""
    with override(registration.language):
        until = describe_moment(registration.offer_ends, registration.seminar.zone)
        send_about_registration(
            registration,
            _("A place in the seminar is free for you"),
            _("We will keep it for you until %(moment)s. Please tell us whether you accept it:") % {"moment": until},
        )


def send_offer_expired(registration: Registration) -> None:
    """The time is over; one may register anew."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("Your offer has expired"),
            _("We did not hear from you in time, so the place was offered to the next person. You can register again."),
        )


def send_place_given_up(registration: Registration) -> None:
    """It is settled that somebody does not come."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("You have cancelled your place"),
            _("Thank you for telling us. If you change your mind, you can register again."),
        )


def send_not_admitted(registration: Registration) -> None:
    """The host has decided otherwise."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("About your registration"),
            _("We are sorry, we cannot offer you a place in this seminar. Please look at our other seminars."),
        )


def send_seminar_cancelled(registration: Registration) -> None:
    """It does not take place."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("The seminar has been cancelled"),
            _("We are sorry: the seminar will not take place. Please look at our other seminars."),
        )


def send_already_registered(registration: Registration) -> None:
    """Somebody has registered with an address that is registered: its owner finds their place again."""
    with override(registration.language):
        send_about_registration(
            registration,
            _("You are already registered"),
            _(
                "Someone has just registered with your email address. You do not need to do anything: your "
                "registration is still valid."
            ),
        )


def own_page_url(registration: Registration) -> str:
    """Where a participant finds their place, in the active language."""
    return urljoin(settings.SITE_URL, reverse("trainings:place", args=[place_token(registration)]))


def send_about_registration(registration: Registration, subject: str, words: str, **more: Any) -> None:
    seminar = registration.seminar
    context = {
        "name": registration.name,
        "words": words,
        "seminar": seminar,
        "title": local_text(seminar, "title").text,
        "place": ", ".join(filter(None, [local_text(seminar, "place").text, local_text(seminar.country, "name").text])),
        "url": own_page_url(registration),
        **more,
    }
    text = render_to_string("emails/registration.txt", context)
    compose_email(subject=subject, text=text, to=registration.email).send()
