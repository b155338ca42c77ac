"""Reads files of age, written anew from its public description (C2SP, age v1), so that no library proves itself."""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
CHUNK, TAG, CHECKSUM = 64 * 1024, 16, 6


def open_age(content: bytes, identity: str) -> bytes:
    """What is in the file.

    Raises:
        InvalidTag: the identity does not open it, or it was altered.
    """
    private = X25519PrivateKey.from_private_bytes(_key_bytes(identity))
    header, mac, payload = _parts(content)
    lines = header.split(b"\n")
    number = next(number for number, line in enumerate(lines) if line.startswith(b"-> X25519 "))
    share, body = _decoded(lines[number].split(b" ")[2]), _decoded(lines[number + 1])
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    secret = private.exchange(X25519PublicKey.from_public_bytes(share))
    wrap = _derive(secret, share + public, b"age-encryption.org/v1/X25519")
    file_key = ChaCha20Poly1305(wrap).decrypt(bytes(12), body, None)
    assert hmac.compare_digest(hmac.new(_derive(file_key, b"", b"header"), header, sha256).digest(), mac)
    return _open_chunks(payload[16:], _derive(file_key, payload[:16], b"payload"))


def _open_chunks(payload: bytes, key: bytes) -> bytes:
    chunks = [payload[start : start + CHUNK + TAG] for start in range(0, len(payload), CHUNK + TAG)]
    opened = b""
    for number, chunk in enumerate(chunks):
        is_last = number == len(chunks) - 1
        opened += ChaCha20Poly1305(key).decrypt(number.to_bytes(11, "big") + bytes([is_last]), chunk, None)
    return opened


def _parts(content: bytes) -> tuple[bytes, bytes, bytes]:
    """The header to its dashes, its MAC, and the payload."""
    assert content.startswith(b"age-encryption.org/v1\n")
    end = content.index(b"\n--- ") + len(b"\n---")
    mac, payload = content[end + 1 :].split(b"\n", 1)
    return content[:end], _decoded(mac), payload


def _derive(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)


def _decoded(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def _key_bytes(identity: str) -> bytes:
    data = identity.lower().rpartition("1")[2][:-CHECKSUM]
    number = 0
    for sign in data:
        number = number << 5 | BECH32.index(sign)
    return (number >> (len(data) * 5 - 256)).to_bytes(32, "big")
