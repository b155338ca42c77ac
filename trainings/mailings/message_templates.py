"""Mails to many: what they say before they are about one of them, and what they say to one.

The portal has words for most kinds, one function each; some are somebody's own. Either way a placeholder stands for
what differs, and what takes its place is text, whatever it looks like. The outbox forgets a text once it is sent and
keeps its subject for a month, so that a subject says nothing that is somebody's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.mailings.models import Mailing
from trainings.mailings.states import MailKind
from trainings.registrations.emails import own_page_url
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationState
from trainings.seminars.models import Seminar
from victor.languages import local_text
from victor.mail.actions import queue
from victor.mail.emails import compose_email
from victor.mail.models import Message
from victor.schedules.times import Timed

PLACEHOLDER_PATTERN = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ("name", "seminar", "when", "place", "link")
IN_SUBJECTS = ("seminar", "when")


@dataclass(frozen=True)
class MessageTemplate:
    """A mail to many, before it is about one of them: placeholders stand for what differs."""

    subject: str
    text: str

    @property
    def placeholders(self) -> set[str]:
        """Which stand in it, known or not."""
        return set(PLACEHOLDER_PATTERN.findall(self.subject)) | set(PLACEHOLDER_PATTERN.findall(self.text))

    @property
    def has_stray_brace(self) -> bool:
        """Whether a brace stands alone, as one does when a placeholder is mistyped."""
        return bool({"{", "}"} & set(PLACEHOLDER_PATTERN.sub("", self.subject + self.text)))

    def pieces(self, values: dict[str, str]) -> dict[str, list[tuple[str, bool]]]:
        """Subject and text as this one gets them, in pieces: what is said to all, and what takes a place."""
        told = {name: values[name] for name in IN_SUBJECTS}
        return {"subject": _pieces(self.subject, told), "text": _pieces(self.text, values)}

    @property
    def personal_placeholders_in_subject(self) -> list[str]:
        """Placeholders that stand in the subject and only may in the text."""
        return sorted(set(PLACEHOLDER_PATTERN.findall(self.subject)) & set(PLACEHOLDERS) - set(IN_SUBJECTS))


def reminder_template() -> MessageTemplate:
    """The seminar is near."""
    return _framed_template(
        _("Soon: {seminar}"), _("The seminar begins soon. We look forward to seeing you."), _("If you cannot come:")
    )


def materials_template() -> MessageTemplate:
    """There is something to read."""
    return _framed_template(
        _("Materials: {seminar}"), _("The materials of the seminar are on your page."), _("To the materials:")
    )


def questions_template() -> MessageTemplate:
    """The questions after the seminar wait."""
    return _framed_template(
        _("A few questions: {seminar}"),
        _("Thank you for coming. Please answer a few questions. Nobody can tell which answers are yours."),
        _("To the questions:"),
    )


def certificate_template() -> MessageTemplate:
    """The certificate is there."""
    return _framed_template(
        _("Your certificate: {seminar}"), _("Your certificate of attendance is on your page."), _("To the certificate:")
    )


def follow_up_template() -> MessageTemplate:
    """Three months later."""
    return _framed_template(
        _("Three months later: {seminar}"),
        _("Have you used what you learned? Please tell us. Nobody can tell which answers are yours."),
        _("To the questions:"),
    )


MESSAGE_TEMPLATES = {
    MailKind.REMINDER: reminder_template,
    MailKind.MATERIALS: materials_template,
    MailKind.QUESTIONS: questions_template,
    MailKind.CERTIFICATE: certificate_template,
    MailKind.FOLLOW_UP: follow_up_template,
}


@dataclass(frozen=True)
class SessionSpan(Timed):
    """From when to when a session was, or is, held, and on whose clocks."""

    starts: datetime
    ends: datetime
    clocks: ZoneInfo

    @property
    def zone(self) -> ZoneInfo:
        return self.clocks


def schedule_snapshot(seminar: Seminar) -> dict[str, Any]:
    """When and where it is held, as a mailing keeps what participants know of that."""
    spans = [[each.starts.isoformat(), each.ends.isoformat()] for each in seminar.sessions.order_by("starts", "pk")]
    return {
        "when": {"spans": spans, "zone": seminar.country.time_zone},
        "where": {"country": seminar.country_id, "online": seminar.online},
    }


def change_template(mailing: Mailing) -> MessageTemplate:
    """The seminar is held at other hours, or elsewhere, than participants were told. Those of today are named."""
    now = schedule_snapshot(mailing.seminar)
    told: dict[str, Any] = mailing.told or now
    words = []
    if told["when"] != now["when"]:
        words += [_("The times of the seminar have changed.")]
        words += [_sessions_under(_("Previously:"), told["when"]), _sessions_under(_("New:"), now["when"])]
    if told["where"] != now["where"]:
        words += [_("The venue or the online link has changed. You can find it below.")]
    return _framed_template(_("Changed: {seminar}"), "\n\n".join(words), _("If you cannot come:"))


def message_template_of(mailing: Mailing, language: str) -> MessageTemplate | None:
    """The words of a mailing in a language; None where nobody has written them."""
    kind = MailKind(mailing.kind)
    if known := partial(change_template, mailing) if kind == MailKind.CHANGE else MESSAGE_TEMPLATES.get(kind):
        with override(language):
            return known()
    text = next((each for each in mailing.texts.all() if each.language == language), None)
    return MessageTemplate(text.subject, text.text) if text else None


def placeholder_values(registration: Registration) -> dict[str, str]:
    """What the placeholders stand for, in the language of the one who gets it."""
    seminar = registration.seminar
    with override(registration.language):
        online = seminar.online if registration.state == RegistrationState.CONFIRMED else ""
        where = [local_text(seminar, "place").text, local_text(seminar.country, "name").text, online]
        return {
            "name": registration.name,
            "seminar": local_text(seminar, "title").text,
            "when": f"{seminar.when} ({seminar.zone_name})" if seminar.starts else "",
            "place": ", ".join(filter(None, where)),
            "link": own_page_url(registration),
        }


def queue_mail_for(registration: Registration, wording: MessageTemplate) -> Message:
    """Put the mail to this one into the outbox. What somebody is called is text, whatever it looks like."""
    values = placeholder_values(registration)
    subject, text = ("".join(piece for piece, _is in each) for each in wording.pieces(values).values())
    with override(registration.language):
        paper = compose_email(subject=subject, text=text, to=registration.email)
    return queue(
        recipient=registration.email,
        sender=paper.from_email,
        language=registration.language,
        subject=subject,
        text=str(paper.body),
        html=str(paper.alternatives[0][0]),
    )


def _framed_template(subject: str, words: str, link: str) -> MessageTemplate:
    return MessageTemplate(subject, f"{{name}},\n\n{words}\n\n{{seminar}}\n{{when}}\n{{place}}\n\n{link}\n{{link}}")


def _sessions_under(title: str, when: dict[str, Any]) -> str:
    """Each session on a line of its own."""
    zone = ZoneInfo(when["zone"])
    spans = [
        SessionSpan(datetime.fromisoformat(first), datetime.fromisoformat(last), zone) for first, last in when["spans"]
    ]
    return "\n".join([title, *(f"{each.when} ({each.zone_name})" for each in spans)])


def _pieces(words: str, values: dict[str, str]) -> list[tuple[str, bool]]:
    """Every other one takes the place of a placeholder; a brace that is none of ours stays what it is."""
    parts = PLACEHOLDER_PATTERN.split(words)
    return [(values.get(part, part), True) if n % 2 else (part, False) for n, part in enumerate(parts)]
