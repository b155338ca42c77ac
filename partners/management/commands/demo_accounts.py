from django.core.management.base import BaseCommand, CommandError

from victor.accounts import demo
from victor.vault.keys.models import PersonalKey


class Command(BaseCommand):
    help = "Print the demo's accounts: address, password, current code, vault passphrase. For a demo only."

    def handle(self, *args: object, **options: object) -> None:
        try:
            demo.refuse_outside_demo()
        except demo.NotADemo as reason:
            raise CommandError(str(reason)) from reason
        row = "  {:<34} {:<25} {:<8} {:<10} {}"
        self.stdout.write(row.format("address", "password", "code", "holds for", "vault passphrase"))
        with_vault = set(PersonalKey.objects.in_use().values_list("user", flat=True))
        for user in demo.demo_accounts().filter(authenticator__type="totp"):
            code, seconds = demo.code_of(user)
            vault = demo.passphrase_of(user.email) if user.pk in with_vault else ""
            self.stdout.write(
                row.format(user.email, demo.password_of(user.email), code, f"{seconds} s", vault).rstrip()
            )
