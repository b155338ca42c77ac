"""What a browser is told of a file that it saves."""

from __future__ import annotations

import pytest

from tests.test_architecture import OURS, relative
from victor.files.downloads import PDF, answer_with_file, stream_file

HEADERS = ["Content-Disposition", "X-Content-Type-Options", "Cache-Control"]


@pytest.mark.parametrize("answer", [answer_with_file("a.pdf", b"%PDF-", PDF), stream_file("a.pdf", iter([b"%PDF-"]))])
def test_file_is_saved_and_kept_in_no_cache(answer):
    assert [answer[name] for name in HEADERS] == ['attachment; filename="a.pdf"', "nosniff", "no-store"]


def test_name_with_odd_characters_ends_no_header():
    answer = answer_with_file('αρ"χείο\n.pdf', b"")
    assert "\n" not in answer["Content-Disposition"]


PUBLIC = {
    "campaigns/materials/views.py": "materials for everybody",
    "trainings/seminars/views.py": "materials of seminars, most of them for everybody",
    "victor/pictures/views.py": "pictures of pages",
    "victor/files/downloads.py": "the door itself",
}


def test_files_that_are_not_for_everybody_leave_by_this_door_alone():
    sending = {relative(path) for path in OURS if "FileResponse(" in path.read_text()}
    assert sending == set(PUBLIC), "call answer_with_stored_file"
