"""Load the campaigns and the important days that come with the project."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from ruamel.yaml import YAML

from campaigns.campaigns.actions import load_campaign, load_day
from campaigns.campaigns.models import Campaign, ImportantDay
from victor.access import System

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Make the campaign and the important days that the project brings along, in eight languages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="bring what exists back to what the files say")

    def handle(self, *args: object, **options: object) -> None:
        by = System("load_campaigns")
        for name, model, load in (("campaigns", Campaign, load_campaign), ("days", ImportantDay, load_day)):
            if model.objects.exists() and not options["update"]:
                continue
            entries = YAML(typ="safe").load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
            for facts in entries:
                load(facts, by=by)
            self.stdout.write(f"Loaded {len(entries)} {name}.")
