from typing import Any

from django.core.management.base import BaseCommand, CommandError

from victor.accounts import demo


class Command(BaseCommand):
    help = "Print the demo's accounts: address, password, current code and how long it holds. For a demo only."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo.refuse_outside_demo()
        except demo.NotADemo as reason:
            raise CommandError(str(reason)) from reason
        row = "  {:<34} {:<25} {:<8} {}"
        self.stdout.write(row.format("address", "password", "code", "holds for"))
        for user in demo.accounts().filter(authenticator__type="totp"):
            code, seconds = demo.code_of(user)
            self.stdout.write(row.format(user.email, demo.password_of(user.email), code, f"{seconds} s"))
