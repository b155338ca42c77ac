"""Emails that invite participants to a questionnaire, each in the participant's own language."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from trainings.registrations.emails import compose_about_registration, own_page_url
from trainings.registrations.models import Registration
from trainings.registrations.states import Stage
from trainings.registrations.tokens import place_token

INVITATION_TEXTS = {
    Stage.BEFORE: (
        gettext_lazy("What do you know already?"),
        gettext_lazy("Before the seminar we ask a few questions, and the same ones afterwards. It takes five minutes."),
    ),
    Stage.AFTER: (
        gettext_lazy("A few questions after the seminar"),
        gettext_lazy("Please answer a few questions. It takes five minutes, and then you see the correct answers."),
    ),
    Stage.REACTION: (
        gettext_lazy("What do you think of the seminar?"),
        gettext_lazy("Please tell us what was useful and what we can do better. It takes two minutes."),
    ),
    Stage.FOLLOW_UP: (
        gettext_lazy("Three months after the seminar"),
        gettext_lazy("Please tell us whether you could use what you learned. It takes two minutes."),
    ),
}
ANONYMITY_NOTE = gettext_lazy("Nobody can see which answers are yours.")


def compose_questionnaire_invitation(
    registration: Registration, stage: Stage, *, also: Stage | None = None
) -> EmailMultiAlternatives:
    """The questionnaire of a stage is open, and that of the stage `also` with it."""
    with override(registration.language):
        subject, text = INVITATION_TEXTS[stage]
        more = (
            {"also": str(INVITATION_TEXTS[also][1]), "also_url": _questionnaire_url(registration, also)} if also else {}
        )
        url = _questionnaire_url(registration, stage)
        return compose_about_registration(
            registration,
            str(subject),
            f"{text} {ANONYMITY_NOTE}",
            asks=_("To the questions:"),
            url=url,
            stop_url=own_page_url(registration),
            **more,
        )


def _questionnaire_url(registration: Registration, stage: Stage) -> str:
    return urljoin(settings.SITE_URL, reverse("trainings:questions", args=[place_token(registration), stage]))
