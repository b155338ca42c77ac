"""What a browser is told of a file that it saves."""

from __future__ import annotations

import pytest

from victor.files.downloads import PDF, answer_with_file, stream_file

HEADERS = ["Content-Disposition", "X-Content-Type-Options", "Cache-Control"]


@pytest.mark.parametrize("answer", [answer_with_file("a.pdf", b"%PDF-", PDF), stream_file("a.pdf", iter([b"%PDF-"]))])
def test_file_is_saved_and_kept_in_no_cache(answer):
    assert [answer[name] for name in HEADERS] == ['attachment; filename="a.pdf"', "nosniff", "no-store"]


def test_name_with_odd_characters_ends_no_header():
    answer = answer_with_file('αρ"χείο\n.pdf', b"")
    assert "\n" not in answer["Content-Disposition"]
