"""Translations of the demo: some wait for an editor, one was sent back, and one is published by the clock."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from campaigns.campaigns.models import Campaign
from trainings.seminars.courses import Course
from victor.publishing.actions import approve, save_draft, schedule_publication, send_back, submit
from victor.publishing.models import LanguageVersion, Publishable, public_texts
from victor.publishing.translation import options
from victor.stories import Part, Scene, declare_part

LANGUAGE = "sl"  # of the translator
IMPROVED = 6


def _texts() -> list[tuple[Publishable, dict[str, str]]]:
    """Courses and campaigns that are public in this language, with their texts."""
    listed = [*Course.objects.order_by("pk"), *Campaign.objects.order_by("pk")]
    read = [(obj, public_texts(obj, options(type(obj)).texts, LANGUAGE)) for obj in listed]
    return [(obj, texts) for obj, texts in read if texts["title"]]


def translate(scene: Scene) -> None:
    """The translator has improved a title, and asks for a review."""
    by = scene.person("translator")
    for obj, texts in _texts()[:IMPROVED]:
        changed = texts | {"title": f"{texts['title']} (demo)"}
        submit(save_draft(obj, LANGUAGE, changed, by=by), by=by)


def review(scene: Scene) -> None:
    """The editor sends one back, and lets the clock publish another tomorrow."""
    editor = scene.person("editor")
    first, second = LanguageVersion.objects.waiting_for_review([LANGUAGE], but_not_by=editor)[:2]
    send_back(first, by=editor)
    moment = timezone.now() + timedelta(days=2)
    schedule_publication(approve(second, by=editor), by=editor, publish_at=moment, unpublish_at=None)


declare_part(Part("translations", 6, 9, translate))
declare_part(Part("translations", 1, 9, review))
