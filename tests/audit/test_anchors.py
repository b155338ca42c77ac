"""The log is anchored outside the database: an earlier end that is put back is found (finding 10)."""

from __future__ import annotations

import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.plugins.truncation import unguarded
from victor.access import System
from victor.audit.actions import record
from victor.audit.anchors import Anchor, anchors_file, current_head, find_moved_anchors, stored_lines
from victor.audit.models import Chain, Entry
from victor.audit.periodic import anchor
from victor.audit.verification import find_faults
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
CLOCK = System("test")


@pytest.fixture(autouse=True)
def state(settings, tmp_path) -> None:
    """A state folder of this test."""
    settings.STATE_ROOT = tmp_path / "state"


def write(count: int) -> None:
    for number in range(count):
        record("test.done", f"thing:{number}", by=CLOCK)


def verify(*lines: str) -> str:
    output = StringIO()
    call_command("verify_audit", *(f"--anchor={line}" for line in lines), stdout=output, stderr=output)
    return output.getvalue()


def put_back(end: Chain) -> None:
    """What who owns the database does: delete the newest entries, and put an earlier end with its genuine seal back."""
    with unguarded():
        Entry.objects.filter(sequence__gt=end.length).delete()
        Chain.objects.filter(id=1).update(length=end.length, digest=end.digest, seal=end.seal)


def test_put_back_earlier_end_is_found_by_the_anchor_only():
    """Finding 10."""
    write(3)
    end = Chain.objects.get()
    write(2)
    last = anchor()
    put_back(end)
    assert list(find_faults()) == []
    with pytest.raises(CommandError, match=f"entry {last} was there at .* and is missing"):
        verify()


def test_put_back_earlier_end_and_write_on_is_found():
    """Finding 10: other entries in the place of those that were deleted have other checksums."""
    write(3)
    end = Chain.objects.get()
    write(2)
    last = anchor()
    put_back(end)
    write(9)
    with pytest.raises(CommandError, match=f"entry {last} was another at"):
        verify()


def test_put_back_earlier_end_is_found_by_the_line_on_paper():
    """Finding 10: without the file, what was printed once is enough."""
    write(3)
    end = Chain.objects.get()
    write(2)
    printed = StringIO()
    call_command("audit_head", stdout=printed)
    put_back(end)
    with pytest.raises(CommandError, match="is missing"):
        verify(printed.getvalue().strip())


def test_whole_log_fits_every_anchor_of_before():
    write(1)
    anchor()
    write(5)
    anchor()
    assert "It fits 2 anchors." in verify()


def test_log_without_an_anchor_says_what_is_not_noticed():
    write(1)
    assert "There is no anchor to compare with" in verify()


@pytest.mark.parametrize("changed", [lambda line: line.replace(" 3 ", " 2 "), lambda line: line[:-1], lambda line: "x"])
def test_anchor_that_was_altered_is_told(changed):
    write(3)
    assert "altered, or is none" in next(find_moved_anchors([changed(current_head().line())]))


def test_anchor_reads_its_own_line():
    write(1)
    head = current_head()
    assert Anchor.from_line(head.line()) == head


def test_anchor_file_is_for_the_portal_alone():
    write(1)
    anchor()
    assert anchors_file().stat().st_mode & 0o777 == 0o600
    assert anchors_file().parent.stat().st_mode & 0o777 == 0o700


def test_anchor_goes_to_the_address_and_the_server_of_the_settings(settings):
    """Finding 10: another machine has it too."""
    write(1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)
        settings.AUDIT_SYSLOG = f"127.0.0.1:{server.getsockname()[1]}"
        settings.AUDIT_ANCHOR_EMAIL = "auditor@elsewhere.example"
        anchor()
        assert stored_lines()[0].encode() in server.recv(4096)
    assert stored_lines()[0] in Message.objects.get(recipient="auditor@elsewhere.example").text


def test_anchor_of_an_empty_log_notes_nothing():
    assert anchor() == 0
    assert stored_lines() == []
