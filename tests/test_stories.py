"""The stories of the demo: once each, in order of time, by the clock of the story."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.people import person
from victor import stories
from victor.accounts.demo import NotADemo
from victor.accounts.models import User
from victor.audit.models import Entry
from victor.stories import Part, Scene

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 31, 12, tzinfo=UTC)


@pytest.fixture
def declared(monkeypatch) -> list[Part]:
    """The parts that are declared; none at first."""
    parts: list[Part] = []
    monkeypatch.setattr(stories, "PARTS", parts)
    return parts


def test_play_stories_follows_the_days_and_not_the_order_of_declaring(declared):
    seen: list[str] = []
    declared.append(Part("one", 1, 9, lambda scene: seen.append("second")))
    declared.append(Part("one", 5, 9, lambda scene: seen.append("first")))
    assert stories.play_stories() == 1
    assert seen == ["first", "second"]


def test_play_stories_twice_plays_each_once(declared):
    seen: list[str] = []
    declared.append(Part("one", 5, 9, lambda scene: seen.append("one")))
    stories.play_stories()
    declared.append(Part("two", 5, 9, lambda scene: seen.append("two")))
    assert stories.play_stories() == 1
    assert seen == ["one", "two"]


def test_play_stories_that_fails_leaves_no_half(declared):
    def fail(scene: Scene) -> None:
        raise LookupError

    declared.append(Part("one", 5, 9, lambda scene: scene.put(person())))
    declared.append(Part("one", 4, 9, fail))
    with pytest.raises(LookupError):
        stories.play_stories()
    assert not User.objects.exists()
    assert not Entry.objects.filter(action="demo_story.added").exists()


def test_part_reads_its_own_day_and_the_log_the_real_one(declared, at):
    at(NOW)
    moments: list[datetime] = []
    declared.append(Part("one", 30, 9, lambda scene: moments.append(timezone.now())))
    stories.play_stories()
    assert moments == [datetime(2026, 10, 1, 9, tzinfo=UTC)]
    assert Entry.objects.get(action="demo_story.added").at == NOW


def test_part_of_today_is_never_later_than_now(declared, at):
    at(NOW)
    moments: list[datetime] = []
    declared.append(Part("one", 0, 23, lambda scene: moments.append(timezone.now())))
    stories.play_stories()
    assert moments == [NOW]


def test_stage_gives_a_row_as_it_is_now(declared):
    user, scene = person(), Scene()
    scene.put(user)
    User.objects.filter(pk=user.pk).update(name="Another")
    assert scene.get(User).name == "Another"


def test_outside_a_demo_nothing_is_played(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO is not set"):
        call_command("play_stories")


def test_outside_a_demo_the_clock_does_not_stand(settings):
    settings.DEMO = False
    with pytest.raises(NotADemo), stories.time_set_to(timezone.now()):
        pass
