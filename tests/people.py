"""People with an account, for tests of what they may see and do."""

from __future__ import annotations

import itertools
import re
import secrets
from typing import Any

import pyotp
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from model_bakery import baker

from partners.directory.models import Country, Organisation
from partners.memberships.actions import grant_role
from partners.memberships.states import Role
from victor.access import System
from victor.accounts.actions import create_user
from victor.accounts.models import User
from victor.mail.emails import content_of
from victor.mail.models import Message

PASSWORD = "a-lamp-in-the-doorway"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NUMBERS = itertools.count(secrets.randbelow(2**23))  # limits outlive a run in the cache


def organisation(slug: str = "smile", **fields: Any) -> Organisation:
    """A partner in Greece."""
    country, _ = Country.objects.get_or_create(
        code="GR",
        defaults={"name_en": "Greece", "name_el": "Ελλάδα", "time_zone": "Europe/Athens", "in_partnership": True},
    )
    given = {"name_en": slug.title(), "city_en": "Athens", "category": "national_ngo"} | fields
    existing = Organisation.objects.filter(slug=slug).first()
    return existing or baker.make(Organisation, slug=slug, country=country, **given)


def person(role: Role | None = None, at: Organisation | None = None, *, factor: bool = True, **fields: Any) -> User:
    """Somebody who works for an organisation in a role, with an authenticator app unless `factor` is False."""
    number = next(NUMBERS)
    given = {"email": f"person{number}@partner.example", "name": f"Person {number}", "language": "en"} | fields
    user = create_user(password=PASSWORD, **given)
    if role:
        grant_role(user, organisation=at or organisation(f"partner-{number}"), role=role, by=System("test"))
    if factor:
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def visitor() -> Client:
    """A browser at an address of its own, so that no limit of another test counts."""
    number = next(NUMBERS)
    return Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")


def browser_of(user: User) -> Client:
    """A browser in which the person is logged in."""
    client = visitor()
    client.force_login(user, backend="victor.accounts.backend.LogIn")
    return client


def current_code() -> str:
    """What the authenticator app of every person here shows now."""
    return pyotp.TOTP(SECRET).now()


def link_in_mail(pattern: str) -> str:
    """The newest mail's address that matches, without its host."""
    return re.search(rf"https?://[^/]+({pattern})", content_of(Message.objects.latest("pk")).text)[1]
