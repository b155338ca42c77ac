"""What reads a hostile file may crash, hang, fill memory and look around: nothing else comes to harm."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest

from tests.connections import call_at_once
from tests.files.hostile_files import HOSTILE, film_of_many_chunks
from tests.files.metadata import samples
from tests.sampling import sampled
from victor.files import sandbox
from victor.files.metadata.copies import make_clean_copy
from victor.files.metadata.errors import NoCopy
from victor.files.sandbox import SandboxFailed, run_in_sandbox

MEGABYTE = 1024 * 1024
SLACK = 5.0  # seconds for a start on a busy machine


@pytest.fixture
def misbehaving(monkeypatch):
    """A process that does what the file says."""
    monkeypatch.setattr(sandbox, "ENTRY", Path(__file__).with_name("hostile_reader.py"))


@pytest.mark.parametrize("deed", ["abort", "fill memory", "fill output", "say nothing", "say nonsense"])
def test_process_that_ends_badly_is_one_refusal(misbehaving, deed):
    with pytest.raises(SandboxFailed):
        run_in_sandbox("copy", deed.encode())


@pytest.mark.parametrize("deed", ["loop", "sleep"])
def test_process_is_ended_when_its_time_is_over(misbehaving, deed):
    began = time.monotonic()
    with pytest.raises(SandboxFailed):
        run_in_sandbox("copy", deed.encode(), seconds=1)
    assert time.monotonic() - began < 1 + SLACK
    assert not [child for child in psutil.Process().children() if "hostile_reader" in " ".join(child.cmdline())]


def test_process_ends_by_its_use_of_the_processor(misbehaving, monkeypatch):
    monkeypatch.setattr(sandbox, "CPU_SECONDS", 1)
    with pytest.raises(SandboxFailed):
        run_in_sandbox("copy", b"loop")


def test_process_opens_no_file_and_no_connection_and_has_no_settings(misbehaving, monkeypatch):
    monkeypatch.setenv("AUDIT_KEY", "secret")
    about = run_in_sandbox("copy", b"look around").about
    assert about["opened"] == "OSError"
    assert about["connected"] == "OSError"
    assert "AUDIT_KEY" not in about["environment"]


def test_whoever_finds_all_places_taken_is_refused_at_once(misbehaving):
    waits = call_at_once(_refused_after, [time.monotonic()] * 8)
    assert sum(wait < 1 for wait in waits) >= 8 - sandbox.AT_ONCE - sandbox.WAITING
    assert max(waits) < 3 * 2 + SLACK


def _refused_after(began: float) -> float:
    with pytest.raises(SandboxFailed):
        run_in_sandbox("copy", b"sleep", seconds=3)
    return time.monotonic() - began


SLOW = {"PNG of 400 million points", "Word, 15 MB of elements"}


@pytest.mark.parametrize("name", sampled(HOSTILE, daily=HOSTILE.keys() - SLOW))
def test_hostile_file_costs_a_bounded_time_and_no_memory_of_ours(name, figure):
    content, process = HOSTILE[name](), psutil.Process()
    before, began = process.memory_info().rss, time.monotonic()
    try:
        outcome = f"a copy of {len(make_clean_copy(content).content):,} bytes"
    except NoCopy:
        outcome = "no copy"
    seconds, grown = time.monotonic() - began, (process.memory_info().rss - before) / MEGABYTE
    figure(f"hostile: {name}, {len(content):,} bytes", f"{outcome}, {seconds:.1f} s, {grown:.0f} MB of ours")
    assert seconds < sandbox.WALL_SECONDS + SLACK
    assert grown < 50


def test_film_of_many_chunks_is_read_in_one_walk():
    began = time.monotonic()
    assert make_clean_copy(film_of_many_chunks()).type == "video/mp4"
    assert time.monotonic() - began < SLACK


TRUNCATED = {form: maker() for form, maker in samples.SAMPLES.items()}


@pytest.mark.parametrize("form", TRUNCATED)
def test_file_that_is_cut_off_has_no_copy_or_one_that_ends_early(form):
    for share in (3, 10, 50, 90):
        content = TRUNCATED[form][: len(TRUNCATED[form]) * share // 100]
        try:
            copy = make_clean_copy(content)
        except NoCopy:
            continue
        assert samples.CANARY.encode() not in copy.content
