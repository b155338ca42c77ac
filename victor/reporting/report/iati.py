"""The results of a release as IATI 2.03 has them: an indicator a figure, a period a half-year.

What is not shown, and what is missing, is left out: a comment says so. Its numbers are those of the release.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree

from victor.languages import current_language
from victor.reporting.releases.presenters import figures_of

if TYPE_CHECKING:
    from victor.reporting.releases.frozen_figures import FrozenFigure
    from victor.reporting.releases.models import Release

VERSION = "2.03"
OUTPUT, UNIT, NGO, FUNDED_BY, IMPLEMENTATION = "1", "1", "22", "4", "2"
ACTUAL_START = "2"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_iati(release: Release) -> bytes:
    """The XML file."""
    moment = f"{release.counted_at:%Y-%m-%dT%H:%M:%SZ}"
    root = etree.Element("iati-activities", {"version": VERSION, "generated-datetime": moment})
    activity = etree.SubElement(root, "iati-activity", {"last-updated-datetime": moment, XML_LANG: current_language()})
    _describe(activity, release)
    figures = sorted(figures_of(release), key=lambda figure: figure.key)
    for _key, group in groupby(figures, key=lambda figure: figure.key):
        _add_result(activity, list(group))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def publisher() -> str:
    """The name of this site, which stands for an identifier until the project is registered with IATI."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _describe(activity: etree._Element, release: Release) -> None:
    etree.SubElement(activity, "iati-identifier").text = f"{publisher()}-release-{release.label}"
    reporter = etree.SubElement(activity, "reporting-org", {"ref": publisher(), "type": NGO})
    _add_narrative(reporter, "VICTOR")
    _add_narrative(etree.SubElement(activity, "title"), _("Report on the figures of the network"))
    text = _("The figures are those of release %(number)s.") % {"number": release.label}
    _add_narrative(etree.SubElement(activity, "description"), text)
    organisation = etree.SubElement(activity, "participating-org", {"role": FUNDED_BY, "type": NGO})
    _add_narrative(organisation, "VICTOR")
    etree.SubElement(activity, "activity-status", {"code": IMPLEMENTATION})
    first = f"{release.periods[0].first}"
    etree.SubElement(activity, "activity-date", {"iso-date": first, "type": ACTUAL_START})


def _add_result(activity: etree._Element, figures: Sequence[FrozenFigure]) -> None:
    """A result with one indicator and its half-years."""
    first = figures[0]
    adds_up = any(figure.has({}) for figure in figures)
    result = etree.SubElement(activity, "result", {"type": OUTPUT, "aggregation-status": "false"})
    _add_narrative(etree.SubElement(result, "title"), first.name)
    indicator = etree.SubElement(result, "indicator", {"measure": UNIT, "ascending": "true"})
    _add_narrative(etree.SubElement(indicator, "title"), first.name)
    _add_narrative(etree.SubElement(indicator, "description"), first.definition)
    for figure in sorted(figures, key=lambda figure: figure.period):
        period = etree.SubElement(indicator, "period")
        etree.SubElement(period, "period-start", {"iso-date": f"{figure.period.first}"})
        etree.SubElement(period, "period-end", {"iso-date": f"{figure.period.last}"})
        _add_actuals(period, figure, adds_up=adds_up)


def _add_actuals(period: etree._Element, figure: FrozenFigure, *, adds_up: bool) -> None:
    """The total, and the figures by one breakdown."""
    if figure.missing:
        period.append(etree.Comment(f" {figure.missing} "))
        return
    lists = list(dict.fromkeys(key for keys in figure.tables for key in keys))
    rows = [(by, row.label, row.number) for by in lists for row in figure.rows(by)]
    totals = [("", "", figure.total)] if adds_up else []
    for by, label, number in [*totals, *rows]:
        if number is None:
            continue
        actual = etree.SubElement(period, "actual", {"value": str(number)})
        if by:
            etree.SubElement(actual, "dimension", {"name": figure.breakdown_name(by), "value": label})
    if figure.has_hidden:
        period.append(etree.Comment(f" {_('partly not shown')} "))


def _add_narrative(parent: etree._Element, words: str) -> None:
    etree.SubElement(parent, "narrative").text = words
