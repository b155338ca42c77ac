"""Files stay in memory; those beyond the limits are let pass by, and named."""

from __future__ import annotations

import tempfile

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from victor.files import upload_handlers
from victor.files.upload_handlers import uploads_in_memory


@uploads_in_memory
def received(request):
    """What arrives at a view."""
    return request, request.FILES.getlist("files"), request.POST.get("text"), request.rejected_files


def send(*sizes: int):
    files = [SimpleUploadedFile(f"{number}.bin", bytes(size)) for number, size in enumerate(sizes)]
    return received(RequestFactory().post("/", {"files": files, "text": "words"}))


@pytest.fixture(autouse=True)
def no_disk(monkeypatch, settings, tmp_path) -> None:
    """Temporary files have no folder: whoever writes one fails."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    monkeypatch.setattr(tempfile, "tempdir", settings.FILE_UPLOAD_TEMP_DIR)


def test_write_temporary_file_fails_here():
    with pytest.raises(FileNotFoundError):
        tempfile.mkstemp()


def test_large_file_stays_in_memory():
    _request, files, _text, rejected_files = send(5 * upload_handlers.MEGABYTE)
    assert [(type(each), each.size, len(each.read())) for each in files] == [
        (InMemoryUploadedFile, 5 * upload_handlers.MEGABYTE, 5 * upload_handlers.MEGABYTE)
    ]
    assert rejected_files == []


def test_too_large_and_too_many_are_named_and_the_words_arrive(monkeypatch):
    monkeypatch.setattr(upload_handlers, "MAX_FILE_BYTES", 1000)
    _request, files, text, rejected_files = send(10, 1001, 10, 10, 10, 10)
    assert [each.name for each in files] == ["0.bin", "2.bin", "3.bin", "4.bin"]
    assert text == "words"
    assert rejected_files == ["1.bin", "5.bin"]


def test_too_much_at_once_is_let_pass_by(monkeypatch):
    monkeypatch.setattr(upload_handlers, "MAX_TOTAL_BYTES", 1500)
    _request, files, _text, rejected_files = send(1000, 1000, 400)
    assert [each.name for each in files] == ["0.bin", "2.bin"]
    assert rejected_files == ["1.bin"]
