from django.core.management.base import BaseCommand, CommandError

from victor.audit.models import Entry
from victor.audit.verification import find_faults


class Command(BaseCommand):
    help = (
        "Read the audit log from its first entry and name every entry that was altered, is missing or was slipped in."
    )

    def handle(self, *args: object, **options: object) -> None:
        faults = list(find_faults())
        if faults:
            raise CommandError("The audit log is not whole:\n" + "\n".join(faults))
        self.stdout.write(f"The audit log is whole: {Entry.objects.count()} entries.")
