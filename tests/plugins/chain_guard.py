"""A test fails when something slow runs while the audit chain is locked, or rows that others need.

The chain is one row that every writer waits for. From the statement that locks a row until the transaction ends, no
template renders, no file is decoded, cleaned or scanned, Typst compiles nothing and no Argon2 runs
(docs/architecture.md, rule 1).

Where a test has a transaction of its own around the code (Django's test case, `with transaction.atomic()` in tests/),
that one does not count: the transaction of the code is the outermost block that the code has entered itself.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = tuple(f"{ROOT}/{folder}/" for folder in ("victor", "partners", "desks", "trainings", "campaigns"))
OF_TESTS = (f"{ROOT}/tests/", "/django/test/testcases.py")
CHAIN, ROWS = "the audit chain", "rows"
LOCKS_CHAIN = re.compile(r"^(SELECT .* FOR (NO KEY )?UPDATE|UPDATE |INSERT )", re.DOTALL)
LOCKS_ROWS = re.compile(r"^(SELECT .* FOR (NO KEY )?UPDATE|UPDATE )", re.DOTALL)
# Rows for which nobody waits who does something else: where they are locked, and why that is so.
OWN_ROWS = {
    "victor/mail/sending.py": "the message that is sent; one sender at a time",
    "victor/vault/passphrases/actions.py": "one person's key: guesses of its passphrase wait for each other",
    "victor/vault/passphrases/tries.py": "the count of one person's wrong passphrases: the same",
}

# Tests that ask something each time slow work begins: they are called with what it is.
listeners: list[Callable[[str], None]] = []
violations: list[str] = []  # "<what> at <where>: <what is locked> since <where>"


class Lock(NamedTuple):
    """Where something was locked first, and in how many blocks."""

    place: str
    depth: int


class Hold(threading.local):
    """What a thread's connection holds: who entered each of its blocks, and what is locked."""

    def __init__(self) -> None:
        self.is_of_test: list[bool] = []
        self.locks: dict[str, Lock] = {}

    @property
    def is_transaction(self) -> bool:
        """Whether the code has entered a block: outside of one, a lock ends with its statement."""
        return not all(self.is_of_test)

    def leave(self, *, failed: bool) -> None:
        """A block ends. With the outermost, all locks end; with one that failed, those that were taken inside."""
        if self.is_of_test:
            self.is_of_test.pop()
        depth = len(self.is_of_test)
        if not self.is_transaction:
            self.locks.clear()
        for kind, lock in list(self.locks.items()):
            if failed and lock.depth > depth:
                del self.locks[kind]
            else:
                self.locks[kind] = lock._replace(depth=min(lock.depth, depth))


HOLD = Hold()


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(2)
    while frame:
        yield frame
        frame = frame.f_back


def _is_story() -> bool:
    """Whether the demo's stories are played, each in one transaction: before anybody comes, so nobody waits."""
    return any(frame.f_code.co_filename.endswith("victor/stories.py") for frame in _frames())


def _place(skip: str = "") -> str:
    """The innermost line of ours, as `path:line function`."""
    for frame in _frames():
        name = frame.f_code.co_filename
        if name.startswith(OURS) and not (skip and name.endswith(skip)):
            return f"{Path(name).relative_to(ROOT)}:{frame.f_lineno} {frame.f_code.co_name}"
    return "a test"


def _watch_transactions() -> None:
    from django.db.transaction import Atomic  # noqa: PLC0415 - settings are ready only now

    enter, leave = Atomic.__enter__, Atomic.__exit__

    def __enter__(self: Atomic) -> None:  # noqa: N807
        enter(self)
        caller = sys._getframe(1).f_code.co_filename
        HOLD.is_of_test.append(any(part in caller for part in OF_TESTS))

    def __exit__(self: Atomic, exc_type: Any, *rest: Any) -> None:  # noqa: N807
        HOLD.leave(failed=exc_type is not None)
        leave(self, exc_type, *rest)

    Atomic.__enter__, Atomic.__exit__ = __enter__, __exit__  # type: ignore[method-assign]


def _note_lock(sql: str) -> None:
    is_of_chain = '"audit_chain"' in sql
    kind = CHAIN if is_of_chain else ROWS
    if kind in HOLD.locks or not (LOCKS_CHAIN if is_of_chain else LOCKS_ROWS).match(sql):
        return
    place = _place(skip="audit/actions.py")
    if is_of_chain or not place.startswith(tuple(OWN_ROWS)):
        HOLD.locks[kind] = Lock(place, len(HOLD.is_of_test))


def _watch_statements() -> None:
    from django.db.backends.utils import CursorWrapper  # noqa: PLC0415 - settings are ready only now

    execute = CursorWrapper._execute_with_wrappers

    def _execute_with_wrappers(self: CursorWrapper, sql: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(sql, str) and HOLD.is_transaction:
            _note_lock(sql)
        return execute(self, sql, *args, **kwargs)

    CursorWrapper._execute_with_wrappers = _execute_with_wrappers


def guarded(function: Callable[..., Any], what: str) -> Callable[..., Any]:
    """The same function, which tells the listeners, and notes that it ran while something was locked."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        for listen in listeners:
            listen(what)
        name = getattr(args[0], "name", "") if args and what == "a template" else ""
        locks = {} if _is_story() else HOLD.locks
        for kind, lock in locks.items():
            violations.append(f"{what} {name or ''} at {_place()}: {kind} locked since {lock.place}")
        return function(*args, **kwargs)

    run.is_guarded = True  # type: ignore[attr-defined]
    return run


def _guard(owner: Any, name: str, what: str) -> None:
    """Put the guarded function in the place of the real one, and wherever one of our modules has imported it."""
    original = getattr(owner, name)
    replacement = guarded(original, what)
    setattr(owner, name, replacement)
    for module in list(sys.modules.values()):
        if getattr(module, "__file__", None) and str(module.__file__).startswith(OURS):
            for alias in [alias for alias, value in vars(module).items() if value is original]:
                setattr(module, alias, replacement)


def _watch_slow_work() -> None:
    # Settings are ready only now; what is imported here is imported by the code as well.
    import zipfile  # noqa: PLC0415

    import nacl.bindings  # noqa: PLC0415
    import pypdfium2  # noqa: PLC0415
    import typst  # noqa: PLC0415
    from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: PLC0415
    from django.template.base import Template  # noqa: PLC0415
    from PIL import Image, ImageFile  # noqa: PLC0415

    import victor.urls  # noqa: F401, PLC0415 - loads every module that may have imported one of these
    from desks.intake.receipt_keys import DerivationThreads  # noqa: PLC0415
    from victor.files import antivirus, sandbox  # noqa: PLC0415

    _guard(Template, "render", "a template")
    _guard(Image, "open", "a decoder")
    _guard(ImageFile.ImageFile, "load", "a decoder")
    _guard(pypdfium2.PdfDocument, "__init__", "a decoder")
    _guard(zipfile.ZipFile, "__init__", "a decoder")
    _guard(nacl.bindings, "crypto_pwhash_alg", "Argon2")
    _guard(DerivationThreads, "derive", "Argon2")  # the binding itself runs in a thread of its own
    _guard(Argon2PasswordHasher, "encode", "Argon2")
    _guard(Argon2PasswordHasher, "verify", "Argon2")
    _guard(sandbox, "run_in_sandbox", "a reader of files")
    _guard(antivirus, "is_infected", "a virus scan")
    _guard(typst, "compile", "Typst")


def pytest_sessionstart() -> None:
    """Wrap the real entry points, once a process."""
    _watch_transactions()
    _watch_statements()
    _watch_slow_work()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Fail the test in which it happened; what a fixture did counts as well."""
    yield
    if seen := sorted(set(violations)):
        pytest.fail("something slow ran while others waited:\n" + "\n".join(seen), pytrace=False)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Each test begins with a clean list."""
    violations.clear()
