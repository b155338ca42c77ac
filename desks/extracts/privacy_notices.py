"""The notices of privacy for a child, an adult and somebody else: plain words, to be printed and to be read out.

They lie about in homes and schools: none says what happened to a child, or names the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.extracts.states import Audience

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class NoticePart:
    """A part of a notice: its heading and its sentences."""

    title: str
    sentences: Sequence[str]


@dataclass(frozen=True)
class PrivacyNotice:
    """A notice in the active language."""

    title: str
    parts: Sequence[NoticePart]


def notice_of(audience: Audience) -> PrivacyNotice:
    """The notice for somebody, in the active language."""
    notices = {Audience.CHILD: _for_child, Audience.ADULT: _for_adult, Audience.THIRD: _for_third}
    return notices[audience]()


def _for_child() -> PrivacyNotice:
    parts = [
        NoticePart(
            _("What we write down"),
            [
                _("We help children. We write down your name, how you are, where you live and what you tell us."),
                _("We write down only what helps to protect you. You get help even if you do not answer a question."),
            ],
        ),
        NoticePart(
            _("Who can read it"),
            [
                _("Only the people of our team who work for you. It is locked, and we can see each time who read it."),
                _("Your guardian may read what helps to care for you."),
            ],
        ),
        NoticePart(
            _("When we have to tell others"),
            [
                _("If a child is in danger, or if the law demands it, we have to tell people who can protect you."),
                _("If we can, we tell you before we do it. For everything else we ask you and your guardian first."),
            ],
        ),
        NoticePart(
            _("What you may do"),
            [
                _("You may ask to read what is written about you, and say what is wrong. Then we correct it."),
                _("You may ask us to delete something, or not to pass it on. We tell you what is possible and why."),
                _("You may ask all this on any day, and later too, when you are grown up. It costs nothing."),
            ],
        ),
        NoticePart(
            _("How long we keep it"),
            [
                _("For five years after we have helped you, and at least until you are 23. Then it is deleted."),
                _("Only if a court still needs it, we keep it longer."),
            ],
        ),
        NoticePart(
            _("If you have a question"),
            [
                _("Ask us. We explain it again, in your language, as often as you like."),
                _("You may also complain to the office that protects personal data in this country."),
            ],
        ),
    ]
    return PrivacyNotice(_("What happens with what you tell us"), parts)


def _for_adult() -> PrivacyNotice:
    parts = [
        NoticePart(
            _("What we use, and why"),
            [
                _(
                    "We use personal data to protect a child and to give help: "
                    "who you are, how we reach you, health, needs."
                ),
                _(
                    "We may do so because the law asks us to protect children, "
                    "to protect a life, or because you agreed."
                ),
                _("You need not answer. Help does not depend on it, but some things we then cannot do."),
            ],
        ),
        NoticePart(
            _("Who can read it"),
            [
                _("Only those of our team who work on it. What is written is encrypted, and each reading is recorded."),
                _("Authorities get it where the law demands it or where somebody is in danger."),
                _("Other helpers, also abroad, get what they need, with your consent or where the law allows it."),
            ],
        ),
        NoticePart(
            _("How long we keep it"),
            [
                _(
                    "Five years after the help has ended, and not before the child is 23; "
                    "longer while a court needs it."
                ),
                _("After that it is deleted. Backup copies are gone 35 days later."),
            ],
        ),
        NoticePart(
            _("Your rights"),
            [
                _("You may ask for a copy, a correction, a deletion or a restriction, and you may object."),
                _("What you have agreed to you may withdraw at any time. What was done before stays lawful."),
                _("We answer within a month. We may have to refuse where it would put the child in danger."),
                _("You may complain to the data protection authority of the country. No computer decides about you."),
            ],
        ),
    ]
    return PrivacyNotice(_("How we use personal data"), parts)


def _for_third() -> PrivacyNotice:
    parts = [
        NoticePart(
            _("What we use, and why"),
            [
                _("Your name stands in the record of a child whom we help: as a relative, a carer or by profession."),
                _(
                    "We have it from the child, from you, from papers or from an authority. "
                    "We use it to help the child."
                ),
                _("We write down your name, how we reach you, and what you have to do with the help. Nothing else."),
            ],
        ),
        NoticePart(
            _("Who can read it"),
            [
                _("Only those of our team who work on it. What is written is encrypted, and each reading is recorded."),
                _("Authorities get it where the law demands it or where somebody is in danger."),
            ],
        ),
        NoticePart(
            _("How long we keep it"),
            [_("As long as the record of the child. After that it is deleted.")],
        ),
        NoticePart(
            _("Your rights"),
            [
                _("You may ask what is written about you, and ask for a correction or a deletion, and you may object."),
                _("We answer within a month. We may have to refuse where it would put the child in danger."),
                _("You may complain to the data protection authority of the country. No computer decides about you."),
            ],
        ),
    ]
    return PrivacyNotice(_("You are named in a record"), parts)
