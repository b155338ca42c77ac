"""What publishing refuses, in words for people."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from victor.publishing.errors import (
    Incomplete,
    MoveNotPossible,
    NotPublished,
    OwnWork,
    PublishingRefusal,
    ReadOtherText,
    ReviewerRefused,
    UnreadableFile,
)

# What is said of a refusal that has nothing of its own to tell.
WORDS = {
    OwnWork: gettext_lazy("You wrote this text. Someone else has to approve it."),
    ReadOtherText: gettext_lazy(
        "This has changed since you opened it, so nothing was done. Please read it again and then decide."
    ),
    NotPublished: gettext_lazy("The text is not published in this language."),
}


def message_of(refusal: PublishingRefusal) -> str:
    """Why it was refused, and what to do."""
    match refusal:
        case Incomplete():
            missing = ", ".join(map(str, refusal.missing))
            return _("Still missing: %(lacking)s") % {"lacking": missing}
        case MoveNotPossible():
            return _("Someone else has already changed this text. Its status is now: %(state)s") % {
                "state": refusal.state.label
            }
        case UnreadableFile(line=0):
            return str(refusal.fault.label)
        case UnreadableFile():
            return _("Line %(line)s: %(fault)s") % {"line": refusal.line, "fault": refusal.fault.label}
        case ReviewerRefused():
            return str(refusal)
        case OwnWork():
            return f"{WORDS[OwnWork]} {refusal}".strip()
        case _:
            return str(WORDS.get(type(refusal), _("Someone else has saved this text in the meantime.")))
