"""Message templates: the texts of mailings, with placeholders, and the emails that are made of them.

The portal has a template for most kinds of mailings, one function each; other texts are written by people. Placeholders
stand for what differs between recipients. Their values are plain text, whatever they look like. The outbox deletes a
text once it is sent, but stores the subject for a month, so a subject contains nothing personal.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.mailings.models import Mailing
from trainings.mailings.states import MailKind
from trainings.registrations.emails import own_page_url
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationState
from trainings.seminars.models import Seminar
from victor.languages import content_language, in_readers_script, local_text
from victor.mail.actions import queue
from victor.mail.emails import compose_email
from victor.mail.models import Message
from victor.schedules.times import Timed

PLACEHOLDER_PATTERN = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ("name", "seminar", "when", "place", "link")
IN_SUBJECTS = ("seminar", "when")


@dataclass(frozen=True)
class MessageTemplate:
    """Subject and text of an email, with placeholders for what differs between recipients."""

    subject: str
    text: str

    @property
    def placeholders(self) -> set[str]:
        """The placeholders in subject and text, known or not."""
        return set(PLACEHOLDER_PATTERN.findall(self.subject)) | set(PLACEHOLDER_PATTERN.findall(self.text))

    @property
    def has_stray_brace(self) -> bool:
        """Whether there is a single brace, as in a mistyped placeholder."""
        return bool({"{", "}"} & set(PLACEHOLDER_PATTERN.sub("", self.subject + self.text)))

    def pieces(self, values: dict[str, str]) -> dict[str, list[tuple[str, bool]]]:
        """Subject and text with these values, as pieces, each with whether it stands for a placeholder."""
        subject_values = {name: values[name] for name in IN_SUBJECTS}
        return {"subject": _pieces(self.subject, subject_values), "text": _pieces(self.text, values)}

    @property
    def personal_placeholders_in_subject(self) -> list[str]:
        """Placeholders in the subject that are allowed only in the text."""
        return sorted(set(PLACEHOLDER_PATTERN.findall(self.subject)) & set(PLACEHOLDERS) - set(IN_SUBJECTS))


def reminder_template() -> MessageTemplate:
    """Says that the seminar is soon."""
    return _framed_template(
        _("Soon: {seminar}"), _("The seminar begins soon. We look forward to seeing you."), _("If you cannot come:")
    )


def materials_template() -> MessageTemplate:
    """Says that there are materials."""
    return _framed_template(
        _("Materials: {seminar}"), _("The materials of the seminar are on your page."), _("To the materials:")
    )


def questions_template() -> MessageTemplate:
    """Asks for answers after the seminar."""
    return _framed_template(
        _("A few questions: {seminar}"),
        _("Thank you for coming. Please answer a few questions. Nobody can tell which answers are yours."),
        _("To the questions:"),
    )


def certificate_template() -> MessageTemplate:
    """Says that the certificate is ready."""
    return _framed_template(
        _("Your certificate: {seminar}"), _("Your certificate of attendance is on your page."), _("To the certificate:")
    )


def follow_up_template() -> MessageTemplate:
    """Asks for answers three months after the seminar."""
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
    """When a session takes place or was to take place, and in which time zone."""

    starts: datetime
    ends: datetime
    time_zone: ZoneInfo

    @property
    def zone(self) -> ZoneInfo:
        return self.time_zone


class ScheduledTimes(TypedDict):
    """The beginning and the end of each session in ISO 8601, and the name of the time zone."""

    spans: list[list[str]]
    zone: str


class ScheduledPlace(TypedDict):
    """The country and the address online."""

    country: str
    online: str


class Schedule(TypedDict):
    """When and where a seminar takes place."""

    when: ScheduledTimes
    where: ScheduledPlace


def schedule_snapshot(seminar: Seminar) -> Schedule:
    """When and where a seminar takes place, as plain values that a mailing can store."""
    spans = [
        [session.starts.isoformat(), session.ends.isoformat()] for session in seminar.sessions.order_by("starts", "pk")
    ]
    return {
        "when": {"spans": spans, "zone": seminar.country.time_zone},
        "where": {"country": seminar.country_id, "online": seminar.online},
    }


def digest_of_content(mailing: Mailing) -> str:
    """Names what a mailing says now, and to whom: it changes with its words, its audience and the schedule."""
    texts = [[text.language, text.subject, text.text] for text in mailing.texts.order_by("language")]
    content = [mailing.kind, mailing.audience, texts, mailing.known_schedule, schedule_snapshot(mailing.seminar)]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def change_template(mailing: Mailing) -> MessageTemplate:
    """Says that the times or the place have changed, and gives the new ones."""
    now = schedule_snapshot(mailing.seminar)
    known: Schedule = mailing.known_schedule or now
    paragraphs = []
    if known["when"] != now["when"]:
        paragraphs += [_("The times of the seminar have changed.")]
        paragraphs += [_sessions_under(_("Previously:"), known["when"]), _sessions_under(_("New:"), now["when"])]
    if known["where"] != now["where"]:
        paragraphs += [_("The venue or the online link has changed. You can find it below.")]
    return _framed_template(_("Changed: {seminar}"), "\n\n".join(paragraphs), _("If you cannot come:"))


def message_template_of(mailing: Mailing, language: str) -> MessageTemplate | None:
    """The template of a mailing in a language; None where nobody has written it."""
    kind = MailKind(mailing.kind)
    with override(language):
        if kind == MailKind.CHANGE:
            return change_template(mailing)
        if make := MESSAGE_TEMPLATES.get(kind):
            return _with_way_to_stop(make())
        text = next((row for row in mailing.texts.all() if row.language == content_language(language)), None)
        if text is None:
            return None
        return _with_way_to_stop(MessageTemplate(in_readers_script(text.subject), in_readers_script(text.text)))


def _with_way_to_stop(template: MessageTemplate) -> MessageTemplate:
    """The same, with a last line that says how to get no more of these emails."""
    line = _("If you do not want any more emails like this, you can stop them here: {link}")
    return MessageTemplate(template.subject, f"{template.text}\n\n{line}")


def placeholder_values(registration: Registration) -> dict[str, str]:
    """The values of the placeholders for one recipient, in their language."""
    seminar = registration.seminar
    with override(registration.language):
        online = seminar.online if registration.state == RegistrationState.CONFIRMED else ""
        places = [local_text(seminar, "place").text, local_text(seminar.country, "name").text, online]
        return {
            "name": registration.name,
            "seminar": local_text(seminar, "title").text,
            "when": f"{seminar.when} ({seminar.zone_name})" if seminar.starts else "",
            "place": ", ".join(filter(None, places)),
            "link": own_page_url(registration),
        }


@dataclass(frozen=True)
class MailDraft:
    """An email to one recipient, composed and not queued yet."""

    recipient: str
    sender: str
    language: str
    subject: str
    text: str
    html: str


def draft_mail_for(registration: Registration, template: MessageTemplate) -> MailDraft:
    """The email to one participant. Values of placeholders are plain text, whatever they look like."""
    pieces = template.pieces(placeholder_values(registration))
    subject, text = ("".join(piece for piece, _differs in pieces[part]) for part in ("subject", "text"))
    with override(registration.language):
        message = compose_email(subject=subject, text=text, to=registration.email)
    return MailDraft(
        recipient=registration.email,
        sender=message.from_email,
        language=registration.language,
        subject=subject,
        text=str(message.body),
        html=str(message.alternatives[0][0]),
    )


def queue_draft(draft: MailDraft) -> Message:
    """Put a composed email into the outbox."""
    return queue(**asdict(draft))


def _framed_template(subject: str, body: str, link: str) -> MessageTemplate:
    return MessageTemplate(subject, f"{{name}},\n\n{body}\n\n{{seminar}}\n{{when}}\n{{place}}\n\n{link}\n{{link}}")


def _sessions_under(title: str, when: ScheduledTimes) -> str:
    """A title, and each session on a line of its own."""
    zone = ZoneInfo(when["zone"])
    spans = [
        SessionSpan(datetime.fromisoformat(first), datetime.fromisoformat(last), zone) for first, last in when["spans"]
    ]
    return "\n".join([title, *(f"{span.when} ({span.zone_name})" for span in spans)])


def _pieces(template: str, values: dict[str, str]) -> list[tuple[str, bool]]:
    """Every second part of the split is a placeholder. Unknown placeholders stay as they are."""
    parts = PLACEHOLDER_PATTERN.split(template)
    return [(values.get(part, part), True) if number % 2 else (part, False) for number, part in enumerate(parts)]
