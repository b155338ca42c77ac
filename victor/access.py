"""Who may enter: every route declares it, every action checks it.

A view is `@public` or `@requires(permission)`; a tree of a library's views is `declare`d where it is included.
`tests/test_access.py` walks all routes and fails on one without a declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

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
    """What a route asks for: nothing (`permission` is None), or a permission of the rules."""

    permission: str | None

    @property
    def is_public(self) -> bool:
        """Whether anybody may enter."""
        return self.permission is None


PUBLIC = Access(permission=None)


@dataclass(frozen=True)
class System:
    """The portal itself as the one who acts: the clock, a command, a worker. Passes every check."""

    name: str

    def __str__(self) -> str:
        return f"system:{self.name}"


@dataclass(frozen=True)
class Outsider:
    """Somebody without an account. Holds what an app has granted to the kind with `permit`, and nothing else.

    `about` is the one thing that a receipt or a signed link leads to; None for a visitor.
    """

    about: Model | None = None
    stored_name: ClassVar[str]  # as the audit log writes it: it never changes

    def __str__(self) -> str:
        return f"system:{self.stored_name}"


class Visitor(Outsider):
    """Whoever reads the public site and fills in its forms."""

    stored_name = "visitor"


class Reporter(Visitor):
    """A visitor who sends a report."""

    stored_name = "reporter"


class ReceiptHolder(Outsider):
    """Whoever holds the receipt of a report."""

    stored_name = "receipt"


class Participant(Outsider):
    """Whoever holds the signed link of a registration."""

    stored_name = "participant"


Actor: TypeAlias = "User | System | Outsider"
Condition: TypeAlias = Callable[[Any, Any], bool]
PERMITTED: dict[type[Outsider], dict[str, Condition]] = {}


def permit(kind: type[Outsider], permission: str, condition: Condition = lambda _by, _obj: True) -> None:
    """Grant a permission to a kind of outsider where `condition(by, obj)` holds. Apps call this in `rules.py`."""
    PERMITTED.setdefault(kind, {})[permission] = condition


def is_about(by: Outsider, obj: Any) -> bool:
    """Whether somebody's link or receipt leads to this very thing: a condition for `permit`."""
    return obj is not None and by.about == obj


class SignedInRequest(HttpRequest):
    """What a view below `@requires` is given. It is for annotations: no request is ever made of this class."""

    user: User


def public(view: View) -> View:
    """Declare that anybody may enter."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # which every function can have
    return view


def requires(permission: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Declare that a signed-in person who holds `permission` for at least one object may enter.

    A visitor is sent to the log-in page, a colleague without the right is refused.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.access = Access(permission)  # type: ignore[attr-defined]  # which every function can have
        return guarded

    return decorate


def declare(
    patterns: Iterable[URLPattern | URLResolver], access: Access, *, public: Collection[str] = ()
) -> list[URLPattern | URLResolver]:
    """Declare the access of routes whose views guard themselves: the admin's and the libraries'.

    `public` names the routes among them that anybody may enter.
    """
    patterns = list(patterns)
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            declare(pattern.url_patterns, access, public=public)
        else:
            setattr(pattern.callback, "access", PUBLIC if pattern.name in public else access)  # noqa: B010 - untyped
    return patterns


def require(by: Actor, permission: str, obj: Any = None) -> None:
    """Refuse unless `by` holds `permission`, for `obj` where one is named.

    Raises:
        PermissionDenied: the right is missing.
    """
    if not is_permitted(by, permission, obj):
        raise PermissionDenied(permission)


def is_permitted(by: Actor, permission: str, obj: Any = None) -> bool:
    """Whether `by` holds `permission`, for `obj` where one is named."""
    if isinstance(by, System):
        return True
    if isinstance(by, Outsider):
        condition = PERMITTED.get(type(by), {}).get(permission)
        return condition is not None and condition(by, obj)
    return bool(by.is_active and (by.is_superuser or has_perm(permission, by, obj)))
