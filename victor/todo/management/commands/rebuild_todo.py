"""Makes the table of open items anew, from what they depend on."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from victor.todo.actions import find_differences, install_triggers, rebuild_items


class Command(BaseCommand):
    """Compare the open items with the truth; with --check, change nothing."""

    help = "Make the table of open items anew. With --check, only say what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")

    def handle(self, *, check: bool, **_options: object) -> None:
        """Say what differs, and mend it."""
        for kind, number in find_differences().items():
            self.stdout.write(f"{kind}: {number}")
        if not check:
            install_triggers()
            self.stdout.write(f"{rebuild_items()} items were wrong.")
