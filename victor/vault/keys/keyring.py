"""Which key opens which: public parts that can be trusted, grants, and the way from an open key to another."""

from __future__ import annotations

import hmac
from typing import Any, NoReturn, Self, TypeVar
from uuid import UUID

from django.db.models import Q

from victor.access import Actor
from victor.accounts.models import User
from victor.audit.actions import seal_of
from victor.stored_names import stored_name, stored_reference
from victor.vault import crypto
from victor.vault.crypto import PrivateKey
from victor.vault.errors import NoGrant, NotAMember, NoVault, Unopenable
from victor.vault.groups.models import Group
from victor.vault.keys.models import Grant, Key, PersonalKey, Stamped
from victor.vault.keys.states import KeyKind

AnyStamped = TypeVar("AnyStamped", bound=Stamped)


class UnlockedVault:
    """A key that somebody has opened: who, which, and its private part, which never leaves this process."""

    __slots__ = ("actor", "key_id", "private")

    def __init__(self, actor: Actor, key_id: UUID, private: PrivateKey) -> None:
        self.actor, self.key_id, self.private = actor, key_id, private

    @property
    def person(self) -> User:
        """The person who has opened it; whoever holds a receipt belongs to no group.

        Raises:
            NotAMember: it is no person's.
        """
        if not isinstance(self.actor, User):
            raise NotAMember
        return self.actor

    def __repr__(self) -> str:
        return f"<Opened {self.key_id}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an open key is not pickled")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.private.wipe()


def owner_label(thing: User | Group) -> str:
    """How a key names whose it is."""
    return stored_reference(thing)


def register_key(kind: KeyKind, public: bytes, *, of: User | Group | None = None) -> Key:
    """Keep the public part of a new pair, tied to its owner."""
    key = Key(kind=kind, public=public, owner=owner_label(of) if of else "")
    save_stamped(key)
    return key


def save_stamped(thing: Stamped) -> None:
    """Save a new row with its stamp."""
    thing.stamp = _compute_stamp(thing)
    thing.save(force_insert=True)


def verify_stamp(thing: AnyStamped) -> AnyStamped:
    """The row, if it is as we made it.

    Raises:
        Unopenable: somebody else has made or changed it.
    """
    if not hmac.compare_digest(thing.stamp, _compute_stamp(thing)):
        raise Unopenable
    return thing


def public_key_of(key: Key, *, of: User | Group | None = None) -> bytes:
    """The public part, to seal to.

    Raises:
        Unopenable: it is not the one that was registered, or not this owner's.
    """
    if of is not None and key.owner != owner_label(of):
        raise Unopenable
    return bytes(verify_stamp(key).public)


def personal_key(user: User) -> Key:
    """The person's key that is in use.

    Raises:
        NoVault: there is none.
    """
    personal = PersonalKey.objects.in_use().select_related("key").filter(user=user).first()
    if personal is None:
        raise NoVault
    public_key_of(personal.key, of=user)
    return personal.key


def all_keys_of(user: Any) -> Any:
    """The person's keys, those set aside too."""
    return Key.objects.filter(owner=owner_label(user))


def seal_key_to(key: Key, private: PrivateKey, *, to: Key) -> None:
    """Let the holder of `to` open `key`."""
    sealed = crypto.seal(bytes(private), public_key_of(to))
    Grant.objects.update_or_create(key=key, holder=to, defaults={"sealed": sealed})


def private_key_of(key: Key, *, by: UnlockedVault) -> PrivateKey:
    """The private part, by way of the grants that lead from the open key to this one.

    Raises:
        NoGrant: none do.
        Unopenable: one was altered.
    """
    if key.pk == by.key_id:
        return PrivateKey(bytes(by.private))
    leading = Q(holder_id=by.key_id) | Q(holder__kind=KeyKind.GROUP)
    for each in Grant.objects.filter(leading, key=key).select_related("key", "holder"):
        try:
            holder = private_key_of(each.holder, by=by)
        except NoGrant:
            continue
        with holder:
            return unseal_grant(each, holder)
    raise NoGrant


def unseal_grant(sealed: Grant, holder: PrivateKey) -> PrivateKey:
    """The private part in a grant, if it is the one of its key."""
    return match_private_key(sealed.key, crypto.unseal(bytes(sealed.sealed), holder))


def match_private_key(key: Key, value: bytes) -> PrivateKey:
    """A private part, if it is the one of this key.

    Raises:
        Unopenable: it is another's.
    """
    private = PrivateKey(value)
    if private.public != public_key_of(key):
        raise Unopenable
    return private


def _compute_stamp(thing: Stamped) -> str:
    return seal_of(":".join(map(str, [stored_name(thing), *thing.stamped_values()])))
