"""Text that a program has damaged on its way: lost letters, letters read in the wrong encoding, signs spelt out."""

from __future__ import annotations

import re
from unicodedata import category

from django import forms
from django.utils.translation import gettext_lazy as _

# Encodings in which UTF-8 is often read by mistake.
WRONG_ENCODINGS = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254")
LOST_PATTERN = re.compile(r"\w\?|\?\w")
SPELT_PATTERN = re.compile(r"&#?\w+;|%[0-9A-F]{2}|=[0-9A-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|_x[0-9A-F]{4}_")
FOREIGN_PATTERN = re.compile(r"[√≈ƒ][^\x00-\x7f]|[\u2500-\u25ff]")  # UTF-8 as old Macs and DOS show it
DAMAGED_CATEGORIES = {"Co", "Cn", "Cs"}


def refuse_damaged(text: str) -> None:
    """Accept text that no program has damaged.

    Raises:
        ValidationError: letters are lost, or show in a wrong encoding, or signs are spelt out.
    """
    if "\ufffd" in text or LOST_PATTERN.search(text):
        raise forms.ValidationError(_("Letters have been lost here: “%(text)s”."), params={"text": text[:60]})
    if SPELT_PATTERN.search(text):
        reason = _("A program has written letters as signs here: “%(text)s”. Please type them as letters.")
        raise forms.ValidationError(reason, params={"text": text[:60]})
    if FOREIGN_PATTERN.search(text) or any(category(sign) in DAMAGED_CATEGORIES for sign in text):
        raise forms.ValidationError(_("A program has damaged these letters: “%(text)s”."), params={"text": text[:60]})
    if read := _read_again(text):
        reason = _("A program has damaged these letters: “%(text)s” was probably “%(read)s”.")
        raise forms.ValidationError(reason, params={"text": text[:60], "read": read[:60]})


def _read_again(text: str) -> str:
    """The text with its words in UTF-8, where they had been read in another encoding; empty where none had been."""
    for encoding in WRONG_ENCODINGS:
        words = [_recovered(word, encoding) for word in text.split(" ")]
        if any(words):
            return " ".join(recovered or word for recovered, word in zip(words, text.split(" "), strict=True))
    return ""


def _recovered(word: str, encoding: str) -> str:
    """A word that is UTF-8 once it is written in an encoding; empty where it is not, or has nothing but ASCII."""
    if word.isascii():
        return ""
    try:
        content = b"".join(_byte(sign, encoding) for sign in word)
        recovered = content.decode()
    except ValueError:
        return ""
    return recovered if any(sign.isalpha() and not sign.isascii() for sign in recovered) else ""


def _byte(sign: str, encoding: str) -> bytes:
    """A sign as one byte. Programs keep bytes that an encoding lacks as control characters of the same number."""
    if "\x80" <= sign <= "\x9f":
        return bytes([ord(sign)])
    return sign.encode(encoding)
