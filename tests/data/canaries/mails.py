"""Mails as programs send them, with words where nobody looks."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

from marks import SEEN, mark

HEADERS = {
    "Message-ID": "<{}@example.org>",
    "X-Mailer": "{}",
    "User-Agent": "{}",
    "X-Originating-IP": "[{}]",
    "Received": "from {} by mx.example.org; Sun, 1 Mar 2026 12:00:00 +0000",
    "Return-Path": "<{}@example.org>",
    "DKIM-Signature": "v=1; d={}",
    "Organization": "{}",
    "Thread-Topic": "{}",
    "References": "<{}@example.org>",
    "List-Id": "{}",
    "Sender": "{}@example.org",
    "Reply-To": "{}@example.org",
    "Bcc": "{}@example.org",
    "X-Custom": "{}",
}
HTML = """<html><head><title>{title}</title><style>/* {style} */</style><meta name="author" content="{meta}"></head>
<body data-x="{data}"><!-- {comment} --><p class="{cls}">A <a href="https://{link}.example/">{seen}</a> was lit</p>
<img src="https://{pixel}.example/x.png" alt="{alt}"><script>{script}</script></body></html>"""


def mails(attachments: list[tuple[str, bytes, str]]) -> Iterator[tuple[str, bytes]]:
    """Plain, with HTML, and with attachments."""
    for number, kind in enumerate(("plain", "html", "both", "attached", "forwarded"), start=1):
        mail = _mail()
        if kind in {"plain", "attached"}:
            mail.set_content(f"A {SEEN} was lit")
        elif kind == "html":
            mail.set_content(_html(), subtype="html")
        else:
            mail.set_content(mark("plain-alternative"))
            mail.add_alternative(_html(), subtype="html", cte="base64")
        if kind == "attached":
            for name, content, media_type in attachments:
                main, sub = media_type.split("/")
                mail.add_attachment(content, maintype=main, subtype=sub, filename=f"{mark('filename')}-{name}")
        if kind == "forwarded":
            inner = _mail()
            inner.set_content(f"A {SEEN} was lit")
            mail.add_attachment(inner)
        mail.preamble = mark("preamble") if mail.is_multipart() else None
        yield f"python-{number}-{kind}.eml", mail.as_bytes()


def _mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ana <ana@example.org>", "desk@example.org", f"The {SEEN}"
    mail["Date"] = "Sun, 1 Mar 2026 12:00:00 +0000"
    for name, form in HEADERS.items():
        mail[name] = form.format(mark(name.lower()))
    return mail


def _html() -> str:
    places = ("title", "style", "meta", "data", "comment", "cls", "link", "pixel", "alt", "script")
    return HTML.format(seen=SEEN, **{place: mark(f"html-{place}") for place in places})
