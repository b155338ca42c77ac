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
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import override

from trainings.links import place_token
from trainings.models import Certificate, Registration
from trainings.states import Stage
from victor.accounts.emails import on_paper
from victor.publishing.languages import shown
from victor.times import moment_in_words

ASKED = {
    Stage.BEFORE: (
        _l("What do you know already?"),
        _l("Before the seminar we ask a few questions, and the same ones afterwards. It takes five minutes."),
    ),
    Stage.AFTER: (
        _l("A few questions after the seminar"),
        _l("Please answer a few questions. It takes five minutes, and then you see the right answers."),
    ),
    Stage.REACTION: (
        _l("What do you think of the seminar?"),
        _l("Please tell us what was useful and what we can do better. It takes two minutes."),
    ),
    Stage.FOLLOW_UP: (
        _l("Three months after the seminar"),
        _l("Please tell us whether you could use what you learned. It takes two minutes."),
    ),
}
UNNAMED = _l("Nobody sees which answers are yours.")


def registration_received(registration: Registration) -> None:
    """The host will look at it."""
    with override(registration.language):
        _send(
            registration,
            _("We have your registration"),
            _("Thank you. The organisers look at each registration. You will hear from us by e-mail."),
        )


def place_confirmed(registration: Registration) -> None:
    """There is a seat. Whoever was registered by somebody else was not asked yet what they need."""
    with override(registration.language):
        words = [_("Your place is confirmed. Taking part is free of charge.")]
        if registration.group_id:
            words.append(_("On the page of your place you can say what you need in order to take part."))
        _send(
            registration,
            _("You have a place in the seminar"),
            " ".join(words),
            online=registration.seminar.online,
        )


def place_waiting(registration: Registration) -> None:
    """All seats are taken; what happens when one becomes free."""
    with override(registration.language):
        _send(
            registration,
            _("You are on the waiting list"),
            _(
                "All places are taken. As soon as one becomes free, it is offered to the next on the list, "
                "in the order of registration. You will get an e-mail then."
            ),
        )


def place_offered(registration: Registration) -> None:
    """A seat is kept until a certain moment."""
    with override(registration.language):
        until = moment_in_words(registration.offer_ends, registration.seminar.zone)
        _send(
            registration,
            _("A place in the seminar is free for you"),
            _("We keep it for you until %(moment)s. Please say whether you take it:") % {"moment": until},
        )


def offer_lapsed(registration: Registration) -> None:
    """The time is over; one may register anew."""
    with override(registration.language):
        _send(
            registration,
            _("Your offer has lapsed"),
            _("We did not hear from you in time, so the place was offered to the next. You may register again."),
        )


def place_given_up(registration: Registration) -> None:
    """It is settled that somebody does not come."""
    with override(registration.language):
        _send(
            registration,
            _("You have given up your place"),
            _("Thank you for telling us. If you change your mind, you may register again."),
        )


def not_admitted(registration: Registration) -> None:
    """The host has decided otherwise."""
    with override(registration.language):
        _send(
            registration,
            _("About your registration"),
            _("We cannot offer you a place in this seminar. We are sorry. Please look at our other seminars."),
        )


def seminar_cancelled(registration: Registration) -> None:
    """It does not take place."""
    with override(registration.language):
        _send(
            registration,
            _("The seminar is cancelled"),
            _("The seminar does not take place. We are sorry. Please look at our other seminars."),
        )


def registered_before(registration: Registration) -> None:
    """Somebody has registered with an address that is registered: its owner finds their place again."""
    with override(registration.language):
        _send(
            registration,
            _("You are registered already"),
            _("Somebody has just registered with your address. You need not do anything: your registration stands."),
        )


def questions_wait(registration: Registration, stage: Stage, *, also: Stage | None = None) -> None:
    """The questions of a stage are open, and those of another with them; nobody learns who answers what."""
    with override(registration.language):
        subject, words = ASKED[stage]
        more = {"also": ASKED[also][1], "also_url": _questions_of(registration, also)} if also else {}
        url = _questions_of(registration, stage)
        _send(registration, str(subject), f"{words} {UNNAMED}", asks=_("The questions:"), url=url, **more)


def certificate_ready(registration: Registration, certificate: Certificate) -> None:
    """Where it is."""
    with override(registration.language):
        words = _("Thank you for taking part. Your certificate of attendance is ready. You find it here:")
        _send_certificate(registration, certificate, _("Your certificate of attendance"), words)


def certificate_replaced(registration: Registration, certificate: Certificate) -> None:
    """There is another one, and the one before holds no longer."""
    with override(registration.language):
        words = _("We have corrected the name on your certificate. Please use the new one; the old one is replaced:")
        _send_certificate(registration, certificate, _("Your certificate is corrected"), words)


def certificate_revoked(registration: Registration, certificate: Certificate) -> None:
    """It holds no longer, and why."""
    with override(registration.language):
        words = _("Your certificate of attendance is no longer valid. The reason: %(reason)s")
        said = words % {"reason": certificate.reason}
        _send_certificate(registration, certificate, _("Your certificate is revoked"), said)


def address_of(registration: Registration) -> str:
    """Where a participant finds their place, in the active language."""
    return urljoin(settings.SITE_URL, reverse("trainings:place", args=[place_token(registration)]))


def _questions_of(registration: Registration, stage: Stage) -> str:
    return urljoin(settings.SITE_URL, reverse("trainings:questions", args=[place_token(registration), stage]))


def _send_certificate(registration: Registration, certificate: Certificate, subject: str, words: str) -> None:
    context = {
        "name": certificate.name,
        "words": words,
        "title": shown(registration.seminar, "title").text,
        "serial": certificate.serial,
        "url": address_of(registration),
    }
    on_paper(subject=subject, text=render_to_string("emails/certificate.txt", context), to=registration.email).send()


def _send(registration: Registration, subject: str, words: str, **more: Any) -> None:
    seminar = registration.seminar
    context = {
        "name": registration.name,
        "words": words,
        "seminar": seminar,
        "title": shown(seminar, "title").text,
        "place": ", ".join(filter(None, [shown(seminar, "place").text, shown(seminar.country, "name").text])),
        "url": address_of(registration),
        **more,
    }
    text = render_to_string("emails/place.txt", context)
    on_paper(subject=subject, text=text, to=registration.email).send()
