"""Typed readers of the process environment.

Every variable of this site is read here, once, at the start. A value that is missing or cannot be read stops the start
with the variable's name and what was expected. `docs/configuration.md` lists all variables, and a test compares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

Default = TypeVar("Default", bound=int | None)
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class Misconfigured(ImproperlyConfigured):
    """A variable is missing or malformed. The message names it and says what was expected."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}: {expected}")


class Environment:
    """Reads variables by name, and lists in `asked` which were read.

    Each reader takes a default; without one the variable is required.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.asked: list[str] = []

    def text(
        self, name: str, *, default: str | None = None, expected: str = "expected a text that is not empty"
    ) -> str:
        """The value. An empty one counts as missing."""
        self.asked.append(name)
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise Misconfigured(name, f"is not set; {expected}")
        return default

    def secret(self, name: str, *, least: int = 32) -> str:
        """A secret of at least `least` characters. Never has a default."""
        expected = f"expected a random secret of at least {least} characters"
        value = self.text(name, expected=expected)
        if len(value) < least:
            raise Misconfigured(name, f"is too short; {expected}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Yes or no."""
        value = self.text(name, default="yes" if default else "no").lower()
        if value not in TRUE | FALSE:
            raise Misconfigured(name, f"is {value!r}; expected yes or no")
        return value in TRUE

    def number(self, name: str, *, default: Default, least: int = 0) -> int | Default:
        """A whole number not below `least`."""
        value = self.text(name, default="")
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise Misconfigured(name, f"is {value!r}; expected a whole number from {least} up")
        return int(value)

    def choice(self, name: str, *, options: tuple[str, ...], default: str) -> str:
        """One of `options`."""
        value = self.text(name, default=default)
        if value not in options:
            raise Misconfigured(name, f"is {value!r}; expected one of {', '.join(options)}")
        return value

    def words(
        self, name: str, *, default: str | None = None, expected: str = "expected a comma-separated list"
    ) -> list[str]:
        """A comma-separated list."""
        value = self.text(name, default=default, expected=expected)
        return [word.strip() for word in value.split(",") if word.strip()]

    def address(self, name: str) -> str:
        """The address of a site, such as https://victor.example, without a closing slash."""
        expected = "expected an address such as https://victor.example"
        value = self.text(name, expected=expected).rstrip("/")
        if not value.startswith(("https://", "http://")):
            raise Misconfigured(name, f"is {value!r}; {expected}")
        return value

    def database(self, name: str) -> dict[str, object]:
        """A PostgreSQL address as Django's settings of it."""
        schemes = ("postgres://", "postgresql://")
        return self._parse_address(name, environ.Env.db_url_config, schemes, "postgres://user:password@host:port/name")

    def cache(self, name: str) -> dict[str, object]:
        """The address of a Redis or Valkey shared by all processes, as Django's settings of it."""
        parsed = self._parse_address(
            name, environ.Env.cache_url_config, ("redis://", "rediss://"), "redis://host:port/number"
        )
        return parsed | {"BACKEND": "django.core.cache.backends.redis.RedisCache"}

    def broker(self, name: str) -> str:
        """The address of the message broker."""
        expected = "redis://host:port/number, redis+socket:///path or amqp://user:password@host/name"
        schemes = ("redis://", "rediss://", "redis+socket://", "amqp://", "amqps://")
        value = self.text(name, expected=f"expected {expected}")
        if not value.startswith(schemes):
            raise Misconfigured(name, f"cannot be read as an address; expected {expected}")
        return value

    def mail(self, name: str) -> dict[str, object]:
        """The address of the mail server, or of a folder in a demo, as Django's settings of it."""
        expected = "smtp+tls://user:password@host:port, or filemail:///folder in a demo"
        schemes = ("smtp://", "smtp+tls://", "smtps://", "smtp+ssl://", "filemail://")
        parsed = self._parse_address(name, environ.Env.email_url_config, schemes, expected)
        if folder := parsed["EMAIL_FILE_PATH"]:
            parsed["EMAIL_FILE_PATH"] = f"/{str(folder).lstrip('/')}"
        return parsed

    def _parse_address(
        self, name: str, parse: Callable[[str], dict[str, object]], schemes: tuple[str, ...], expected: str
    ) -> dict[str, object]:
        value = self.text(name, expected=f"expected {expected}")
        if not value.startswith(schemes):
            raise Misconfigured(name, f"cannot be read as an address; expected {expected}")
        try:
            return parse(value)
        except (KeyError, ValueError, ImproperlyConfigured) as error:
            raise Misconfigured(name, f"cannot be read as an address; expected {expected}") from error
