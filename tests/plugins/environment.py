"""The environment of tests and linters. `python -m tests.plugins.environment <command…>` runs a command in it."""

import os
import sys

TEST_ENVIRONMENT = {
    "DEMO": "yes",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SECRET_KEY": "only-for-tests-" * 4,
    "FIELD_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMTI=",
    "AUDIT_KEY": "only-for-tests-" * 3,
    "RECEIPT_KEY": "only-for-tests-" * 3,
    "DUPLICATES_KEY": "only-for-tests-" * 3,
    "FACTS_KEY": "only-for-tests-" * 3,
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "LOG_LEVEL": "error",
    "DJANGO_SETTINGS_MODULE": "victor.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # the browser's driver runs a loop in the thread of the test
}
# For commands that import the settings but ask no server.
NOWHERE = {
    "DATABASE_URL": "postgres://nobody@localhost:1/nothing",
    "BROKER_URL": "redis://localhost:1/0",
    "CACHE_URL": "redis://localhost:1/1",
}

if __name__ == "__main__":
    os.execvpe(sys.argv[1], sys.argv[1:], NOWHERE | os.environ | TEST_ENVIRONMENT)
