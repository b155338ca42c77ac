from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError
from django.utils.translation import override
from model_bakery import baker

from partners.directory.models import Country, Organisation
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Hours, Precision

GREECE = Country(code="GR", time_zone="Europe/Athens")


def at(moment: str) -> time:
    return time.fromisoformat(moment)


@pytest.mark.parametrize(("hours", "open_now"), [(Hours.AROUND_THE_CLOCK, True), (Hours.UNCONFIRMED, None)])
def test_is_open_now_without_times_says_what_is_known(hours, open_now):
    assert HelpLine(hours=hours, country=GREECE).is_open_now is open_now


@pytest.mark.parametrize(
    ("opens", "closes", "now", "open_now"),
    [
        ("12:00", "20:00", "11:59", False),
        ("12:00", "20:00", "12:00", True),
        ("12:00", "20:00", "19:59", True),
        ("12:00", "20:00", "20:00", False),
        ("20:00", "04:00", "23:00", True),
        ("20:00", "04:00", "03:59", True),
        ("20:00", "04:00", "12:00", False),
    ],
)
def test_is_open_between_two_times_holds_over_midnight(opens, closes, now, open_now):
    line = HelpLine(hours=Hours.DAILY, opens=at(opens), closes=at(closes), country=GREECE)
    assert line._is_open_at(at(now)) is open_now


@pytest.mark.parametrize(
    ("precision", "language", "told"),
    [
        (Precision.YEAR, "en", "2025"),
        (Precision.MONTH, "en", "November 2025"),
        (Precision.DAY, "el", "19 Νοεμβρίου 2025"),
        (Precision.DAY, "hu", "2025. november 19."),
    ],
)
def test_checked_on_says_no_more_than_is_known(precision, language, told):
    line = HelpLine(last_checked=date(2025, 11, 19), check_precision=precision)
    with override(language):
        assert line.checked_on == told


@pytest.mark.django_db
def test_save_an_empty_text_is_refused_by_the_database():
    country = baker.make(Country, code="GR", name_en="Greece", time_zone="Europe/Athens")
    with pytest.raises(IntegrityError, match="partners_organisation_texts"):
        baker.make(Organisation, country=country, name_en="A", city_en="Athens", description_el="")


@pytest.mark.django_db
def test_save_two_times_without_daily_hours_is_refused_by_the_database():
    country = baker.make(Country, code="GR", name_en="Greece", time_zone="Europe/Athens")
    with pytest.raises(IntegrityError, match="partners_helpline_hours"):
        baker.make(
            HelpLine, country=country, name_en="A", hours=Hours.UNCONFIRMED, opens=at("12:00"), closes=at("13:00")
        )
