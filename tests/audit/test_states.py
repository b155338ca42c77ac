"""What the audit log records has words for people, whatever is recorded."""

from __future__ import annotations

import csv
from pathlib import Path

from victor.audit.states import DEEDS, Deed, deed_in_words

STORED_NAMES = Path(__file__).parents[1] / "stored_names.tsv"


def test_every_action_of_the_log_has_words():
    with STORED_NAMES.open(newline="") as lines:
        rows = [row["name"] for row in csv.DictReader(lines, delimiter="\t") if row["kind"].startswith("action")]
    assert [name for name in rows if "{" not in name and deed_in_words(name) == name] == []


def test_every_action_of_a_case_or_a_referral_has_words_of_its_own():
    general = {str(deed.label) for deed in Deed}
    with STORED_NAMES.open(newline="") as lines:
        rows = [row["name"] for row in csv.DictReader(lines, delimiter="\t") if row["kind"] == "action"]
    own = [name for name in rows if name.startswith(("case.", "referral.", "package.")) and "{" not in name]
    assert [name for name in own if deed_in_words(name) in general] == []


def test_every_deed_is_its_own_code():
    assert all(DEEDS[deed.value] == deed for deed in Deed)


def test_count_of_an_hour_says_what_was_counted():
    assert deed_in_words("account.login_failed.more") == "refused"


def test_code_without_words_stays_as_it_is():
    assert deed_in_words("thing.unheard_of") == "thing.unheard_of"
