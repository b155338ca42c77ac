from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from ruamel.yaml import YAML

from desks.desk.actions import load_desk
from desks.desk.models import Desk
from victor.access import System

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Make the desks that the project brings along, in eight languages; people publish them in the workspace."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="bring what exists back to what the file says")

    def handle(self, *args: object, **options: object) -> None:
        if Desk.objects.exists() and not options["update"]:
            return
        desks = YAML(typ="safe").load((DATA / "desks.yaml").read_text(encoding="utf-8"))["desks"]
        for desk in desks:
            load_desk(desk, by=System("load_desks"))
        self.stdout.write(f"Loaded {len(desks)} desks.")
