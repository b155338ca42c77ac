"""Buttons of the workspace begin with one of twenty verbs: one act has one name on every page."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
BUTTON = re.compile(r'<button(?:[^>{]|\{[{%].*?[%}]\})*>\{% translate "([^"]+)"')
DIRECTORIES = ("desks/desk", "desks/handovers", "desks/inbox", "desks/retention", "trainings/mailings")
DIRECTORIES += ("trainings/participants", "trainings/planning", "workspace/pictures", "workspace/texts")
# Words of one page alone, and what is no act: the ways on and back, what somebody else says, what shows something.
OTHERS = {"Ask", "Back", "Complete", "Continue", "Correct", "Insert", "Keep", "Legal", "Lift", "Offer"}
OTHERS |= {
    "Prepare",
    "Preview",
    "Register",
    "Set",
    "Show",
    "Stop",
    "The",
    "Try",
    "Use",
    "Withdraw",
}


def verbs() -> set[str]:
    """The first column of the table in the glossary."""
    text = (ROOT / "docs" / "glossary.md").read_text()
    table = text[text.index("## The verbs of the buttons") : text.index("Register, Issue")]
    return set(re.findall(r"^\| ([A-Z]\w+) \|", table, re.MULTILINE))


def labels() -> set[tuple[str, str]]:
    paths = [path for name in DIRECTORIES for path in (ROOT / "templates" / name).glob("*.html")]
    own = [path for path in paths if not path.name.startswith(("own_", "_own", "_question", "questions", "leave"))]
    return {(path.name, label) for path in own for label in BUTTON.findall(path.read_text())}


def test_glossary_has_twenty_verbs():
    assert len(verbs()) == 20


def test_button_begins_with_a_verb_of_the_glossary():
    known = verbs() | OTHERS
    assert {(path, label) for path, label in labels() if label.split()[0] not in known} == set()


def test_words_beside_the_verbs_are_all_in_use():
    first = {label.split()[0] for _path, label in labels()}
    assert OTHERS - first == set()
