"""The few operations that everything here is made of: functions on bytes, on libsodium alone.

Seal: anybody who knows a public part, and only the private part opens. Encrypt: one key for both, bound to a place, so
that what is moved elsewhere does not open. What does not open says `Unopenable` and no more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, NamedTuple, NoReturn, ParamSpec, Self, TypeVar

from nacl import bindings as sodium
from nacl.exceptions import CryptoError
from nacl.utils import random

from victor.vault.errors import Unopenable

KEY_BYTES = 32
SALT_BYTES: int = sodium.crypto_pwhash_SALTBYTES
NONCE_BYTES = 24
MIN_BYTES, MAX_DOUBLED = 256, 4096
CHUNK_BYTES = 64 * 1024
HEADER_BYTES: int = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
TAG_BYTES: int = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
MESSAGE: int = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
FINAL: int = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
Given = ParamSpec("Given")
Returned = TypeVar("Returned")


def _raise_unopenable(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Say `Unopenable`, whatever it was that did not fit."""

    @wraps(function)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Returned:
        try:
            return function(*args, **kwargs)
        except (CryptoError, ValueError, TypeError):
            raise Unopenable from None

    return guarded


class PrivateKey:
    """A private part in memory: never printed, copied into a pickle or compared byte by byte.

    `wipe` overwrites our copy. Python and libsodium's binding may have made others, which nobody can reach to wipe.
    """

    __slots__ = ("_bytes",)

    def __init__(self, value: bytes) -> None:
        if len(value) != KEY_BYTES:
            raise Unopenable
        self._bytes = bytearray(value)

    def __repr__(self) -> str:
        return "<Private>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PrivateKey) and sodium.sodium_memcmp(bytes(self), bytes(other))

    __hash__ = None  # type: ignore[assignment]  # as Python has it: what compares so has none

    def __bytes__(self) -> bytes:
        if not any(self._bytes):
            raise Unopenable
        return bytes(self._bytes)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.wipe()

    @property
    def public(self) -> bytes:
        """The public part that belongs to it."""
        return sodium.crypto_scalarmult_base(bytes(self))

    def wipe(self) -> None:
        """Overwrite it; afterwards it opens nothing."""
        self._bytes[:] = bytes(KEY_BYTES)


class Cost(NamedTuple):
    """What one guess of a passphrase costs: passes over so many bytes of memory."""

    passes: int
    memory: int


def new_private_key() -> PrivateKey:
    """A new key pair, as its private part; its public part follows from it."""
    return PrivateKey(random(KEY_BYTES))


def derive_private_key(seed: bytes) -> PrivateKey:
    """The pair that belongs to 32 secret bytes, always the same: for keys that are derived, such as a receipt's."""
    return PrivateKey(sodium.crypto_box_seed_keypair(seed)[1])


def new_key() -> bytes:
    """A random key for `encrypt` or a stream."""
    return random(KEY_BYTES)


@_raise_unopenable
def seal(message: bytes, to: bytes) -> bytes:
    """Seal to a public part: not even whoever sealed can open."""
    return sodium.crypto_box_seal(message, to)


@_raise_unopenable
def unseal(sealed: bytes, private: PrivateKey) -> bytes:
    """Open what was sealed to the public part of `private`."""
    return sodium.crypto_box_seal_open(sealed, private.public, bytes(private))


@_raise_unopenable
def encrypt(plain: bytes, key: bytes, *, place: str) -> bytes:
    """Encrypt for one place: the same `place` has to be named to decrypt. The nonce stands in front."""
    nonce = random(NONCE_BYTES)
    return nonce + sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, place.encode(), nonce, key)


@_raise_unopenable
def decrypt(encrypted: bytes, key: bytes, *, place: str) -> bytes:
    """What was encrypted for this place."""
    nonce, rest = encrypted[:NONCE_BYTES], encrypted[NONCE_BYTES:]
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(rest, place.encode(), nonce, key)


def pad(plain: bytes) -> bytes:
    """Fill up to a size that many texts share: a power of two from 256 bytes, and whole 4 KiB from there."""
    size = len(plain) + 1
    bucket = MIN_BYTES
    while bucket < min(size, MAX_DOUBLED):
        bucket *= 2
    if size > bucket:
        bucket = -(-size // MAX_DOUBLED) * MAX_DOUBLED
    return plain + b"\x80" + bytes(bucket - size)


def unpad(padded: bytes) -> bytes:
    """What was filled up; it has been authenticated before."""
    plain, mark, rest = padded.rpartition(b"\x80")
    if not mark or any(rest):
        raise Unopenable
    return plain


def normalise_passphrase(passphrase: str) -> bytes:
    """A passphrase as every keyboard sends it: one form of each letter, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split()).encode()


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key that a passphrase stands for."""
    return stretch(normalise_passphrase(passphrase), salt, cost)


def stretch(secret: bytes, salt: bytes, cost: Cost, *, size: int = KEY_BYTES) -> bytes:
    """So many bytes from a secret that might be guessed, each guess at this cost: Argon2id, version 1.3."""
    return sodium.crypto_pwhash_alg(size, secret, salt, cost.passes, cost.memory, sodium.crypto_pwhash_ALG_ARGON2ID13)


def new_salt() -> bytes:
    """A random salt for `derive`."""
    return random(SALT_BYTES)


def encrypt_stream(plain: Iterable[bytes], key: bytes, *, place: str) -> Iterator[bytes]:
    """A header, then chunks in their order, the last marked as the last."""
    state: Any = sodium.crypto_secretstream_xchacha20poly1305_state()
    yield sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    for chunk, last in _with_last(_rechunk(plain, CHUNK_BYTES)):
        tag = FINAL if last else MESSAGE
        yield sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, place.encode(), tag)


def decrypt_stream(encrypted: Iterable[bytes], key: bytes, *, place: str) -> Iterator[bytes]:
    """The chunks, each only once it is known to be whole and in its turn.

    Raises:
        Unopenable: a chunk was altered, left out, moved or added, at that chunk; or the end is missing.
    """
    pieces = _rechunk(encrypted, CHUNK_BYTES + TAG_BYTES, first=HEADER_BYTES)
    state: Any = sodium.crypto_secretstream_xchacha20poly1305_state()
    _begin_stream(state, next(pieces), key)
    for piece, last in _with_last(pieces):
        chunk, tag = _pull_chunk(state, piece, place)
        if (tag == FINAL) != last:
            raise Unopenable
        yield chunk


def stream_size(plain: int) -> int:
    """How many bytes a stream of so many has: a file of another size is not opened at all."""
    return HEADER_BYTES + plain + max(1, -(-plain // CHUNK_BYTES)) * TAG_BYTES


@_raise_unopenable
def _begin_stream(state: Any, header: bytes, key: bytes) -> None:
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)


@_raise_unopenable
def _pull_chunk(state: Any, piece: bytes, place: str) -> tuple[bytes, int]:
    return sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, place.encode())


def _rechunk(pieces: Iterable[bytes], size: int, *, first: int | None = None) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the first of another; at least one, if an empty one."""
    kept, want, given = b"", first or size, False
    for piece in pieces:
        kept += piece
        while len(kept) > want or (first and not given and len(kept) == want):
            yield kept[:want]
            kept, want, given = kept[want:], size, True
    yield kept


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last."""
    held: bytes | None = None
    for piece in pieces:
        if held is not None:
            yield held, False
        held = piece
    if held is not None:
        yield held, True
