"""Buttons of the staff's pages begin with one of twenty verbs: one act has one name on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
BUTTON = re.compile(r'<button(?:[^>{]|\{[{%].*?[%}]\})*>\{% translate "([A-Z][^"]*)"')
LABEL = re.compile(r'label=_\("([^"]+)"\)')
VERB = re.compile(r'verb=_\("([^"]+)"\)|gettext_noop\("((?:Add|Remove|Give|Take|Make) [^"?]+)"\)')
STAFF = re.compile(r'extends "(?:base_workspace|elements/confirm|mfa/\w+|account/base_manage\w*|usersessions/\w+)')
PUBLIC = 'extends "base.html"'
APPS = ("victor", "partners", "desks", "trainings", "campaigns")
# Words of one page alone, and what is no act: the ways on and back, what somebody else says, what shows something.
OTHERS = {
    "Apply",
    "Ask",
    "Back",
    "Compare",
    "Confirm",
    "Continue",
    "Finish",
    "Hide",
    "I",
    "Insert",
    "It",
    "Legal",
    "No",
    "Perhaps",
    "Lift",
    "Log",
    "Preview",
    "Request",
    "Search",
    "Set",
    "Show",
    "Sign",
    "Stop",
    "The",
    "Try",
    "Unlock",
    "Use",
    "Verify",
    "Yes",
    "Yes,",
}


def verbs() -> set[str]:
    """The first column of the table in the glossary."""
    text = (ROOT / "docs" / "glossary.md").read_text()
    table = text[text.index("## The verbs of the buttons") : text.index("Register, Issue")]
    return set(re.findall(r"^\| ([A-Z]\w+) \|", table, re.MULTILINE))


def words_of_pages() -> set[str]:
    """What the glossary names as the words of their pages alone."""
    text = (ROOT / "docs" / "glossary.md").read_text()
    sentence = text[text.index("Register, Issue") : text.index("are the words of their pages alone")]
    return set(re.findall(r"[A-Z]\w+", sentence))


def staff_templates() -> Iterator[Path]:
    """The pages of the staff, and the parts in their folders. Parts beside pages of both kinds name their readers."""
    texts = {path: path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))}
    staffed = {path.parent for path, text in texts.items() if STAFF.search(text)}
    public = {path.parent for path, text in texts.items() if PUBLIC in text}
    for path, text in texts.items():
        is_public = PUBLIC in text or (path.parent.name == "intake" and path.name.startswith("_"))
        is_own = path.name.startswith(("_own", "_question"))
        if (path.parent in staffed or path.parent not in public) and not is_public and not is_own:
            yield path


def labels() -> set[tuple[str, str]]:
    texts = [(path.name, path.read_text()) for path in staff_templates()]
    written = [(name, label) for name, text in texts for kind in (BUTTON, LABEL) for label in kind.findall(text)]
    modules = [path for app in APPS for path in (ROOT / app).rglob("*views.py")]
    asked = [(path.name, "".join(pair)) for path in modules for pair in VERB.findall(path.read_text())]
    return {*written, *asked}


def test_glossary_has_twenty_verbs():
    assert len(verbs()) == 20


def test_button_begins_with_a_verb_of_the_glossary():
    known = verbs() | words_of_pages() | OTHERS
    assert {(path, label) for path, label in labels() if label.split()[0] not in known} == set()


def test_words_beside_the_verbs_are_all_in_use():
    first = {label.split()[0] for _path, label in labels()}
    assert OTHERS - first == set()
