from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.help_lines.actions import load_partnership
from partners.help_lines.data_files import read_partnership
from partners.help_lines.errors import DataFault
from victor.access import System

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Load countries, partners, help lines, networks, responsibilities and grants from the project's data files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA, help="where the six files are")
        parser.add_argument("--update", action="store_true", help="bring what exists back to what the files say")

    def handle(self, *args: object, folder: Path, update: bool, **options: object) -> None:
        try:
            records = read_partnership(folder)
        except DataFault as fault:
            raise CommandError(str(fault)) from fault
        counts = load_partnership(records, by=System("load_partnership"), update=update)
        summary = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items())
        self.stdout.write(f"Loaded {summary}." if summary else "The partnership is loaded already.")
