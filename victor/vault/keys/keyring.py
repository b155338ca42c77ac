"""The keyring: public parts that can be trusted, grants, and the way from an unlocked key to another key."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, NoReturn, Self, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from victor.access import Actor
from victor.accounts.models import User
from victor.audit.actions import seal_of
from victor.stored_names import stored_name, stored_reference
from victor.vault import crypto
from victor.vault.crypto import PrivateKey
from victor.vault.errors import NoGrant, NotAMember, NoVault, Unopenable
from victor.vault.keys.models import Grant, Key, PersonalKey, Stamped
from victor.vault.keys.states import KeyKind

if TYPE_CHECKING:
    from victor.vault.groups.models import Group

AnyStamped = TypeVar("AnyStamped", bound=Stamped)


class UnlockedVault:
    """A key that somebody has unlocked: who, which key, and its private part, which never leaves this process."""

    __slots__ = ("actor", "key_id", "private")

    def __init__(self, actor: Actor, key_id: UUID, private: PrivateKey) -> None:
        self.actor, self.key_id, self.private = actor, key_id, private

    @property
    def person(self) -> User:
        """The person who has unlocked it.

        Raises:
            NotAMember: the actor is not a person with an account. Who holds a receipt belongs to no group.
        """
        if not isinstance(self.actor, User):
            raise NotAMember
        return self.actor

    def __repr__(self) -> str:
        return f"<UnlockedVault {self.key_id}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an open key is not pickled")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.private.wipe()


def owner_label(owner: User | Group) -> str:
    """How a key names its owner."""
    return stored_reference(owner)


def register_key(kind: KeyKind, public: bytes, *, of: User | Group | None = None) -> Key:
    """Save the public part of a new key pair, tied to its owner."""
    key = Key(kind=kind, public=public, owner=owner_label(of) if of else "")
    save_stamped(key)
    return key


def save_stamped(row: Stamped) -> None:
    """Save a new row with its stamp."""
    row.stamp = _compute_stamp(row)
    row.save(force_insert=True)


def update_stamped(row: Stamped, *fields: str) -> None:
    """Save these fields of a locked row, with the stamp that fits them.

    Raises:
        Unopenable: somebody else has made or changed it. What was forged never gets a stamp of ours.
    """
    verify_stamp(type(row)._base_manager.get(pk=row.pk))
    row.stamp = _compute_stamp(row)
    row.save(update_fields=[*fields, "stamp"])


def verify_stamp(row: AnyStamped) -> AnyStamped:
    """Return the row, if it is as we made it.

    Raises:
        Unopenable: somebody else has made or changed it.
    """
    if not hmac.compare_digest(row.stamp, _compute_stamp(row)):
        raise Unopenable
    return row


def public_key_of(key: Key, *, of: User | Group | None = None) -> bytes:
    """The public part of a key, to seal to.

    Raises:
        Unopenable: it is not the one that was registered, or it does not belong to this owner.
    """
    if of is not None and key.owner != owner_label(of):
        raise Unopenable
    return bytes(verify_stamp(key).public)


def personal_key(user: User) -> Key:
    """The person's key that is in use.

    Raises:
        NoVault: the person has none.
    """
    personal = PersonalKey.objects.in_use().select_related("key").filter(user=user).first()
    if personal is None:
        raise NoVault
    public_key_of(personal.key, of=user)
    return personal.key


def all_keys_of(user: User) -> QuerySet[Key]:
    """The person's keys, also those that were set aside."""
    return Key.objects.filter(owner=owner_label(user))


def seal_key_to(key: Key, private: PrivateKey, *, to: Key) -> None:
    """Grant `key` to the holder of `to`."""
    sealed = crypto.seal(bytes(private), public_key_of(to))
    Grant.objects.update_or_create(key=key, holder=to, defaults={"sealed": sealed})


def private_key_of(key: Key, *, by: UnlockedVault) -> PrivateKey:
    """The private part of a key, reached by grants from the unlocked key.

    Raises:
        NoGrant: no grant leads there.
        Unopenable: a grant was altered.
    """
    if key.pk == by.key_id:
        return PrivateKey(bytes(by.private))
    reachable = Q(holder_id=by.key_id) | Q(holder__kind=KeyKind.GROUP)
    for grant in Grant.objects.filter(reachable, key=key).select_related("key", "holder"):
        try:
            holder = private_key_of(grant.holder, by=by)
        except NoGrant:
            continue
        with holder:
            return unseal_grant(grant, holder)
    raise NoGrant


def unseal_grant(grant: Grant, holder: PrivateKey) -> PrivateKey:
    """The private part in a grant, if it belongs to the grant's key.

    Raises:
        Unopenable: it does not, or the grant is not sealed to this holder.
    """
    return match_private_key(grant.key, crypto.unseal(bytes(grant.sealed), holder))


def match_private_key(key: Key, value: bytes) -> PrivateKey:
    """A private part, if it belongs to this key.

    Raises:
        Unopenable: it belongs to another.
    """
    private = PrivateKey(value)
    if private.public != public_key_of(key):
        raise Unopenable
    return private


def _compute_stamp(row: Stamped) -> str:
    return seal_of(":".join(map(str, [stored_name(row), *row.stamped_values()])))
