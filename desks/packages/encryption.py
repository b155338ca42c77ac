"""Locks a file for somebody outside: with the key of a partner (age v1), or as a PDF with a passphrase (AES-256).

Both formats are public, so that the receiver opens them with programs of their own.
"""

from __future__ import annotations

import hashlib
import io
import secrets

import pikepdf
import pyrage
from pyrage import x25519

from desks.packages.errors import NotAKey

GROUP = 4  # signs of a fingerprint that are read aloud in one breath
FINGERPRINT_SIGNS = 32


def read_recipient(text: str) -> str:
    """A public key as the partner has sent it, without what stands around it.

    Raises:
        NotAKey: it is none.
    """
    recipient = text.strip().lower()
    try:
        x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as failure:
        raise NotAKey from failure
    return recipient


def fingerprint_of(recipient: str) -> str:
    """What is read aloud of a key: the first 128 bits of its SHA-256, in groups of four.

    The partner gets the same with `printf %s age1… | sha256sum`.
    """
    return grouped(hashlib.sha256(recipient.encode()).hexdigest()[:FINGERPRINT_SIGNS])


def grouped(signs: str) -> str:
    """A fingerprint in groups of four."""
    return " ".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def is_fingerprint_of(recipient: str, typed: str) -> bool:
    """Whether somebody has typed the fingerprint of this key, with whatever stands between its groups."""
    heard = "".join(sign for sign in typed.lower() if sign.isalnum())
    return secrets.compare_digest(heard.encode(), fingerprint_of(recipient).replace(" ", "").encode())


def lock_with_key(content: bytes, recipient: str) -> bytes:
    """A file of age that only the partner's own key opens.

    Raises:
        NotAKey: the key cannot be used.
    """
    try:
        return bytes(pyrage.encrypt(content, [x25519.Recipient.from_str(recipient)]))
    except (pyrage.RecipientError, pyrage.EncryptError) as failure:
        raise NotAKey from failure


def lock_with_passphrase(pdf: bytes, passphrase: str) -> bytes:
    """A PDF that the passphrase opens (AES-256, revision 6). Titles, attached files and the outline of the
    document are encrypted, too.

    Nobody has the second password that PDF knows: it is random, and forgotten here.
    """
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        key = pikepdf.Encryption(user=passphrase, owner=secrets.token_urlsafe(32), R=6, aes=True, metadata=True)
        document.save(locked, encryption=key, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return locked.getvalue()


def attach_files(pdf: bytes, files: dict[str, bytes]) -> bytes:
    """A PDF with these files in it."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for name, content in files.items():
            document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)
        document.save(written)
    return written.getvalue()
