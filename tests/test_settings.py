"""Production starts with all it needs and nothing that must not be there; each variable is documented."""

import re

import pytest
from django.conf import settings

from tests.plugins.production import PRODUCTION, manage
from victor.settings import env

EMBEDDED = {"PORT", "VICTOR_VAR", "LOCAL_PG_BIN"}


def test_check_deploy_of_production_is_clean():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.parametrize("name", PRODUCTION)
def test_start_without_a_variable_of_production_is_refused_by_name(name):
    done = manage("check", **{name: None})
    assert done.returncode != 0
    assert f"{name}: " in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", "yes", "expected off in production"),
        ("ALLOWED_HOSTS", "*", "without wildcards"),
        ("ALLOWED_HOSTS", ".victor.example", "without wildcards"),
        ("SITE_URL", "http://victor.example", "expected an address that begins with https://"),
        ("SECRET_KEY", "short", "is too short"),
        ("HELP_LINE_MAX_AGE_DAYS", "never", "expected a whole number from 1 up"),
        ("LOG_LEVEL", "loud", "expected one of debug, info, warning, error"),
    ],
)
def test_start_of_production_with_what_must_not_be_is_refused(name, value, expected):
    done = manage("check", **{name: value})
    assert done.returncode != 0
    assert re.search(rf"{name}: .*{expected}", done.stderr)


def test_each_variable_is_documented_and_no_other():
    text = (settings.BASE_DIR / "docs" / "configuration.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", text, re.MULTILINE))
    assert documented == set(env.asked) | EMBEDDED
