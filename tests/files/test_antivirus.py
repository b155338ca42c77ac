"""The scanner is asked in its own protocol; without an answer a file is neither called clean nor infected."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scanner import scanner
from victor.files.antivirus import is_infected

EICAR = b"harmful" * 30_000


@pytest.mark.parametrize(
    ("answer", "infected"),
    [(b"stream: OK\0", False), (b"stream: Eicar FOUND\0", True), (b"INSTREAM size limit exceeded. ERROR\0", None)],
)
def test_ask_scanner_reads_its_answer(settings, tmp_path, answer, infected):
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    with scanner(settings.CLAMAV_SOCKET, answer):
        assert is_infected(EICAR) is infected


def test_ask_scanner_sends_the_whole_file(settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    with scanner(settings.CLAMAV_SOCKET) as daemon:
        is_infected(EICAR)
    assert daemon.content == EICAR


def test_scanner_that_is_not_there_leaves_it_open(settings, tmp_path: Path):
    assert is_infected(EICAR) is None
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    assert is_infected(EICAR) is None
