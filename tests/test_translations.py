"""The interface speaks eight languages, each whole: a string without its seven translations is unfinished."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import polib
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

LANGUAGES = [code for code, _ in settings.CONTENT_LANGUAGES if code != "en"]
PLURALS = {"el": 2, "bg": 2, "ro": 3, "sl": 4, "sr": 3, "hu": 2, "uk": 4}
SCRIPTS = {"el": "Ͱ-Ͽἀ-῿", "bg": "Ѐ-ӿ", "sr": "Ѐ-ӿ", "uk": "Ѐ-ӿ"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")
MISTAKES = {
    "ro": re.compile("[şţŞŢ]"),
    "uk": re.compile("[ыэъё]"),
    "bg": re.compile("[ыэё]"),
    "sr": re.compile("[йыэщъьё]"),
}
SOURCES = ["victor", "partners", "desks", "trainings", "campaigns", "templates"]
# Names and terms that are the same in every language.
UNCHANGED = re.compile(r"^(VICTOR|SEEC|SELEC|HTML|ICMEC|URL|(?:%\(\w+\)[ds]|[\d\W])*)$")


def path(language: str) -> Path:
    return settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


@cache
def entries(language: str) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path(language))) if not entry.obsolete]


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_whole(language, figure):
    messages = entries(language)
    missing = [entry.msgid for entry in messages if not all(forms(entry)) or "fuzzy" in entry.flags]
    figure(f"interface strings in {language}", f"{len(messages) - len(missing)} of {len(messages)}", "")
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_the_plural_forms_of_its_language(language):
    wrong = [
        entry.msgid for entry in entries(language) if entry.msgid_plural and len(forms(entry)) != PLURALS[language]
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_keeps_every_placeholder(language):
    wrong = [
        entry.msgid
        for entry in entries(language)
        for form in forms(entry)
        if not entry.msgid_plural and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(form))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_passes_babels_checks(language):
    with path(language).open("rb") as lines:
        catalogue: Catalog = read_po(lines, locale=language)
    assert [(message.id, errors) for message, errors in catalogue.check()] == []


@pytest.mark.parametrize("language", SCRIPTS)
def test_catalogue_is_written_in_its_script(language):
    letters = re.compile(f"[{SCRIPTS[language]}]")
    foreign = [
        entry.msgid
        for entry in entries(language)
        if not letters.search(" ".join(forms(entry))) and not UNCHANGED.match(entry.msgid)
    ]
    assert foreign == []


@pytest.mark.parametrize("language", MISTAKES)
def test_catalogue_has_no_letter_of_another_alphabet(language):
    wrong = [form for entry in entries(language) for form in forms(entry) if MISTAKES[language].search(form.lower())]
    assert wrong == []


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> set[tuple[str | None, str]]:
    """The strings of code and templates, extracted anew from a copy."""
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is missing: install gettext to compare the catalogues with the code")
    folder = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        shutil.copytree(settings.BASE_DIR / name, folder / name, ignore=shutil.ignore_patterns("vendor", "__pycache__"))
    (folder / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale=el", "--no-location", "--verbosity=0"]
    subprocess.run(command, cwd=folder, check=True, env=os.environ | {"PYTHONPATH": str(folder)})
    catalogue = polib.pofile(str(folder / "locale" / "el" / "LC_MESSAGES" / "django.po"))
    return {(entry.msgctxt, entry.msgid) for entry in catalogue}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_the_strings_of_the_code_and_no_others(language, extracted):
    assert {(entry.msgctxt, entry.msgid) for entry in entries(language)} == extracted
