"""Properties of the few operations: whatever is altered, moved or cut does not open."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from victor import settings as production
from victor.vault import crypto
from victor.vault.errors import Unopenable

PLAIN = st.binary(max_size=2000)
KEYS = st.binary(min_size=32, max_size=32)
WHERE = st.integers(min_value=0, max_value=10**6)
FLIPS = st.integers(min_value=1, max_value=255)
MEBIBYTE = 1024 * 1024


def flipped(data: bytes, where: int, by: int) -> bytes:
    """The same bytes but for one."""
    changed = bytearray(data)
    changed[where % len(data)] ^= by
    return bytes(changed)


def stream(plain: bytes, key: bytes = bytes(32), place: str = "file:1") -> bytes:
    return b"".join(crypto.encrypt_stream([plain], key, context=place))


def read(encrypted: bytes, key: bytes = bytes(32), place: str = "file:1") -> bytes:
    return b"".join(crypto.decrypt_stream([encrypted], key, context=place))


def pieces(encrypted: bytes) -> list[bytes]:
    """The header, and each chunk with its tag."""
    size, start = crypto.CHUNK_BYTES + crypto.TAG_BYTES, crypto.HEADER_BYTES
    return [encrypted[:start], *(encrypted[at : at + size] for at in range(start, len(encrypted), size))]


@given(PLAIN)
def test_what_is_sealed_opens_with_its_private_part_only(plain):
    private = crypto.new_private_key()
    sealed = crypto.seal(plain, private.public)
    assert crypto.unseal(sealed, private) == plain
    with pytest.raises(Unopenable):
        crypto.unseal(sealed, crypto.new_private_key())


@given(PLAIN, WHERE, FLIPS)
def test_any_byte_flipped_in_what_is_sealed_refuses(plain, where, by):
    private = crypto.new_private_key()
    with pytest.raises(Unopenable):
        crypto.unseal(flipped(crypto.seal(plain, private.public), where, by), private)


@given(PLAIN, KEYS, st.text(max_size=50), st.text(max_size=50))
def test_what_is_encrypted_opens_in_its_place_only(plain, key, place, other):
    assume(place != other)
    encrypted = crypto.encrypt(plain, key, context=place)
    assert crypto.decrypt(encrypted, key, context=place) == plain
    with pytest.raises(Unopenable):
        crypto.decrypt(encrypted, key, context=other)


@given(PLAIN, KEYS, WHERE, FLIPS)
def test_any_byte_flipped_in_what_is_encrypted_refuses(plain, key, where, by):
    with pytest.raises(Unopenable):
        crypto.decrypt(flipped(crypto.encrypt(plain, key, context="x"), where, by), key, context="x")


@given(st.binary(max_size=400))
def test_anything_else_refuses_to_open(noise):
    private = crypto.new_private_key()
    for attempt in (
        lambda: crypto.unseal(noise, private),
        lambda: crypto.decrypt(noise, bytes(32), context="x"),
        lambda: read(noise),
    ):
        with pytest.raises(Unopenable):
            attempt()


@given(st.binary(max_size=9000))
def test_what_is_padded_comes_back_and_has_a_size_that_many_share(plain):
    padded = crypto.pad(plain)
    assert crypto.unpad(padded) == plain
    assert len(padded) > len(plain)
    assert len(padded) in {256, 512, 1024, 2048, 4096} or len(padded) % 4096 == 0


def test_short_texts_of_every_length_have_one_size():
    assert {len(crypto.pad(b"x" * length)) for length in range(256)} == {256}


@pytest.mark.parametrize("length", [0, 1, 65535, 65536, 65537, 3 * 65536, 200_000])
def test_stream_of_any_length_comes_back_and_has_the_foretold_size(length):
    plain = b"y" * length
    encrypted = stream(plain)
    assert read(encrypted) == plain
    assert len(encrypted) == crypto.stream_size(length)


@given(st.lists(st.binary(min_size=1, max_size=70_000), max_size=4), st.integers(min_value=1, max_value=50_000))
def test_stream_comes_back_however_it_is_cut_on_its_way(chunks, size):
    encrypted = b"".join(crypto.encrypt_stream(chunks, bytes(32), context="x"))
    cut = [encrypted[at : at + size] for at in range(0, len(encrypted), size)]
    assert b"".join(crypto.decrypt_stream(cut, bytes(32), context="x")) == b"".join(chunks)


@given(WHERE, FLIPS)
def test_any_byte_flipped_in_a_stream_refuses(where, by):
    with pytest.raises(Unopenable):
        read(flipped(stream(b"z" * 150_000), where, by))


@given(WHERE)
def test_stream_cut_anywhere_refuses(where):
    encrypted = stream(b"z" * 150_000)
    with pytest.raises(Unopenable):
        read(encrypted[: where % len(encrypted)])


@pytest.mark.parametrize("order", [[0, 2, 1, 3], [0, 1, 1, 2, 3], [0, 1, 3], [0, 1, 2], [0, 3], [0, 1, 2, 3, 3]])
def test_stream_with_chunks_moved_left_out_or_repeated_refuses(order):
    whole = pieces(stream(b"z" * 150_000))
    with pytest.raises(Unopenable):
        read(b"".join(whole[number] for number in order))


def test_stream_of_another_place_or_key_refuses():
    for key, place in ((bytes(32), "file:2"), (b"k" * 32, "file:1")):
        with pytest.raises(Unopenable):
            read(stream(b"z"), key, place)


def test_private_part_is_not_shown_or_pickled_and_opens_nothing_once_wiped():
    private = crypto.new_private_key()
    secret, sealed = bytes(private), crypto.seal(b"x", private.public)
    assert secret.hex() not in repr(private)
    with pytest.raises(TypeError):
        pickle.dumps(private)
    with private:
        assert crypto.unseal(sealed, private) == b"x"
    with pytest.raises(Unopenable):
        crypto.unseal(sealed, private)


def test_derived_pair_is_the_same_each_time_and_another_for_another_seed():
    assert crypto.derive_private_key(b"s" * 32) == crypto.derive_private_key(b"s" * 32)
    assert crypto.derive_private_key(b"s" * 32) != crypto.derive_private_key(b"t" * 32)


def test_guess_costs_at_least_64_mebibytes():
    assert production.VAULT_COST[1] >= 64 * MEBIBYTE


def test_passphrase_is_the_same_from_every_keyboard():
    cost = crypto.Cost(1, 8 * MEBIBYTE)
    spellings = ["é lamp  in the doorway ", "é lamp in the doorway"]
    assert len({crypto.derive(each, bytes(16), cost) for each in spellings}) == 1
