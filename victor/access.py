"""Actors and permissions: every route declares its access, every action checks it.

A view is `@public` or `@requires(permission)`. A library's views are `declare`d where they are included.
`tests/test_access.py` walks all routes and fails on one without a declaration. `RequireLoginMiddleware` is a
second net: it sends visitors to the log-in page from every route that is not declared public.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from rules.permissions import has_perm

if TYPE_CHECKING:
    from django.db.models import Model

    from victor.accounts.models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Access:
    """What a route requires: nothing (`permission` is None), or a permission of the rules."""

    permission: str | None

    @property
    def is_public(self) -> bool:
        """Whether anybody may enter."""
        return self.permission is None


PUBLIC = Access(permission=None)


@dataclass(frozen=True)
class System:
    """The site itself as an actor: the clock, a command, a worker. It passes every check."""

    name: str

    def __str__(self) -> str:
        return f"system:{self.name}"


@dataclass(frozen=True)
class Outsider:
    """Somebody without an account. Has the permissions that apps grant to the kind with `permit`, and no others.

    `about` is the one object that a receipt or a signed link leads to. It is None for a visitor.
    """

    about: Model | None = None
    stored_name: ClassVar[str]  # as the audit log writes it. It never changes

    def __str__(self) -> str:
        return f"system:{self.stored_name}"


class Visitor(Outsider):
    """Somebody who reads the public site and fills in its forms."""

    stored_name = "visitor"


class Reporter(Visitor):
    """A visitor who sends a report."""

    stored_name = "reporter"


class ReceiptHolder(Outsider):
    """Somebody who has the receipt of a report."""

    stored_name = "receipt"


class Participant(Outsider):
    """Somebody who has the signed link of a registration."""

    stored_name = "participant"


class ContactPerson(Outsider):
    """Somebody who has the signed link of a contact point."""

    stored_name = "contact"


class OutsideReceiver(Outsider):
    """Somebody without a desk here who has the receipt code of a package that was given to them."""

    stored_name = "outside_receiver"


class Invitee(Outsider):
    """Somebody who has the signed link of an invitation to a meeting."""

    stored_name = "invitee"


class SignedInRequest(HttpRequest):
    """The request of a view with `@requires`, for annotations: somebody is signed in."""

    user: User


Actor: TypeAlias = "User | System | Outsider"
Condition: TypeAlias = Callable[[Any, Any], bool]  # each app knows which objects it asks about
PERMITTED: dict[type[Outsider], dict[str, Condition]] = {}


def permit(kind: type[Outsider], permission: str, condition: Condition = lambda _by, _obj: True) -> None:
    """Grant a permission to a kind of outsider where `condition(by, obj)` holds. Apps call this in `rules.py`."""
    PERMITTED.setdefault(kind, {})[permission] = condition


def is_about(by: Outsider, obj: object) -> bool:
    """Whether the actor's link or receipt leads to this object: a condition for `permit`."""
    return obj is not None and by.about == obj


def signed_in_user(request: HttpRequest) -> User:
    """Who is signed in, for methods of the admin, whose requests Django types as anybody's.

    Raises:
        PermissionDenied: nobody is.
    """
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def account_of(by: Actor) -> User | None:
    """The account of whoever acts, for a column that names a person; None for the portal and for outsiders."""
    return None if isinstance(by, System | Outsider) else by


def public(view: View) -> View:
    """Declare that anybody may enter."""
    _set_access(view, PUBLIC, login_required=False)
    return view


def requires(permission: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Declare that a person who is logged in and has `permission` for at least one object may enter.

    A visitor is sent to the log-in page. A person without the permission is refused.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(request.user, permission)
            return view(request, *args, **kwargs)

        _set_access(guarded, Access(permission), login_required=True)
        return guarded

    return decorate


def declare(
    patterns: Iterable[URLPattern | URLResolver],
    access: Access,
    *,
    public: Collection[str] = (),
    guarded: Collection[str] = (),
) -> list[URLPattern | URLResolver]:
    """Declare the access of the views of the admin and of libraries, which check it themselves.

    `public` names the routes that anybody may enter. `guarded` names those that answer a visitor by themselves, with a
    redirect of their own, so that `RequireLoginMiddleware` leaves them alone.
    """
    patterns = list(patterns)
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            declare(pattern.url_patterns, access, public=public, guarded=guarded)
        else:
            own = PUBLIC if pattern.name in public else access
            _set_access(pattern.callback, own, login_required=not own.is_public and pattern.name not in guarded)
    return patterns


class _DeclaredView(Protocol):
    """A view with both marks: `access` is ours, `login_required` is read by Django's middleware."""

    access: Access
    login_required: bool


def _set_access(view: Callable[..., HttpResponseBase], access: Access, *, login_required: bool) -> None:
    declared = cast("_DeclaredView", view)
    declared.access, declared.login_required = access, login_required


def require(by: Actor, permission: str, obj: object = None) -> None:
    """Refuse unless `by` has `permission`, for `obj` where one is named.

    Raises:
        PermissionDenied: `by` does not have it.
    """
    if not is_permitted(by, permission, obj):
        raise PermissionDenied(permission)


def is_permitted(by: Actor, permission: str, obj: object = None) -> bool:
    """Whether `by` has `permission`, for `obj` where one is named."""
    if isinstance(by, System):
        return True
    if isinstance(by, Outsider):
        condition = PERMITTED.get(type(by), {}).get(permission)
        return condition is not None and condition(by, obj)
    return bool(by.is_active and (by.is_superuser or has_perm(permission, by, obj)))
