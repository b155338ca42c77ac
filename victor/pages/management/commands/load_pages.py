from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from ruamel.yaml import YAML

from victor.access import System
from victor.pages.actions import load_page
from victor.pages.models import Page

DATA = Path(__file__).resolve().parents[2] / "data"
ORDER = ("for-children", "signs", "what-to-do", "professionals", "about", "law", "privacy", "accessibility")


class Command(BaseCommand):
    help = "Make the pages that the project brings along, in eight languages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="bring what exists back to what the files say")

    def handle(self, *args: object, **options: object) -> None:
        loaded = [slug for slug in ORDER if options["update"] or not Page.objects.filter(slug=slug).exists()]
        for slug in loaded:
            data = YAML(typ="safe").load((DATA / f"{slug}.yaml").read_text(encoding="utf-8"))
            load_page(data, position=ORDER.index(slug), by=System("load_pages"))
        self.stdout.write(f"Loaded {', '.join(loaded)}." if loaded else "The pages are there already.")
