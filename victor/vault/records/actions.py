"""What is confidential is written, read, shared and destroyed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.core.files import File
from django.db import transaction

from victor.access import Actor
from victor.audit.actions import record
from victor.vault import crypto
from victor.vault.crypto import PrivateKey
from victor.vault.errors import LastMember, Unopenable
from victor.vault.groups.models import Group
from victor.vault.keys.keyring import (
    UnlockedVault,
    private_key_of,
    public_key_of,
    register_key,
    save_stamped,
    seal_key_to,
    verify_stamp,
)
from victor.vault.keys.models import Key
from victor.vault.keys.states import KeyKind
from victor.vault.records.models import Envelope, SealedFile, vault_storage

# What ciphertexts are bound to: whatever was encrypted with another word here cannot be decrypted any more.
PLACES: dict[type[Envelope | SealedFile], str] = {Envelope: "envelope", SealedFile: "sealedfile"}
ABOUT = "about"


class FileInfo(NamedTuple):
    """What a file was called where it came from, and what it is. The order is that of what is stored."""

    name: str
    type: str


@transaction.atomic
def create_record(*groups: Group, by: Actor, receipt: PrivateKey | None = None) -> Key:
    """Make a record that each of these groups opens, and whoever holds the receipt.

    Anybody may write to it from then on; nobody here can read it, not even in this request. For a receipt the caller
    derives the private part (`crypto.private_from`), and the record is opened with it by `open_receipt`.
    """
    if not groups:
        raise LastMember
    with crypto.new_private_key() as private:
        key = register_key(KeyKind.RECORD, private.public)
        for group in sorted(groups, key=lambda each: each.pk):
            seal_key_to(key, private, to=_lock_current_key(group))
        if receipt is not None:
            seal_key_to(key, private, to=register_key(KeyKind.RECEIPT, receipt.public))
    record("vault.record_made", key, by=by, groups=len(groups), receipt=receipt is not None)
    return key


def open_receipt(key: Key, receipt: PrivateKey, *, by: Actor) -> UnlockedVault:
    """The open key of whoever holds the receipt of this record.

    Raises:
        Unopenable: it is another's.
    """
    for holder in Key.objects.filter(kind=KeyKind.RECEIPT, held__key=key):
        if public_key_of(holder) == receipt.public:
            return UnlockedVault(by, holder.pk, receipt)
    raise Unopenable


@transaction.atomic
def write_envelope(key: Key, content: Any, *, purpose: str, by: Actor) -> Envelope:
    """Put something (anything that is JSON) into a record, under a data key of its own. No vault need be open."""
    envelope = Envelope(key=key, purpose=purpose)
    data_key, plain = crypto.new_key(), json.dumps(content, ensure_ascii=False).encode()
    envelope.sealed_key = crypto.seal(data_key, public_key_of(key))
    envelope.content = crypto.encrypt(crypto.pad(plain), data_key, place=place(envelope))
    save_stamped(envelope)
    record("vault.written", envelope, by=by, purpose=purpose)
    return envelope


@transaction.atomic
def read_envelope(envelope: Envelope, *, by: UnlockedVault) -> Any:
    """What was written. That it was read is noted in the same transaction, or it is not read.

    Raises:
        NoGrant: the open key does not lead there.
        Unopenable: something was altered.
    """
    with private_key_of(verify_stamp(envelope).key, by=by) as private:
        content = _decrypt_envelope(envelope, private)
    record("vault.read", envelope, by=by.actor, purpose=envelope.purpose)
    return content


@transaction.atomic
def read_all(envelopes: Iterable[Envelope], *, by: UnlockedVault) -> dict[UUID, Any]:
    """What was written in each envelope, by its number. A record's key is opened once, however many lie in it.

    One entry a record notes what was read, in the same transaction, or nothing is read.

    Raises:
        NoGrant: the open key does not lead to one of them.
        Unopenable: something was altered.
    """
    contents: dict[UUID, Any] = {}
    for key, group in groupby(sorted(envelopes, key=lambda one: str(one.key_id)), key=lambda one: one.key):
        in_record = [verify_stamp(envelope) for envelope in group]
        with private_key_of(key, by=by) as private:
            contents |= {envelope.pk: _decrypt_envelope(envelope, private) for envelope in in_record}
        record("vault.read_all", key, by=by.actor, envelopes=" ".join(sorted(str(one.pk) for one in in_record)))
    return contents


def _decrypt_envelope(envelope: Envelope, private: PrivateKey) -> Any:
    data_key = crypto.unseal(bytes(envelope.sealed_key), private)
    return json.loads(crypto.unpad(crypto.decrypt(bytes(envelope.content), data_key, place=place(envelope))))


@transaction.atomic
def erase_envelope(envelope: Envelope, *, by: Actor) -> None:
    """Delete what was written, for ever. The caller has checked who may."""
    record("vault.erased", envelope, by=by, purpose=envelope.purpose)
    envelope.delete()


def write_file(key: Key, chunks: Iterable[bytes], *, about: FileInfo, by: Actor) -> SealedFile:
    """Put a file into a record as it comes in; at no moment does it lie here in clear."""
    return save_sealed_file(seal_file(key, chunks, about=about), by=by)


def seal_file(key: Key, chunks: Iterable[bytes], *, about: FileInfo) -> SealedFile:
    """Encrypt a file into the storage. Its row is not saved yet: `save_sealed_file` does that.

    This takes as long as the file is large, so call it before the transaction. A file whose row is never saved is
    deleted by `forget_files`.
    """
    sealed = SealedFile(key=key)
    data_key, counted = crypto.new_key(), _CountedChunks(chunks)
    sealed.sealed_key = crypto.seal(data_key, public_key_of(key))
    sealed.about = crypto.encrypt(crypto.pad(json.dumps(about).encode()), data_key, place=place(sealed, ABOUT))
    stream = crypto.encrypt_stream(counted, data_key, place=place(sealed))
    sealed.file.name = vault_storage().save(f"{sealed.pk.hex}", _EncryptedFile(stream))
    sealed.size = counted.size
    return sealed


@transaction.atomic
def save_sealed_file(sealed: SealedFile, *, by: Actor) -> SealedFile:
    """Save the row of a file that `seal_file` has encrypted."""
    save_stamped(sealed)
    record("vault.file_written", sealed, by=by)
    return sealed


@transaction.atomic
def read_file(sealed: SealedFile, *, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """What a file was called, and its content in chunks. It is noted as read before the first of them.

    Raises:
        NoGrant: the open key does not lead there.
        Unopenable: it was cut or altered; what is altered further on breaks off there.
    """
    with private_key_of(verify_stamp(sealed).key, by=by) as private:
        data_key = crypto.unseal(bytes(sealed.sealed_key), private)
    about = crypto.unpad(crypto.decrypt(bytes(sealed.about), data_key, place=place(sealed, ABOUT)))
    if vault_storage().size(str(sealed.file)) != crypto.stream_size(sealed.size):
        raise Unopenable
    record("vault.file_read", sealed, by=by.actor)
    return FileInfo(*json.loads(about)), _decrypt_chunks(sealed, data_key)


@transaction.atomic
def share_record(key: Key, group: Group, *, by: UnlockedVault) -> None:
    """Let another group open a record too."""
    with private_key_of(key, by=by) as private:
        seal_key_to(key, private, to=_lock_current_key(group))
    record("vault.shared", key, by=by.actor, group=str(group.pk))


@transaction.atomic
def withdraw_record(key: Key, group: Group, *, by: Actor) -> None:
    """Let a group no longer open a record. The caller has checked who may.

    Raises:
        LastMember: no other group could.
    """
    current = _lock_current_key(group)
    list(key.grants.select_for_update())
    if not key.grants.filter(holder__kind=KeyKind.GROUP).exclude(holder__owner=current.owner).exists():
        raise LastMember
    key.grants.filter(holder__owner=current.owner).delete()
    record("vault.withdrawn", key, by=by, group=str(group.pk))


@transaction.atomic
def destroy_record(key: Key, *, by: Actor) -> None:
    """Delete a record with all that is in it. The caller has checked who may, and that it is time."""
    names = [str(sealed.file) for sealed in key.files.all()]
    record("vault.destroyed", key, by=by, envelopes=key.envelopes.count(), files=len(names))
    key.envelopes.all().delete()
    key.files.all().delete()
    Key.objects.filter(kind=KeyKind.RECEIPT, held__key=key).delete()
    key.delete()
    for name in names:
        transaction.on_commit(partial(vault_storage().delete, name))


class _CountedChunks:
    """Chunks, and how many bytes they were."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.rest, self.size = chunks, 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.rest:
            self.size += len(chunk)
            yield chunk


class _EncryptedFile(File):
    """What a storage writes down as it is made."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__(None)
        self.pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The pieces as they come."""
        return self.pieces


def _decrypt_chunks(sealed: SealedFile, data_key: bytes) -> Iterator[bytes]:
    with closing(vault_storage().open(str(sealed.file))) as file:
        yield from crypto.decrypt_stream(file.chunks(), data_key, place=place(sealed))


def _lock_current_key(group: Group) -> Key:
    """The group's key of this moment, which stays the one until the transaction ends."""
    current = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=group.pk)
    public_key_of(current.key, of=current)
    return current.key


def place(thing: Envelope | SealedFile, purpose: str = "") -> str:
    """What a ciphertext is bound to: what it is, which, of which record, and what for."""
    name = thing.purpose if isinstance(thing, Envelope) else purpose
    return f"{PLACES[type(thing)]}:{thing.pk}:{thing.key_id}:{name}"
