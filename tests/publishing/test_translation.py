"""Which kinds of texts there are, and in which order lists name them."""

from __future__ import annotations

from victor.publishing.translation import options, publishable_models

DESKS = ["desks.desk", "desks.cannedanswer"]
TRAININGS = ["trainings.module", "trainings.course", "trainings.seminar", "trainings.item"]
CAMPAIGNS = ["campaign", "message", "material", "news", "event", "importantday"]


def test_kinds_of_texts_are_in_the_same_order_whatever_is_imported_first():
    campaigns = [f"campaigns.{name}" for name in CAMPAIGNS]
    assert list(publishable_models()) == [*DESKS, *TRAININGS, *campaigns, "pages.page"]


def test_no_two_kinds_of_texts_have_one_position():
    positions = [options(model).position for model in publishable_models().values()]
    assert len(set(positions)) == len(positions)
