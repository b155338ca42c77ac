"""The data files are read whole; a fault names file, line and reason, and changes nothing."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command

from partners.directory.models import Country, Network, Organisation
from partners.help_lines.actions import load_partnership
from partners.help_lines.data_files import read_partnership
from partners.help_lines.models import HelpLine
from partners.management.commands.load_partnership import DATA
from tests.bundled import with_partnership
from victor.access import System

pytestmark = pytest.mark.django_db
SYSTEM = System("test")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copytree(DATA, tmp_path / "data")


@with_partnership
def test_load_real_files_holds_the_partnership():
    counts = [model.objects.count() for model in (Organisation, Country, Network)]
    assert counts == [13, 15, 1]
    assert list(Country.objects.in_partnership().values_list("code", flat=True)) == [
        *("GR", "BG", "RO", "MD", "SI", "UA", "RS", "HU")
    ]


@with_partnership
def test_load_twice_changes_nothing():
    assert load_partnership(read_partnership(DATA), by=SYSTEM) == {}


@with_partnership
def test_load_again_keeps_what_was_edited():
    Organisation.objects.filter(slug="astra").update(city_en="Novi Sad")
    load_partnership(read_partnership(DATA), by=SYSTEM)
    assert Organisation.objects.get(slug="astra").city_en == "Novi Sad"


@with_partnership
def test_load_with_update_brings_back_the_files():
    Organisation.objects.filter(slug="astra").update(city_en="Novi Sad")
    load_partnership(read_partnership(DATA), by=SYSTEM, update=True)
    assert Organisation.objects.get(slug="astra").city_en == "Belgrade"


@pytest.mark.parametrize(
    ("file", "text", "other", "reason"),
    [
        ("organisations", "category: coordinator", "category: charity", "category: "),
        ("organisations", "country: GR", "country: XX", "country: XX is not known"),
        ("help_lines", "  confidence: high\n", "  confidence: sure\n", "confidence: "),
        ("help_lines", "dial: ", "dail: ", "dail is not a field of help_lines"),
        ("countries", "  name:", "  name: [", "expected"),
        ("networks", "opened_on: '2010-10-11'", "opened_on: '2010-13-11'", "opened_on: "),
    ],
)
def test_load_bad_file_names_line_and_reason_and_changes_nothing(folder, file, text, other, reason):
    path = folder / f"{file}.yaml"
    content = path.read_text()
    line = content[: content.index(text)].count("\n") + 1
    path.write_text(content.replace(text, other, 1))
    with pytest.raises(CommandError) as refusal:
        call_command("load_partnership", folder=folder)
    message = str(refusal.value)
    assert message.startswith(f"{file}.yaml, line ")
    assert reason in message
    assert abs(int(message.split("line ")[1].split(":")[0]) - line) <= 2  # a parser notices a broken line at the next
    assert not Country.objects.exists()


def test_load_missing_language_names_it(folder):
    path = folder / "countries.yaml"
    lines = path.read_text().splitlines()
    lines.remove(next(line for line in lines if line.strip().startswith("sl: ")))
    path.write_text("\n".join(lines))
    with pytest.raises(CommandError, match=r"countries\.yaml, line \d+: name: the text in sl is missing"):
        call_command("load_partnership", folder=folder)


def test_read_checks_dates_as_exactly_as_they_are_known():
    load_partnership(read_partnership(DATA), by=SYSTEM)
    precisions = set(HelpLine.objects.exclude(last_checked=None).values_list("check_precision", flat=True))
    assert precisions == {"month", "year"}
