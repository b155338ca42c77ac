"""The cryptographic operations of the vault: functions on bytes, by libsodium alone.

`seal` needs a public part only; the private part opens. `encrypt` uses one key for both directions and binds the
ciphertext to a context, so that it cannot be moved elsewhere. Whatever cannot be opened raises `Unopenable`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import NamedTuple, NoReturn, ParamSpec, Self, TypeVar

from nacl import bindings as sodium
from nacl.exceptions import CryptoError
from nacl.utils import random

from victor.server.turns import TURNS
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
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def _raise_unopenable(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Raise `Unopenable` instead of any error that says what did not fit."""

    @wraps(function)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return function(*args, **kwargs)
        except (CryptoError, ValueError, TypeError):
            raise Unopenable from None

    return guarded


class PrivateKey:
    """A private part in memory. It is never printed, pickled or compared byte by byte.

    `wipe` overwrites our copy. Python and the binding to libsodium may have made others that cannot be reached.
    """

    __slots__ = ("_bytes",)

    def __init__(self, value: bytes) -> None:
        if len(value) != KEY_BYTES:
            raise Unopenable
        self._bytes = bytearray(value)

    def __repr__(self) -> str:
        return "<PrivateKey>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PrivateKey) and sodium.sodium_memcmp(bytes(self), bytes(other))

    __hash__ = None  # type: ignore[assignment]  # Python: a class with its own __eq__ has no hash

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
    """What one guess of a passphrase costs: passes over a number of bytes of memory."""

    passes: int
    memory: int


def new_private_key() -> PrivateKey:
    """A new key pair, as its private part; its public part follows from it."""
    return PrivateKey(random(KEY_BYTES))


def derive_private_key(seed: bytes) -> PrivateKey:
    """The key pair that belongs to 32 secret bytes, always the same. For derived keys, such as that of a receipt."""
    return PrivateKey(sodium.crypto_box_seed_keypair(seed)[1])


def new_key() -> bytes:
    """A random key for `encrypt` or a stream."""
    return random(KEY_BYTES)


@_raise_unopenable
def seal(message: bytes, to: bytes) -> bytes:
    """Seal to a public part. Only the private part opens it."""
    return sodium.crypto_box_seal(message, to)


@_raise_unopenable
def unseal(sealed: bytes, private: PrivateKey) -> bytes:
    """Open what was sealed to the public part of `private`."""
    return sodium.crypto_box_seal_open(sealed, private.public, bytes(private))


@_raise_unopenable
def encrypt(plain: bytes, key: bytes, *, context: str) -> bytes:
    """Encrypt for one context, which is needed again to decrypt. The nonce comes first (XChaCha20-Poly1305, IETF)."""
    nonce = random(NONCE_BYTES)
    return nonce + sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context.encode(), nonce, key)


@_raise_unopenable
def decrypt(encrypted: bytes, key: bytes, *, context: str) -> bytes:
    """Decrypt what was encrypted for this context."""
    nonce, rest = encrypted[:NONCE_BYTES], encrypted[NONCE_BYTES:]
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(rest, context.encode(), nonce, key)


def pad(plain: bytes) -> bytes:
    """Pad to a size that many texts share: a power of two from 256 bytes to 4 KiB, then multiples of 4 KiB."""
    size = len(plain) + 1
    bucket = MIN_BYTES
    while bucket < min(size, MAX_DOUBLED):
        bucket *= 2
    if size > bucket:
        bucket = -(-size // MAX_DOUBLED) * MAX_DOUBLED
    return plain + b"\x80" + bytes(bucket - size)


def unpad(padded: bytes) -> bytes:
    """The text without its padding. The caller has authenticated it."""
    plain, mark, rest = padded.rpartition(b"\x80")
    if not mark or any(rest):
        raise Unopenable
    return plain


def normalise_passphrase(passphrase: str) -> bytes:
    """A passphrase in one form, whatever the keyboard: Unicode NFKC, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split()).encode()


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key that a passphrase gives."""
    return stretch(normalise_passphrase(passphrase), salt, cost)


def stretch(secret: bytes, salt: bytes, cost: Cost, *, size: int = KEY_BYTES) -> bytes:
    """Derive `size` bytes from a secret that might be guessed, at this cost for each guess (Argon2id 1.3, RFC 9106)."""
    algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13
    with TURNS.given_away():
        return sodium.crypto_pwhash_alg(size, secret, salt, cost.passes, cost.memory, algorithm)


@_raise_unopenable
def derive_from_secret(secret: bytes, *, context: str) -> bytes:
    """The key that a random secret gives for one context (BLAKE2b, keyed). For secrets that nobody can guess."""
    if len(secret) != KEY_BYTES:
        raise Unopenable
    derived: bytes = sodium.crypto_generichash_blake2b_salt_personal(context.encode(), KEY_BYTES, key=secret)
    return derived


def new_salt() -> bytes:
    """A random salt for `derive`."""
    return random(SALT_BYTES)


def encrypt_stream(plain: Iterable[bytes], key: bytes, *, context: str) -> Iterator[bytes]:
    """Encrypt a stream: a header, then chunks in order. The last one is marked (libsodium's secretstream)."""
    state: sodium.crypto_secretstream_xchacha20poly1305_state = sodium.crypto_secretstream_xchacha20poly1305_state()
    yield sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    for chunk, last in _with_last(_rechunk(plain, CHUNK_BYTES)):
        tag = FINAL if last else MESSAGE
        yield sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, context.encode(), tag)


def decrypt_stream(encrypted: Iterable[bytes], key: bytes, *, context: str) -> Iterator[bytes]:
    """Decrypt a stream. Each chunk is yielded once it is known to be whole and in order.

    Raises:
        Unopenable: a chunk was altered, left out, moved or added, at that chunk; or the end is missing.
    """
    pieces = _rechunk(encrypted, CHUNK_BYTES + TAG_BYTES, first=HEADER_BYTES)
    state: sodium.crypto_secretstream_xchacha20poly1305_state = sodium.crypto_secretstream_xchacha20poly1305_state()
    _begin_stream(state, next(pieces), key)
    for piece, last in _with_last(pieces):
        chunk, tag = _pull_chunk(state, piece, context)
        if (tag == FINAL) != last:
            raise Unopenable
        yield chunk


def stream_size(plain: int) -> int:
    """How many bytes the stream of `plain` bytes has. A file of another size is not opened at all."""
    return HEADER_BYTES + plain + max(1, -(-plain // CHUNK_BYTES)) * TAG_BYTES


@_raise_unopenable
def _begin_stream(state: sodium.crypto_secretstream_xchacha20poly1305_state, header: bytes, key: bytes) -> None:
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)


@_raise_unopenable
def _pull_chunk(
    state: sodium.crypto_secretstream_xchacha20poly1305_state, piece: bytes, context: str
) -> tuple[bytes, int]:
    return sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, context.encode())


def _rechunk(pieces: Iterable[bytes], size: int, *, first: int | None = None) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the first of another size. There is at least one, possibly empty."""
    buffer, wanted, is_first = b"", first or size, True
    for piece in pieces:
        buffer += piece
        while len(buffer) > wanted or (first and is_first and len(buffer) == wanted):
            yield buffer[:wanted]
            buffer, wanted, is_first = buffer[wanted:], size, False
    yield buffer


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last."""
    previous: bytes | None = None
    for piece in pieces:
        if previous is not None:
            yield previous, False
        previous = piece
    if previous is not None:
        yield previous, True
