"""A grant with a work package and activities, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from partners.activities.models import Activity, Deviation, Evidence
from partners.directory.models import Organisation
from partners.grants.models import Grant, WorkPackage
from tests.people import organisation

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)


def make_grant(**fields: Any) -> Grant:
    """A grant that runs for two years."""
    number = Grant.objects.count() + 1
    given = {"key": f"grant-{number}", "title_en": f"Grant {number}", "programme": "Lamps", "funder": "A fund"}
    return Grant.objects.create(**given | {"starts_on": FIRST, "ends_on": LAST, "state": "running"} | fields)


def make_package(grant: Grant | None = None, lead: Organisation | None = None) -> WorkPackage:
    """The next work package of a grant."""
    grant = grant or make_grant()
    code = f"WP{grant.packages.count() + 1}"
    return WorkPackage.objects.create(
        grant=grant, code=code, title_en=f"Package {code}", lead=lead or organisation("one")
    )


def make_activity(package: WorkPackage | None = None, **fields: Any) -> Activity:
    """A planned activity of the organisation "one"."""
    package = package or make_package()
    given = {"code": f"A{package.activities.count() + 1}", "title_en": "A seminar", "kind": "training"}
    given |= {"planned_from": FIRST, "planned_to": date(2026, 6, 30)}
    return Activity.objects.create(package=package, **given | {"organisation": organisation("one")} | fields)


def deviation_of(activity: Activity, **fields: Any) -> Deviation:
    """What is to be proposed about an activity."""
    given = {"outcome": "dropped", "what": "No room", "why": "A flood", "effect": "Forty people fewer"} | fields
    return Deviation(activity=activity, **given)


def proof_of(activity: Activity, **fields: Any) -> Evidence:
    """A file that proves an activity, not saved."""
    given = {"kind": "agenda", "words": "The agenda", "is_restricted": False, "file_format": "pdf"} | fields
    return Evidence(activity=activity, file=ContentFile(b"%PDF-1.7 agenda", name="agenda.pdf"), **given)
