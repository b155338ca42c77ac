"""Files stay in memory; those beyond the limits are let pass by, and named."""

from __future__ import annotations

import ast
import tempfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory

from victor.files import upload_handlers
from victor.files.upload_handlers import checked_uploads_in_memory, uploads_in_memory

IN_MEMORY = {"uploads_in_memory", "checked_uploads_in_memory"}


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


def post_to_checked(token: str) -> list[int]:
    """How large the file is that comes to a view which asks for a token; none where the view is not reached."""
    sizes: list[int] = []

    @checked_uploads_in_memory
    def view(request):
        sizes.append(request.FILES["files"].size)
        return

    file = SimpleUploadedFile("a.bin", bytes(5 * upload_handlers.MEGABYTE))
    request = RequestFactory().post("/", {"files": file, "csrfmiddlewaretoken": token})
    request.COOKIES[settings.CSRF_COOKIE_NAME] = "a" * 32
    CsrfViewMiddleware(view).process_view(request, view, (), {})
    view(request)
    return sizes


def test_checked_form_with_its_token_stays_in_memory():
    assert post_to_checked("a" * 32) == [5 * upload_handlers.MEGABYTE]


@pytest.mark.django_db
def test_checked_form_with_another_token_is_refused():
    assert post_to_checked("b" * 32) == []


def called_in(function: ast.AST) -> set[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.id for call in calls if isinstance(call, ast.Name)}


def takes_files(name: str, functions: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function reads files, by itself or by a function of its module."""
    attributes = {node.attr for node in ast.walk(functions[name]) if isinstance(node, ast.Attribute)}
    others = (called_in(functions[name]) & set(functions)) - seen - {name}
    return "FILES" in attributes or any(takes_files(other, functions, seen | {name}) for other in others)


@pytest.mark.parametrize("folder", ["desks", "trainings/participants", "trainings/certificates"])
def test_view_that_takes_confidential_files_keeps_them_in_memory(folder):
    careless = []
    for path in sorted((settings.BASE_DIR / folder).rglob("*views.py")):
        parsed = ast.parse(path.read_text()).body
        functions = {node.name: node for node in parsed if isinstance(node, ast.FunctionDef)}
        for name, function in functions.items():
            decorators = {node.id for node in function.decorator_list if isinstance(node, ast.Name)}
            is_careless = function.decorator_list and not decorators & IN_MEMORY and takes_files(name, functions)
            careless += [(path.name, name)] if is_careless else []
    assert careless == []
