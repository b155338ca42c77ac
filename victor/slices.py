"""Find what the slices of an app declare. A slice is a folder of an app; a file name means the same in each of them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig

ROOT = Path(__file__).resolve().parent.parent
# Apps that are laid out in slices.
SLICED = ("partners", "desks", "trainings", "campaigns", "victor.vault", "victor.workspace", "victor.reporting")
# Modules that declare something to a registry when they are imported.
DECLARING = (
    "deeds",
    "references",
    "rules",
    "gates",
    "obstacles",
    "departures",
    "dependants",
    "data_files",
    "offboarding",
    "agendas",
    "publication_checks",
    "picture_uses",
    "search",
    "notices",
    "sitemaps",
    "todo",
    "oversight",
    "indicators",
    "other_help",
    "sections",
    "case_steps",
    "linked_work",
)


class DeclaringAppConfig(AppConfig):
    """An app whose modules declare something to the registries of the kernel, in slices or without them.

    Import the module and not the class: Django takes every configuration that it finds in `apps.py` for a candidate.
    """

    def ready(self) -> None:
        """Import what the app declares."""
        folder = ROOT.joinpath(*self.name.split("."))
        for name in DECLARING:
            if (folder / f"{name}.py").exists():
                import_module(f"{self.name}.{name}")
            import_modules(modules_named(name, [self.name]))


def modules_named(name: str, apps: Iterable[str] = SLICED) -> list[str]:
    """The dotted names of the modules `<app>/<slice>/<name>.py`: by app, then by slice in alphabetical order."""
    return [
        f"{app}.{path.parent.name}.{name}"
        for app in apps
        for path in sorted(ROOT.joinpath(*app.split(".")).glob(f"*/{name}.py"))
    ]


def import_modules(names: Iterable[str]) -> None:
    """Import modules for what they declare."""
    for name in names:
        import_module(name)
