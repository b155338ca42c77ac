from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from ruamel.yaml import YAML

from trainings.evaluation.actions import load_quiz
from trainings.evaluation.models import Item
from trainings.seminars.actions import load_course, load_module
from trainings.seminars.courses import Course, Module
from victor.access import System

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Make the modules, courses and questions that the project brings along, in the languages that they have."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="bring what exists back to what the files say")

    def handle(self, *args: object, **options: object) -> None:
        by = System("load_trainings")
        for name, model, load in (("modules", Module, load_module), ("courses", Course, load_course)):
            if model.objects.exists() and not options["update"]:
                continue
            entries = YAML(typ="safe").load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
            for entry in entries:
                load(entry, by=by)
            self.stdout.write(f"Loaded {len(entries)} {name}.")
        if Item.objects.exists() and not options["update"]:
            return
        quiz_bank = YAML(typ="safe").load((DATA / "quiz.yaml").read_text(encoding="utf-8"))
        load_quiz(quiz_bank, by=by)
        self.stdout.write(f"Loaded {len(quiz_bank['items'])} questions.")
