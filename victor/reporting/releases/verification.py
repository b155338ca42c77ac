"""The audit of a release: with all that was shown before, can a hidden figure be told?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from victor.indicators.corners import TOTAL, Key
from victor.indicators.intervals import SeenTable, find_narrow_figures
from victor.indicators.models import FrozenFigures
from victor.indicators.tables import shapes_of
from victor.reporting.releases.contents import Frozen, Wanted
from victor.reporting.releases.frozen_figures import FrozenFigure


class Audit:
    """What readers see of the protected figures of a release, beside releases that went out and statistics pages."""

    def __init__(
        self, wanted: Sequence[Wanted], frozen: Mapping[str, Frozen], others: Iterable[Sequence[Frozen]]
    ) -> None:
        """`frozen` are the figures of the release by their names; `others` those of each release that went out."""
        self.frozen = frozen
        self.known = [figure for figures in others for figure in figures]
        self.shown = self._read()
        self.wanted = {
            figure.name: figure
            for figure in wanted
            if figure.indicator.threshold and not frozen[figure.name]["missing"]
        }

    def run(self) -> dict[str, object]:
        """Hide whole what would reveal others, where nobody has seen it; then say what is narrow or has changed."""
        narrow = self.narrow_tables()
        revealing = {name for group in self._groups() if not narrow.isdisjoint(group) for name in group}
        hidden_whole = [name for name in revealing if self._may_be_hidden(name)]
        for name in hidden_whole:
            hide_whole(self.frozen[name])
        self.shown = self._read()
        narrow = self.narrow_tables() if hidden_whole else narrow
        hidden = [key for name in self.wanted for key in self._seen(name).hidden]
        return {
            "narrow": sorted(narrow),
            "changed": sorted(self.changed_figures()),
            "hidden_whole": sorted(hidden_whole),
            "hidden": len(hidden),
            "step": min((figure.indicator.step for figure in self.wanted.values()), default=0),
        }

    def _read(self) -> dict[str, list[FrozenFigure]]:
        """Each figure as this release and others show it."""
        shown: dict[str, list[FrozenFigure]] = {}
        for figure in map(FrozenFigure, [*self.known, *self.frozen.values()]):
            shown.setdefault(figure.full_name, []).append(figure)
        return shown

    def narrow_tables(self) -> set[str]:
        """The figures of which something hidden can be told."""
        return {name for group in self._groups() for name in self._narrow_in(group)}

    def changed_figures(self) -> set[str]:
        """The protected figures that another release shows otherwise: two looks would tell of what lies between."""
        return {
            name
            for name in self.wanted
            if any(
                first.number_of(key) != second.number_of(key)
                for first in self.shown[name]
                for second in self.shown[name]
                for key in first.visible_keys() & second.visible_keys()
            )
        }

    def _may_be_hidden(self, name: str) -> bool:
        """Whether nobody has seen anything of a figure yet."""
        others = [figure for figure in self.shown[name] if figure.data is not self.frozen[name]]
        return not self.wanted[name].source.is_on_pages and not any(figure.visible_keys() for figure in others)

    def _groups(self) -> list[list[str]]:
        """The figures that share sums, together: within one half-year."""
        groups = {name: [name] for name in self.wanted}
        for name, figure in self.wanted.items():
            for part in figure.source.sums.get(figure.indicator.key, ()):
                other = f"{part} {figure.period.key}"
                if other in groups:
                    groups[name].extend(groups.pop(other))
        return list(groups.values())

    def _narrow_in(self, group: Sequence[str]) -> set[str]:
        tables = {self.wanted[name].indicator.key: self._seen(name) for name in group}
        sums = {key: parts for name in group for key, parts in self.wanted[name].source.sums.items()}
        by_key = {self.wanted[name].indicator.key: name for name in group}
        return {by_key[key] for key, _figure in find_narrow_figures(tables, sums)}

    def _seen(self, name: str) -> SeenTable:
        """What readers see of a figure. What the statistics pages show, coordinators have seen."""
        wanted = self.wanted[name]
        indicator, stored = wanted.indicator, _stored(wanted)
        shapes = shapes_of(indicator, indicator.tables)
        cells = {cell: int(numbers[0]) for cell, numbers in cast("dict", stored.counted_cells()).items()}
        parts = {
            part: {cell: int(numbers[0]) for cell, numbers in own.items()}
            for part, own in cast("dict", stored.counted_parts()).items()
        }
        places = [breakdown.key for breakdown in indicator.breakdowns]
        hidden = self._hidden_in_releases(name, places)
        if wanted.source.is_on_pages:
            hidden &= stored.hidden_keys()
        codes = [
            sorted({*breakdown.values, *(cell[place] for cell in cells)})
            for place, breakdown in enumerate(indicator.breakdowns)
        ]
        return SeenTable(cells, shapes, hidden, indicator.step, codes, parts if len(parts) > 1 else {})

    def _hidden_in_releases(self, name: str, places: Sequence[str]) -> set[Key]:
        """What none of the releases shows."""
        seen = {key for figure in self.shown[name] for key in figure.visible_keys()}
        hidden = {key for figure in self.shown[name] for key in figure.hidden_keys()} - seen
        return {tuple([dict(key).get(place, TOTAL) for place in places]) for key in hidden}


def hide_whole(figure: Frozen) -> None:
    """Show no number of a figure."""
    rows = cast("list[Frozen]", figure["figures"])
    for row in rows:
        row["number"] = None
        if "measures" in row:
            row["measures"] = dict.fromkeys(cast("Frozen", row["measures"]))
    figure["medians"] = dict.fromkeys(cast("Frozen", figure["medians"]))


def _stored(wanted: Wanted) -> FrozenFigures:
    return FrozenFigures.objects.get(
        subject=wanted.source.stored_as, indicator=wanted.indicator.key, period=wanted.period.key
    )
