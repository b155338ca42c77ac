"""The report on paper: a tagged PDF of our design, with bars beside tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from victor.formatting import long_day
from victor.funding import current_funder_texts
from victor.languages import current_language
from victor.pdf import emblem, pdf
from victor.reporting.report.contents import Part, ReportTable, in_words

if TYPE_CHECKING:
    from victor.reporting.releases.models import Release


def draw_report(release: Release, parts: Sequence[Part]) -> bytes:
    """The PDF of all parts."""
    funder = current_funder_texts()
    return pdf(
        "figures_report",
        {
            "language": current_language(),
            "title": _("Report on the figures of the network"),
            "subtitle": _("Release %(number)s") % {"number": release.label},
            "periods": [str(period) for period in release.periods],
            "day": long_day(release.counted_at) if release.counted_at else "",
            "page": _("page"),
            "statement": funder.statement,
            "disclaimer": funder.disclaimer,
            "emblem": emblem(),
            "emblem_words": _("Emblem of the European Union"),
            "parts": [
                {"title": part.title, "sentences": part.sentences, "tables": [_table(table) for table in part.tables]}
                for part in parts
            ],
        },
    )


def _table(table: ReportTable) -> dict[str, object]:
    """A table in words; with the share of each bar in the longest. What is not shown has none."""
    numbers = [row[-1] for row in table.rows]
    largest = max((number for number in numbers if not isinstance(number, str)), default=0) or 1
    shares = [0.0 if isinstance(number, str) else round(number / largest, 3) for number in numbers]
    rows = [[in_words(cell) for cell in row] for row in table.rows]
    return {"title": table.title, "head": table.head, "rows": rows, "bars": shares if table.bars else []}
