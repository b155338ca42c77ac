"""Numbers without all that is known of a line: what a child needs at once, and what readers of other languages need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from partners.directory.models import Country
from partners.directory.querysets import CountryQuerySet
from partners.help_lines.models import HelpLine
from partners.help_lines.states import EMERGENCY, POLICE_NUMBERS, Hours, Purpose, Reach

WORDS = Path(__file__).resolve().parent.parent / "data" / "other_languages.yaml"
FOR_CHILDREN = [Purpose.EMERGENCY, Purpose.CHILDREN, Purpose.MISSING_CHILDREN]
IN_OTHER_LANGUAGES = [*FOR_CHILDREN, Purpose.TRAFFICKING]


@dataclass(frozen=True)
class SharedNumber:
    """A number for one purpose. `countries` are those where it answers, none where it does so in all of them."""

    line: HelpLine
    countries: list[Country]


def lines_to_call_first(country: str) -> list[HelpLine]:
    """Whom to call first in a country, by its code: there is a number even where none is published."""
    number = POLICE_NUMBERS.get(country, EMERGENCY)
    known = HelpLine(country_id=country, purpose=Purpose.EMERGENCY, number=number, dial=number)
    return list(HelpLine.objects.emergency().filter(country=country)) or [known]


def numbers_for_children(countries: CountryQuerySet) -> list[SharedNumber]:
    """The emergency number and the children's lines of these countries, or of the whole partnership."""
    lines = HelpLine.objects.published().filter(purpose__in=FOR_CHILDREN).for_listing()
    if countries:
        lines = lines.filter(country__in=countries)
    asked = {line.country_id for line in lines}
    shared: dict[tuple[str, str], list[HelpLine]] = {}
    for line in lines:
        shared.setdefault((line.purpose, line.dial), []).append(line)
    return [
        SharedNumber(same[0], [] if len(same) == len(asked) else [line.country for line in same])
        for same in shared.values()
    ]


@dataclass(frozen=True)
class PlainNumber:
    """A number in the words of another language: for what it is, and what is certain of it."""

    line: HelpLine
    purpose: str
    facts: list[str]


@dataclass(frozen=True)
class OtherLanguage:
    """A language that the site is not in: its code, its own name, where it is written, and the numbers in its words."""

    code: str
    name: str
    direction: str
    title: str
    note: str
    countries: list[tuple[str, list[PlainNumber]]]


def numbers_in_other_languages(countries: Iterable[Country]) -> list[OtherLanguage]:
    """The published numbers of these countries, in each language that is prepared for those who read none of the
    site's. Only what is certain is said: "free" and "day and night" where the line is both confirmed."""
    listed = list(countries)
    within = HelpLine.objects.published().exclude(reachable_from=Reach.ANYWHERE)  # the note says so of each number
    lines = list(within.filter(purpose__in=IN_OTHER_LANGUAGES, country__in=listed).for_listing())
    return [_other_language(code, words, listed, lines) for code, words in _words().items()]


def other_languages() -> list[tuple[str, str, str]]:
    """The languages of these pages: code, own name and the direction in which it is written."""
    return [(code, words["page"]["name"], words["page"]["direction"]) for code, words in _words().items()]


def _other_language(
    code: str, words: dict[str, dict[str, str]], countries: list[Country], lines: list[HelpLine]
) -> OtherLanguage:
    by_country = [
        (
            words["countries"].get(country.code, country.own_name),
            [_plain_number(line, words) for line in lines if line.country_id == country.pk],
        )
        for country in countries
    ]
    page = words["page"]
    return OtherLanguage(code, page["name"], page["direction"], page["title"], page["note"], by_country)


def _plain_number(line: HelpLine, words: dict[str, dict[str, str]]) -> PlainNumber:
    facts = [words["facts"]["free"]] if line.free else []
    if line.hours == Hours.AROUND_THE_CLOCK:
        facts.append(words["facts"]["day_and_night"])
    return PlainNumber(line, words["purposes"][line.purpose], facts)


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    words: dict[str, dict[str, dict[str, str]]] = YAML(typ="safe").load(WORDS.read_text(encoding="utf-8"))
    return words
