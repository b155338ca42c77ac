from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class EnquiryTopic(TextChoices):
    """What an enquiry is about."""

    TRAFFICKING = "trafficking", pgettext_lazy("topic of an enquiry", "What trafficking is")
    CHILD = "child", pgettext_lazy("topic of an enquiry", "Help for a child")
    ADULT = "adult", pgettext_lazy("topic of an enquiry", "Help for an adult")
    MISSING = "missing", pgettext_lazy("topic of an enquiry", "A missing child")
    WORK_ABROAD = "work_abroad", pgettext_lazy("topic of an enquiry", "Work abroad")
    ONLINE = "online", pgettext_lazy("topic of an enquiry", "Danger online")
    LEGAL = "legal", pgettext_lazy("topic of an enquiry", "A legal question")
    TRAINING = "training", pgettext_lazy("topic of an enquiry", "Training or a presentation")
    PRESS = "press", pgettext_lazy("topic of an enquiry", "Press")
    OTHER = "other", pgettext_lazy("topic of an enquiry", "Another topic")


class EnquiryResult(TextChoices):
    """What somebody with an enquiry was given."""

    INFORMATION = "information", pgettext_lazy("given to an enquiry", "Information")
    NUMBER = "number", pgettext_lazy("given to an enquiry", "The number of another service")
    APPOINTMENT = "appointment", pgettext_lazy("given to an enquiry", "An appointment")
    TALK = "talk", pgettext_lazy("given to an enquiry", "Advice in a conversation")
