"""Find what the slices of the apps declare. A slice is a folder of an app; the same file names mean the same in each."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig

# Modules that declare something to a registry when they are imported.
DECLARING = ("rules", "offboarding", "publication_checks", "usage", "search")


class SlicedAppConfig(AppConfig):
    """An app that is laid out in slices."""

    def ready(self) -> None:
        """Import what the slices declare to the registries of the kernel."""
        for name in DECLARING:
            import_from_slices(self.module.__name__, name)


def slice_modules(app: str, name: str) -> list[str]:
    """The dotted names of the modules `<app>/<slice>/<name>.py`, by slice in alphabetical order."""
    folder = Path(__file__).resolve().parent.parent / app
    return [f"{app}.{path.parent.name}.{name}" for path in sorted(folder.glob(f"*/{name}.py"))]


def import_from_slices(app: str, name: str) -> None:
    """Import the modules of this name from every slice of an app."""
    for module in slice_modules(app, name):
        import_module(module)


def packages_with(apps: Sequence[str], name: str) -> list[str]:
    """The slices that have a module of this name, as Celery wants to be told of them."""
    return [module.rpartition(".")[0] for app in apps for module in slice_modules(app, name)]
