"""The pages of allauth are the portal's own: its catalogues have other words, and capital letters within a title."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import allauth
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

ALLAUTH = ("account_", "mfa_", "usersessions_")
# Nobody sees these here, and why.
UNSEEN = {
    "account/account_inactive.html": "who is switched off is told no more than at a wrong password",
    "account/confirm_login_code.html": "no codes are sent by email",
    "account/password_set.html": "everybody has a password",
    "account/signup.html": "accounts come from invitations",
}

UNUSED = ("account/messages/phone", "account/messages/login_code", "socialaccount/")


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        yield from patterns(pattern) if isinstance(pattern, URLResolver) else [pattern]


def template_names() -> set[str]:
    """The templates of the views of allauth."""
    named = [pattern for pattern in patterns(get_resolver()) if (pattern.name or "").startswith(ALLAUTH)]
    views = [getattr(pattern.callback, "view_class", None) for pattern in named]
    return {name for view in views if (name := getattr(view, "template_name", None))}


def is_own(name: str) -> bool:
    return Path(get_template(name).origin.name).is_relative_to(settings.BASE_DIR / "templates")


def test_each_page_of_an_account_is_in_our_own_words():
    names = {name for name in template_names() if name.endswith(".html")}
    assert len(names) > len(UNSEEN)
    assert {name for name in names if not is_own(name)} == set(UNSEEN)


def test_each_message_about_an_account_is_in_our_own_words():
    theirs = Path(allauth.__file__).parent / "templates"
    names = {str(path.relative_to(theirs)) for path in theirs.glob("*/messages/*.txt")}
    seen = {name for name in names if not name.startswith(UNUSED)}
    assert {name for name in seen if not is_own(name)} == set()
