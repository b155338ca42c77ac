from django.core.management.base import BaseCommand, CommandError

from victor.accounts.demo import NotADemo
from victor.slices import import_modules, modules_named
from victor.stories import play_stories


class Command(BaseCommand):
    help = "Let invented people do in the demo what people do, on days that lie behind. For a demo only."

    def handle(self, *args: object, **options: object) -> None:
        import_modules(modules_named("demo"))
        try:
            number = play_stories()
        except NotADemo as reason:
            raise CommandError(str(reason)) from reason
        if number:
            self.stdout.write(f"Played {number} stories.")
