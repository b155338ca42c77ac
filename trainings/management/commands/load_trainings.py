from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from ruamel.yaml import YAML

from trainings.actions import load_quiz
from trainings.models import Item
from victor.access import System

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Make the quiz bank and the questionnaires that the project brings along."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="bring what exists back to what the files say")

    def handle(self, *args: Any, **options: Any) -> None:
        if Item.objects.exists() and not options["update"]:
            return
        written = YAML(typ="safe").load((DATA / "quiz.yaml").read_text(encoding="utf-8"))
        load_quiz(written, by=System("load_trainings"))
        self.stdout.write(f"Loaded {len(written['items'])} questions.")
