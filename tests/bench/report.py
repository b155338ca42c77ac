"""The figures as tables for people."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from typing import Any


def report(figures: dict[str, Any]) -> str:
    """Both tables, with what was measured on what."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, granian {version('granian')}"
    start = f"make run, with its data kept: from the command to the first page {figures['start']:.1f} s"
    head = f"VICTOR, {machine}; medians of one run"
    return "\n\n".join(
        [
            *(head, start, _servers(figures["servers"]), _pages(figures["pages"])),
            *(
                _attacked(figures["attacked"]),
                _searching(figures["searching"]),
                _staff(figures["staff"]),
                _marks(figures["marks"]),
            ),
            *(_named(figures["vault"]), _named(figures["certificates"]), _named(figures["cases"])),
        ]
    )


def _servers(servers: list[dict[str, Any]]) -> str:
    by_kind = {(each["application"], each["workers"]): each for each in servers}
    lines = [f"{'':<52}{'portal':>10}{'bare':>10}{'ratio':>9}"]
    for workers in sorted({each["workers"] for each in servers}):
        portal, bare = by_kind["portal", workers], by_kind["bare", workers]
        name = f"{workers} worker{'s' if workers > 1 else ''}"
        lines += [
            _line(f"{name}: start to first byte of /el/partners/, s", portal["start"], bare["start"]),
            _line(f"{name}: memory of a web process (PSS), MB", portal["memory"], bare["memory"]),
            _line(f"{name}: campaign pages a second, page cache", portal["kept"], bare["kept"]),
            _line(f"{name}: processor's time for one, ms", portal["kept_processor"], bare["kept_processor"]),
            _line(f"{name}: campaign pages a second, rendered", portal["rate"], bare["rate"]),
            _line(f"{name}: processor's time for one, ms", portal["processor"], bare["processor"]),
            _line(f"{name}: 19 of 20 answered within, ms", portal["p95"], bare["p95"]),
        ]
    return "\n".join(lines)


def _attacked(ratios: dict[str, dict[str, float]]) -> str:
    pages = list(next(iter(ratios.values())))
    head = f"{'under attack, times as long as without':<52}" + "".join(f"{page:>12}" for page in pages)
    rows = (f"{name:<52}" + "".join(f"{row[page]:>12.2f}" for page in pages) for name, row in ratios.items())
    return "\n".join([head, *rows])


def _line(name: str, portal: float, bare: float) -> str:
    return f"{name:<52}{portal:>10.2f}{bare:>10.2f}{portal / bare:>9.3g}"


def _pages(pages: dict[str, Any]) -> str:
    head = f"{'public page (13 and 5,000 organisations)':<42}{'queries':>10}{'ms':>14}"
    head += f"{'page':>9}{'assets':>9}{'in all':>9}"
    return "\n".join([head, *(_page(page, figures) for page, figures in pages.items())])


def _page(page: str, figures: dict[str, Any]) -> str:
    few, many = figures["few"], figures["many"]
    queries = f"{few['queries']} / {many['queries']}"
    milliseconds = f"{few['milliseconds']:.0f} / {many['milliseconds']:.0f}"
    sizes = [figures["page"], figures["assets"], figures["page"] + figures["assets"]]
    return f"{page:<42}{queries:>10}{milliseconds:>14}" + "".join(f"{size / 1000:>6.1f} kB" for size in sizes)


def _searching(searching: dict[str, float]) -> str:
    head = "search among 20,000 documents in each language: 19 of 20 answered within, ms"
    return "\n".join([head, "  ".join(f"{code} {figures:.0f}" for code, figures in searching.items())])


def _staff(staff: dict[str, float]) -> str:
    head = "staff: 19 of 20 answered within, ms (and as a multiple of an empty page)"
    home = (
        f"first page, 100,000 open items {staff['home']:.0f} ({staff['home_multiple']:.1f}), {staff['queries']} queries"
    )
    search = f"search among 50,000 things {staff['search']:.0f} ({staff['search_multiple']:.1f})"
    return "\n".join([head, f"empty page {staff['empty']:.0f}  {home}  {search}"])


def _marks(marks: dict[str, dict[str, float]] | None) -> str:
    if marks is None:
        return "Lighthouse was not asked: it needs npm and Chromium"
    categories = list(next(iter(marks.values())))
    head = f"{'Lighthouse, on a telephone':<30}" + "".join(f"{category:>16}" for category in categories)
    rows = [f"{page:<30}" + "".join(f"{mark:>16.0f}" for mark in figures.values()) for page, figures in marks.items()]
    return "\n".join([head, *rows])


def _named(figures: dict[str, float]) -> str:
    return "\n".join(f"{name:<76}{value:>10.2f}" for name, value in figures.items())
