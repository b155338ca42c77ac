"""A complete production environment with invented values: `python -m tests.plugins.production check --deploy`."""

import os
import subprocess
import sys
from pathlib import Path

from cryptography.fernet import Fernet

PRODUCTION = {
    "SITE_URL": "https://victor.example",
    "ALLOWED_HOSTS": "victor.example",
    "SECRET_KEY": "production-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "FIELD_KEYS": Fernet.generate_key().decode(),
    "AUDIT_KEY": "production-0123456789-abcdefghijklm",
    "RECEIPT_KEY": "production-0123456789-nopqrstuvwxyz",
    "DUPLICATES_KEY": "production-0123456789-zyxwvutsrqpon",
    "FACTS_KEY": "production-0123456789-mlkjihgfedcba",
    "DATABASE_URL": "postgres://victor:secret@localhost:1/victor",
    "BROKER_URL": "redis://localhost:1/0",
    "CACHE_URL": "redis://localhost:1/1",
    "EMAIL_URL": "smtp+tls://victor:secret@localhost:587",
    "DEFAULT_FROM_EMAIL": "VICTOR <victor@victor.example>",
}
ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run a command of Django's in that environment; a change to None takes a variable away."""
    variables = {"PATH": os.environ["PATH"]} | PRODUCTION | changes
    given = {name: value for name, value in variables.items() if value is not None}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    done = manage(*sys.argv[1:])
    print(done.stdout, done.stderr, sep="", end="")
    sys.exit(done.returncode)
