"""What can happen to campaigns besides what can happen to any text (see `victor.publishing.actions`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from campaigns.models import Activity, Campaign, ImportantDay, Message, evidence
from partners.models import Country
from victor.access import System, require
from victor.audit.actions import record
from victor.documents import png
from victor.pictures.actions import add_picture
from victor.pictures.models import Picture
from victor.publishing.actions import put
from victor.publishing.languages import CODES
from victor.publishing.models import Publishable
from victor.publishing.translation import options


@transaction.atomic
def load_campaign(written: Mapping[str, Any], *, by: System) -> Campaign:
    """Make a campaign of the project's own texts, with its messages and countries, and publish it in every language."""
    campaign, _made = Campaign.objects.update_or_create(slug=written["slug"], defaults={"code": written["code"]})
    if campaign.key_image is None:
        campaign.key_image = _drawn(by=by)
        campaign.save()
    _publish(campaign, written, by=by)
    for message in written["messages"]:
        audience = message["audience"]
        made, _made = Message.objects.update_or_create(
            campaign=campaign, audience=audience, defaults={"slug": f"{campaign.slug}-{audience}"}
        )
        _publish(made, message, by=by)
    countries = {country.code: country for country in Country.objects.all()}
    for entry in written["countries"]:
        for part in entry["roles"]:
            campaign.countries.get_or_create(country=countries[entry["country"]], part=part)
    return campaign


@transaction.atomic
def load_day(written: Mapping[str, Any], *, by: System) -> ImportantDay:
    """Make an important day of the project's own texts and publish it in every language."""
    date = {"month": written["month"], "day": written["day"]}
    day, _made = ImportantDay.objects.update_or_create(slug=written["slug"], defaults=date)
    _publish(day, written, by=by)
    return day


def _drawn(*, by: System) -> Picture:
    """The project's own picture: no photograph of anybody comes with the portal."""
    file = ContentFile(png("bridge", {}), name="bridge.png")
    return add_picture(file, description="Bridge and doorway", credit="VICTOR, CC BY-ND 4.0", focus=(75, 50), by=by)


def _publish(obj: Publishable, written: Mapping[str, Any], *, by: System) -> None:
    for language in CODES:
        put(obj, language, {name: written.get(name, {}).get(language, "") for name in options(type(obj)).texts}, by=by)


@transaction.atomic
def record_activity(activity: Activity, *, by: Any) -> Activity:
    """Keep an activity, new or changed, that `by` may speak for: before and after the change."""
    before = Activity.objects.select_for_update().filter(pk=activity.pk).first()
    for each in filter(None, (before, activity)):
        require(by, "campaigns.record_activity", each.organisation)
    activity.recorded_by = by
    activity.save()
    if before and before.evidence.name and before.evidence != activity.evidence:
        _forget_evidence(before.evidence.name)
    record("activity.recorded", activity, by=by, measure=activity.measure, number=activity.number)
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, by: Any) -> None:
    """Take an activity back that was recorded by mistake, with its evidence."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    require(by, "campaigns.record_activity", activity.organisation)
    record("activity.removed", activity, by=by, measure=activity.measure, number=activity.number)
    if activity.evidence.name:
        _forget_evidence(activity.evidence.name)
    activity.delete()


def _forget_evidence(name: str) -> None:
    transaction.on_commit(lambda: evidence().delete(name))
