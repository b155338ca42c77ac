from django.core.management.base import BaseCommand, CommandError

from victor.audit.anchors import current_head


class Command(BaseCommand):
    help = "Print where the audit log stands. Keep the line on paper or elsewhere; verify_audit --anchor compares."

    def handle(self, *args: object, **options: object) -> None:
        head = current_head()
        if head is None:
            raise CommandError("The audit log has no entry yet.")
        self.stdout.write(head.line())
