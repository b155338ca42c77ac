from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from victor.audit.anchors import find_moved_anchors, stored_lines
from victor.audit.models import Entry
from victor.audit.verification import find_faults


class Command(BaseCommand):
    help = (
        "Read the audit log from its first entry and name every entry that was altered, is missing or was slipped in. "
        "Compare it with the anchors that were noted outside the database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="LINE",
            help="a line that audit_head has printed, or that came by mail or syslog",
        )

    def handle(self, *args: object, anchor: list[str], **options: object) -> None:
        lines = [*stored_lines(), *anchor]
        faults = [*find_faults(), *find_moved_anchors(lines)]
        if faults:
            raise CommandError("The audit log is not whole:\n" + "\n".join(faults))
        self.stdout.write(f"The audit log is whole: {Entry.objects.count()} entries.")
        if lines:
            self.stdout.write(f"It fits {len(lines)} anchors.")
        else:
            self.stderr.write("There is no anchor to compare with: an earlier end that was put back is not noticed.")
