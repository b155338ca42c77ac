"""A grant with one of everything, under the numbers that addresses carry, for walks over all routes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile

from partners.activities.models import Activity, Deviation
from partners.deliverables.models import Deliverable, DeliverableVersion
from partners.directory.models import Organisation
from partners.grants.models import Grant, WorkPackage
from partners.memberships.states import Role
from partners.targets.models import IndicatorTarget, PlannedValue
from partners.values.models import HandEnteredValue, ValueCorrection
from tests.partners.activities.grants import deviation_of, make_activity, make_grant, make_package, proof_of
from tests.partners.values.grant_values import make_period, make_target
from tests.people import person
from victor.accounts.models import User

DAY = date(2026, 6, 30)


def furnish_grant(smile: Organisation) -> None:
    """Make one of everything of a grant, for the organisation of the house."""
    worker = person(Role.WORKER, smile, factor=False)
    grant = make_grant(id=1)
    package = make_package(grant, smile)
    _activity(package, smile, worker)
    _deliverable(package, worker)
    _value(grant, smile, worker)


def _activity(package: WorkPackage, smile: Organisation, worker: User) -> None:
    activity: Activity = make_activity(package, id=1, organisation=smile)
    deviation: Deviation = deviation_of(activity, id=1, proposed_by=worker)
    deviation.save()
    proof = proof_of(activity, id=1, added_by=worker)
    proof.save()


def _deliverable(package: WorkPackage, worker: User) -> None:
    deliverable = Deliverable.objects.create(id=1, package=package, code="D1", title_en="Smile", due_on=DAY)
    version = DeliverableVersion(deliverable=deliverable, number=1, author=worker, sha256="0" * 64, file_format="pdf")
    version.file.save("smile.pdf", ContentFile(b"%PDF-"))


def _value(grant: Grant, smile: Organisation, worker: User) -> None:
    target: IndicatorTarget = make_target(grant, id=1)
    period = make_period(grant, id=1)
    planned = PlannedValue.objects.create(id=1, target=target, period=period, organisation=smile)
    figure = {"number": Decimal(4), "source": "A list"}
    value = HandEnteredValue(id=1, planned=planned, entered_by=worker, file_format="pdf", **figure)
    value.file.save("smile.pdf", ContentFile(b"%PDF-"))
    reasons = {"what": "One more", "why": "A late list"}
    ValueCorrection.objects.create(id=1, grant=grant, value=value, proposed_by=worker, **figure, **reasons)
