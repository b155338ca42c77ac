"""Actions on confidential records: write, read, share and destroy.

Who may write, erase or destroy is checked by the caller. Who may read or share, the keys decide.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from victor.access import Actor
from victor.audit.actions import record
from victor.stored_names import stored_reference
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
from victor.vault.records.chunks import CountedChunks, EncryptedFile
from victor.vault.records.expectations import Expected
from victor.vault.records.models import Envelope, SealedFile, vault_storage

# What ciphertexts are bound to. Never change a word: what was encrypted with another one cannot be decrypted.
CONTEXTS: dict[type[Envelope | SealedFile], str] = {Envelope: "envelope", SealedFile: "sealedfile"}
ABOUT = "about"


class FileInfo(NamedTuple):
    """What is stored of a file, in this order: the name that it came with, and its media type.

    Then how long it plays, and what of the original is not in a copy. Files of before have only the first two.
    """

    name: str
    type: str
    seconds: float = 0
    missing: tuple[str, ...] = ()


@transaction.atomic
def create_record(*groups: Group, by: Actor, receipt: PrivateKey | None = None) -> Key:
    """Create a record that each of these groups can open, and whoever holds the receipt.

    From then on anybody can write to it. Only those it is sealed to can read it, so not even this request can. For a
    receipt the caller derives the private part (`crypto.derive_private_key`); `open_receipt` opens the record with it.

    Raises:
        LastMember: no group is named, so nobody could read it.
    """
    if not groups:
        raise LastMember
    with crypto.new_private_key() as private:
        key = register_key(KeyKind.RECORD, private.public)
        for group in sorted(groups, key=lambda group: group.pk):
            seal_key_to(key, private, to=_lock_current_key(group))
        if receipt is not None:
            seal_key_to(key, private, to=register_key(KeyKind.RECEIPT, receipt.public))
    record("vault.record_made", key, by=by, groups=len(groups), receipt=receipt is not None)
    return key


def open_receipt(key: Key, receipt: PrivateKey, *, by: Actor) -> UnlockedVault:
    """Unlock a record with its receipt.

    Raises:
        Unopenable: the receipt belongs to another record.
    """
    for holder in Key.objects.filter(kind=KeyKind.RECEIPT, grants_held__key=key):
        if public_key_of(holder) == receipt.public:
            return UnlockedVault(by, holder.pk, receipt)
    raise Unopenable


@transaction.atomic
def write_envelope(key: Key, content: object, *, purpose: str, by: Actor) -> Envelope:
    """Write something (anything that is JSON) into a record, with a data key of its own. No vault need be unlocked."""
    envelope = Envelope(key=key, purpose=purpose)
    encrypt_envelope(envelope, content)
    save_stamped(envelope)
    record("vault.written", envelope, by=by, purpose=purpose)
    return envelope


def encrypt_envelope(envelope: Envelope, content: object) -> None:
    """Put something (anything that is JSON) into an envelope that is not saved yet, with a new data key."""
    data_key, plain = crypto.new_key(), json.dumps(content, ensure_ascii=False).encode()
    envelope.sealed_key = crypto.seal(data_key, public_key_of(envelope.key))
    envelope.content = crypto.encrypt(crypto.pad(plain), data_key, context=context_of(envelope))


@transaction.atomic
def read_envelope(expected: Expected, *, by: UnlockedVault) -> Any:
    """Read what was written: JSON, of the shape that its writer chose. The log notes it in the same transaction.

    Raises:
        NoGrant: no grant leads there from the unlocked key.
        Unopenable: something was altered, or it is not the envelope that was expected.
    """
    envelope = expected.verify()
    with private_key_of(envelope.key, by=by) as private:
        content = _decrypt_envelope(envelope, private)
    record("vault.read", envelope, by=by.actor, purpose=envelope.purpose)
    return content


@transaction.atomic
def read_all(expected: Iterable[Expected], *, by: UnlockedVault) -> dict[UUID, Any]:
    """Read what was written in each envelope, by the envelope's primary key. A record's key is opened once.

    The contents are JSON, of the shapes that their writers chose. The log notes what was read in one entry a record, in
    the same transaction.

    Raises:
        NoGrant: no grant leads to one of them from the unlocked key.
        Unopenable: something was altered, or one is not the envelope that was expected.
    """
    contents: dict[UUID, Any] = {}
    ids_by_key: dict[Key, list[str]] = {}
    envelopes = [wanted.verify() for wanted in expected]
    by_key = sorted(envelopes, key=lambda envelope: str(envelope.key_id))
    for key, group in groupby(by_key, key=lambda envelope: envelope.key):
        in_record = list(group)
        with private_key_of(key, by=by) as private:
            contents |= {envelope.pk: _decrypt_envelope(envelope, private) for envelope in in_record}
        ids_by_key[key] = sorted(str(envelope.pk) for envelope in in_record)
    for key, ids in ids_by_key.items():
        record("vault.read_all", key, by=by.actor, envelopes=" ".join(ids))
    return contents


def _decrypt_envelope(envelope: Envelope, private: PrivateKey) -> object:
    data_key = crypto.unseal(bytes(envelope.sealed_key), private)
    return json.loads(crypto.unpad(crypto.decrypt(bytes(envelope.content), data_key, context=context_of(envelope))))


@transaction.atomic
def erase_envelope(envelope: Envelope, *, by: Actor) -> None:
    """Delete what was written, for ever. The caller has checked who may."""
    reference = stored_reference(envelope)
    envelope.delete()
    record("vault.erased", reference, by=by, purpose=envelope.purpose)


def write_file(key: Key, chunks: Iterable[bytes], *, about: FileInfo, by: Actor) -> SealedFile:
    """Write a file into a record, chunk by chunk. It is never stored unencrypted, not even for a moment."""
    return save_sealed_file(seal_file(key, chunks, about=about), by=by)


def seal_file(key: Key, chunks: Iterable[bytes], *, about: FileInfo) -> SealedFile:
    """Encrypt a file into the storage. Its row is not saved yet: `save_sealed_file` does that.

    This takes as long as the file is large, so call it before the transaction. A file whose row is never saved is
    deleted by `forget_files`.
    """
    sealed = SealedFile(key=key)
    data_key, counted = crypto.new_key(), CountedChunks(chunks)
    sealed.sealed_key = crypto.seal(data_key, public_key_of(key))
    sealed.about = crypto.encrypt(crypto.pad(json.dumps(about).encode()), data_key, context=context_of(sealed, ABOUT))
    stream = crypto.encrypt_stream(counted, data_key, context=context_of(sealed))
    sealed.file.name = vault_storage().save(f"{sealed.pk.hex}", EncryptedFile(stream))
    sealed.size = counted.size
    return sealed


@transaction.atomic
def save_sealed_file(sealed: SealedFile, *, by: Actor) -> SealedFile:
    """Save the row of a file that `seal_file` has encrypted."""
    save_stamped(sealed)
    record("vault.file_written", sealed, by=by)
    return sealed


@transaction.atomic
def read_file(sealed: SealedFile, *, key_id: UUID, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """Read a file of a record: its name and type, and its content in chunks. The log notes it before the first chunk.

    Raises:
        NoGrant: no grant leads there from the unlocked key.
        Unopenable: it belongs to another record.
        Unopenable: it was cut off or altered. A chunk that was altered raises when it is reached.
    """
    with private_key_of(_verify_file(sealed, key_id).key, by=by) as private:
        data_key = crypto.unseal(bytes(sealed.sealed_key), private)
    about = _decrypt_about(sealed, data_key)
    if vault_storage().size(str(sealed.file)) != crypto.stream_size(sealed.size):
        raise Unopenable
    record("vault.file_read", sealed, by=by.actor)
    return about, _decrypt_chunks(sealed, data_key)


@transaction.atomic
def read_file_infos(files: Iterable[SealedFile], *, key_id: UUID, by: UnlockedVault) -> dict[UUID, FileInfo]:
    """What is stored of each file of a record, by its primary key; not their contents. The log notes it in one entry.

    Raises:
        NoGrant: no grant leads there from the unlocked key.
        Unopenable: something was altered, or belongs to another record.
    """
    infos: dict[UUID, FileInfo] = {}
    ids_by_key: dict[Key, list[str]] = {}
    for key, group in groupby(sorted(files, key=lambda sealed: str(sealed.key_id)), key=lambda sealed: sealed.key):
        in_record = [_verify_file(sealed, key_id) for sealed in group]
        with private_key_of(key, by=by) as private:
            for sealed in in_record:
                infos[sealed.pk] = _decrypt_about(sealed, crypto.unseal(bytes(sealed.sealed_key), private))
        ids_by_key[key] = sorted(str(sealed.pk) for sealed in in_record)
    for key, ids in ids_by_key.items():
        record("vault.read_all", key, by=by.actor, files=" ".join(ids))
    return infos


def _verify_file(sealed: SealedFile, key_id: UUID) -> SealedFile:
    if sealed.key_id != key_id:
        raise Unopenable
    return verify_stamp(sealed)


def _decrypt_about(sealed: SealedFile, data_key: bytes) -> FileInfo:
    about = crypto.unpad(crypto.decrypt(bytes(sealed.about), data_key, context=context_of(sealed, ABOUT)))
    name, media_type, *others = json.loads(about)
    seconds, missing = others or (0, ())
    return FileInfo(name, media_type, seconds, tuple(missing))


@transaction.atomic
def share_record(key: Key, group: Group, *, by: UnlockedVault) -> None:
    """Let another group open a record too.

    Raises:
        NoGrant: no grant leads to the record from the unlocked key.
    """
    with private_key_of(key, by=by) as private:
        seal_key_to(key, private, to=_lock_current_key(group))
    record("vault.shared", key, by=by.actor, group=str(group.pk))


@transaction.atomic
def withdraw_record(key: Key, group: Group, *, by: Actor) -> None:
    """Take a record away from a group. The caller has checked who may.

    Raises:
        LastMember: no other group could open it.
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
    reference, envelope_count = stored_reference(key), key.envelopes.count()
    names = [str(sealed.file) for sealed in key.files.all()]
    key.envelopes.all().delete()
    key.files.all().delete()
    Key.objects.filter(kind=KeyKind.RECEIPT, grants_held__key=key).delete()
    key.delete()
    for name in names:
        transaction.on_commit(partial(vault_storage().delete, name))
    record("vault.destroyed", reference, by=by, envelopes=envelope_count, files=len(names))


def _decrypt_chunks(sealed: SealedFile, data_key: bytes) -> Iterator[bytes]:
    with closing(vault_storage().open(str(sealed.file))) as file:
        yield from crypto.decrypt_stream(file.chunks(), data_key, context=context_of(sealed))


def _lock_current_key(group: Group) -> Key:
    """Lock the group until the transaction ends, and return its current key."""
    current = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=group.pk)
    public_key_of(current.key, of=current)
    return current.key


def context_of(row: Envelope | SealedFile, purpose: str = "") -> str:
    """What a ciphertext is bound to: its kind, its row, its record and its purpose."""
    name = row.purpose if isinstance(row, Envelope) else purpose
    return f"{CONTEXTS[type(row)]}:{row.pk}:{row.key_id}:{name}"
