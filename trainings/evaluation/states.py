"""Kinds and topics of questions, and fixed answers."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Answers are stored as numbers: of true or false and yes or no from 0, of a scale of agreement from 1.
TRUTH_ANSWERS = (pgettext_lazy("answer", "True"), pgettext_lazy("answer", "False"))
SCALE_ANSWERS = (
    pgettext_lazy("answer", "Not at all"),
    pgettext_lazy("answer", "A little"),
    pgettext_lazy("answer", "Partly"),
    pgettext_lazy("answer", "Mostly"),
    pgettext_lazy("answer", "Completely"),
)


class ItemKind(TextChoices):
    """How a question is answered."""

    SINGLE = "single", pgettext_lazy("question", "One answer")
    MULTIPLE = "multiple", pgettext_lazy("question", "Several answers")
    TRUTH = "truth", pgettext_lazy("question", "True or false")
    SCALE = "scale", pgettext_lazy("question", "From one to five")
    TEXT = "text", pgettext_lazy("question", "Free text")


YES_OR_NO_ANSWERS = (pgettext_lazy("answer", "Yes"), pgettext_lazy("answer", "No"))


class Topic(TextChoices):
    """What a question of the quiz bank is about."""

    BASICS = "basics", _("What child trafficking is")
    GENERAL = "general", _("General signs")
    SEXUAL = "sexual", _("Sexual exploitation")
    LABOUR = "labour", _("Forced labour")
    BEGGING = "begging", _("Forced begging")
    CRIME = "crime", _("Forced criminal activities")
    SERVITUDE = "servitude", _("Domestic servitude")
    MARRIAGE = "marriage", _("Forced marriage")
    ADOPTION = "adoption", _("Illegal adoption and exploitation of surrogacy")
    ORGANS = "organs", _("Removal of organs")
    SEMINAR = "seminar", pgettext_lazy("topic of a question", "The seminar itself")
    PRACTICE = "practice", pgettext_lazy("topic of a question", "At work since then")
