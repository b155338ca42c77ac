"""Charts as SVG: bars that lie, and pairs of dots. Every value is written beside; what is not shown has no length.

Patterns tell series apart, not colours. Texts are escaped, and the look is that of `figures-public.css`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from victor.formatting import format_decimal

WIDTH, ROW, BAR, LEFT = 340, 44, 14, 2
LONGEST = 230  # so that the value fits beside it
DOT = 6


@dataclass(frozen=True)
class Bar:
    """A value and its name. Without a number `words` say why."""

    label: str
    number: float | None
    words: str = ""

    @property
    def value(self) -> str:
        """The value as it is written."""
        return self.words or (_("not shown") if self.number is None else format_decimal(self.number))


@dataclass(frozen=True)
class Pair:
    """What was before, and what was after, in per cent."""

    label: str
    before: Bar
    after: Bar


def draw_bars(name: str, title: str, bars: Sequence[Bar]) -> SafeString:
    """Bars from zero, each below its name, with its value after it."""
    largest = max((bar.number or 0 for bar in bars), default=0) or 1
    rows = format_html_join("", "{}", ((_bar(bar, place, largest),) for place, bar in enumerate(bars)))
    return _svg(name, title, "; ".join(f"{bar.label}: {bar.value}" for bar in bars), len(bars), rows)


def draw_pairs(name: str, title: str, pairs: Sequence[Pair]) -> SafeString:
    """An open dot before, and a filled one after, on a line from 0 to 100 per cent."""
    rows = format_html_join("", "{}", ((_pair(pair, place),) for place, pair in enumerate(pairs)))
    described = "; ".join(
        f"{pair.label}, {bar.label}: {bar.value}" for pair in pairs for bar in (pair.before, pair.after)
    )
    return _svg(name, title, described, len(pairs), rows)


def _bar(bar: Bar, place: int, largest: float) -> SafeString:
    top, length = place * ROW, 0 if bar.number is None else round(bar.number * LONGEST / largest, 1)
    label = _text(LEFT, top + 15, bar.label)
    if bar.number is None:
        return format_html("{}{}", label, _text(LEFT, top + 34, bar.value, "chart__none"))
    shape = format_html(
        '<rect class="chart__bar" x="{}" y="{}" width="{}" height="{}"></rect>', LEFT, top + 22, str(length), BAR
    )
    return format_html("{}{}{}", label, shape, _text(LEFT + length + 6, top + 34, bar.value, "chart__value"))


def _pair(pair: Pair, place: int) -> SafeString:
    top = place * ROW
    words = f"{pair.before.label} {pair.before.value} · {pair.after.label} {pair.after.value}"
    label = _text(LEFT, top + 15, f"{pair.label} · {words}")
    if pair.before.number is None or pair.after.number is None:
        return label
    left, right = (round(DOT + share * (WIDTH - 2 * DOT) / 100, 1) for share in (pair.before.number, pair.after.number))
    line = '<line class="chart__line" x1="{}" x2="{}" y1="{}" y2="{}"></line>'
    dot = '<circle class="{}" cx="{}" cy="{}" r="{}"></circle>'
    middle = top + 30
    return format_html(
        "{}{}{}{}",
        label,
        format_html(line, DOT, WIDTH - DOT, middle, middle),
        format_html(dot, "chart__dot chart__dot--open", str(left), middle, DOT),
        format_html(dot, "chart__dot", str(right), middle, DOT),
    )


def _text(left: float, top: int, words: str, css: str = "chart__label") -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', css, str(left), top, words)


def _svg(name: str, title: str, description: str, rows: int, content: SafeString) -> SafeString:
    return format_html(
        '<svg class="figure-chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        *(WIDTH, rows * ROW, name, name, name, title, name, description, content),
    )
