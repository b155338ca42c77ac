from django.core.management.base import BaseCommand, CommandError

from partners.directory.models import Organisation
from trainings.registrations.demo import ensure_demo_seminars
from trainings.seminars.courses import Course
from victor.accounts.demo import NotADemo


class Command(BaseCommand):
    help = "Make two seminars of the demo, one open and one full. For a demo only."

    def handle(self, *args: object, **options: object) -> None:
        try:
            number = ensure_demo_seminars()
        except (NotADemo, Organisation.DoesNotExist, Course.DoesNotExist) as reason:
            raise CommandError(str(reason)) from reason
        if number:
            self.stdout.write(f"Made {number} seminars of the demo.")
