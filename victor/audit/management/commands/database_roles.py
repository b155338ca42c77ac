from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from victor.audit.database_roles import UnfitRole, separate_roles


class Command(BaseCommand):
    help = (
        "Make two roles of the database: the owner, which migrates, and that of the processes, which owns nothing "
        "and only reads and adds to the audit log. Run it with a DATABASE_URL of a role that makes roles and owns the "
        "tables. Passwords are set in the database, by \\password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        name = str(connection.settings_dict["NAME"])
        parser.add_argument("--owner", default="", help="owns the tables (default: the role of DATABASE_URL)")
        parser.add_argument("--processes", default=f"{name}_processes", help="runs web, worker and beat")

    def handle(self, *args: object, owner: str, processes: str, **options: object) -> None:
        owner = owner or str(connection.settings_dict["USER"])
        try:
            separate_roles(owner=owner, processes=processes)
        except UnfitRole as unfit:
            raise CommandError(str(unfit)) from unfit
        self.stdout.write(f"{owner} owns the tables and migrates; {processes} runs the portal and owns nothing.")
