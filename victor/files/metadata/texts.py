"""Copies of texts and mails."""

from __future__ import annotations

import encodings.ascii
import encodings.cp1252
import encodings.cp1253
import encodings.iso8859_1
import encodings.iso8859_2
import encodings.iso8859_7
import encodings.utf_8
import encodings.utf_16  # noqa: F401 - later nothing can be imported
import quopri  # noqa: F401
from collections.abc import Callable
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

import nh3

from victor.files.metadata.errors import NoCopy
from victor.files.metadata.made import Made

SHOWN = ("From", "To", "Cc", "Date", "Subject")  # what a mail program shows
TAGS = {"p", "br", "b", "strong", "i", "em", "u", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "pre", "hr"}
TAGS |= {"table", "thead", "tbody", "tr", "td", "th", "div", "span"}
CLEAN_CONTENT = {"script", "style", "title", "head", "noscript", "template", "svg", "math"}
MAX_PARTS, MAX_HEADER = 60, 2000
Cleaner = Callable[[bytes], Made]


def copy_text(content: bytes) -> Made:
    """Text is what it says: it stays as it is."""
    return Made("text/plain", content)


def clean_mail(content: bytes, clean_attachment: Callable[[bytes], tuple[Made, str]]) -> Made:
    """The mail as a mail program shows it: five lines of its head, its text, and copies of its attachments.

    Raises:
        NoCopy: it is damaged, or has too many parts.
    """
    mail = BytesParser(policy=policy.default).parsebytes(content)
    parts = list(mail.walk())
    if len(parts) > MAX_PARTS:
        raise NoCopy
    copy = EmailMessage()
    missing: set[str] = set()
    for name in SHOWN:
        if mail[name]:
            copy[name] = " ".join(str(mail[name]).split())[:MAX_HEADER]
    _copy_body(mail, copy, missing)
    number = 0
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            missing.add("attachments")  # of a mail within the mail, the text stays
        if part.is_multipart() or not _is_attachment(part):
            continue
        number += 1
        try:
            payload = part.get_payload(decode=True)
            made, suffix = clean_attachment(payload if isinstance(payload, bytes) else b"")
        except NoCopy:
            missing.add("attachments")
            continue
        missing.update(made.missing)
        main, _slash, sub = made.type.partition("/")
        copy.add_attachment(made.content, maintype=main, subtype=sub, filename=f"{number}.{suffix}")
    whole = copy.as_bytes(policy=policy.SMTP.clone(max_line_length=900))
    return Made("message/rfc822", whole, missing=tuple(sorted(missing)))


def _load_all() -> None:
    """Write one mail, so that nothing has to be imported later."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "ä <a@example.org>", "ß", "Sun, 1 Mar 2026 12:00:00 +0000"
    mail.set_content("ä", cte="base64")
    mail.add_attachment(b"a", maintype="image", subtype="png", filename="1.png")
    clean_mail(mail.as_bytes(), lambda content: (Made("image/png", content), "png"))


def _is_attachment(part: Message) -> bool:
    return part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment"


def _copy_body(mail: Message, copy: EmailMessage, missing: set[str]) -> None:
    """What is shown: HTML where there is some, without anything that is loaded, hidden or leads elsewhere."""
    bodies = [part for part in mail.walk() if not part.is_multipart() and not _is_attachment(part)]
    html = [part for part in bodies if part.get_content_subtype() == "html"]
    plain = [part for part in bodies if part.get_content_subtype() == "plain"]
    if html:
        text = "\n<hr>\n".join(_text(part) for part in html)
        if "<a " in text.lower():
            missing.add("links")
        if "<img" in text.lower():
            missing.add("pictures")
        clean = nh3.clean(text, tags=TAGS, attributes={}, clean_content_tags=CLEAN_CONTENT, strip_comments=True)
        copy.set_content(clean, subtype="html", cte="base64")
    else:
        copy.set_content("\n\n".join(_text(part) for part in plain), cte="base64")


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeError, OSError):
            continue
    return data.decode("latin-1")


_load_all()
