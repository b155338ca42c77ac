"""The rules of tests that a machine can see; each failure says what to do instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from tests.test_architecture import MODULES, relative

TESTS = {relative(path): ast.parse(path.read_text()) for path in MODULES if relative(path).startswith("tests/")}
# A thread that asks the database is started by tests/connections.py. These threads ask none:
THREADS = {
    "tests/bench/attacks.py": "attacks over HTTP",
    "tests/connections.py": "closes what its threads have opened",
    "tests/desks/duty/duty_gateway.py": "serves HTTP",
    "tests/desks/flood.py": "sends reports over HTTP",
    "tests/journeys/outside.py": "serves SOCKS",
    "tests/mail/sink.py": "serves SMTP",
    "tests/publications.py": "reads pages over HTTP",
    "tests/scanner.py": "serves the scanner's protocol",
    "tests/server/test_bodies.py": "runs loops",
}


def names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that is used, with its line: of a variable, of an attribute, of what is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.alias):
            yield node.name, node.lineno


def test_thread_is_started_where_its_connection_is_closed():
    threads = {"Thread", "ThreadPoolExecutor", "Timer"}
    using = {path for path, tree in TESTS.items() for name, _line in names(tree) if name in threads}
    assert using == set(THREADS), "use tests/connections.py"


# Nothing waits for time to pass, but:
SLEEPERS = {
    "tests/files/hostile_reader.py": "is a process that hangs",
    "tests/mail/sink.py": "is a mail server that takes its time",
    "tests/waiting.py": "is asked by all others to wait for something",
}


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call, with what is called: `time.sleep`, `wait_until`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def test_test_waits_for_something_and_does_not_sleep():
    sleeping = {path for path, tree in TESTS.items() for _call, name in calls(tree) if name.split(".")[-1] == "sleep"}
    assert sleeping == set(SLEEPERS), "use tests/waiting.py, or travel with the fixture `at`"


def sleeping_in_text(path: str, tree: ast.AST) -> Iterator[str]:
    """Lines that are run in a process of their own and sleep there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "time.sleep(" in node.value:
            yield f"{path}:{node.lineno}"


def test_code_for_another_process_does_not_sleep():
    places = [place for path, tree in TESTS.items() for place in sleeping_in_text(path, tree)]
    assert [place for place in places if not place.startswith("tests/test_tests.py")] == []


# What tests set elsewhere than in the settings: written constants of ours (limits, sizes of pages), and these.
REPLACED = {
    "app._pool": "Celery's connections to the broker before",
    "app.amqp._producer_pool": "Celery's connections to the broker before",
    "app.conf.broker_url": "a setting of Celery's",
    "app.conf.broker_write_url": "a setting of Celery's",
    "sys.executable": "an interpreter that is not there",
    "tempfile.tempdir": "a folder that is not there",
    "time.monotonic": "the clock, which runs while somebody would sleep",
    "time.sleep": "the clock: what would be waited is written down",
}


def replaced(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """What a test sets by `monkeypatch.setattr`, with its line."""
    for call, name in calls(tree):
        if name.endswith(".setattr"):
            first, *others = call.args
            parts = [part.value if isinstance(part, ast.Constant) else ast.unparse(part) for part in (first, *others)]
            yield parts[0] if isinstance(first, ast.Constant | ast.JoinedStr) else ".".join(parts[:2]), call.lineno


def test_test_replaces_nothing_of_ours():
    mocks = {
        f"{path}:{line} {name}"
        for path, tree in TESTS.items()
        for name, line in replaced(tree)
        if name not in REPLACED and not name.rpartition(".")[2].isupper()
    }
    assert mocks == set(), "bring the condition about: a broker that is down, a disk that is full, a setting"


def test_list_of_what_tests_replace_holds_no_other():
    used = {name for tree in TESTS.values() for name, _line in replaced(tree)}
    assert set(REPLACED) - used == set(), "take the line out"


def test_test_imports_no_mocks():
    importing = {path for path, tree in TESTS.items() for name, _line in names(tree) if name in {"mock", "MagicMock"}}
    assert importing == set()


def displays(node: ast.expr) -> bool:
    """Whether several values are written next to each other there: `(a, b)`, `[a, b]`."""
    return isinstance(node, ast.Tuple | ast.List) and len(node.elts) > 1


def test_assertion_states_one_fact():
    together = [
        f"{path}:{node.lineno}"
        for path, tree in TESTS.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and displays(node.left) and displays(node.comparators[0])
        if isinstance(node.ops[0], ast.Eq)
    ]
    assert together == [], "one assertion a fact: a failure then says which one it is"


# Asserts that look at the clock, in tests that have stopped it by a fixture of their module.
STOPPED = {"tests/trainings/attendance/test_views.py": "the fixture `today` travels to a moment of the seminar"}
CLOCKS = {"timezone.now", "timezone.localdate", "timezone.localtime", "time.time", "datetime.now", "date.today"}


def looking_at_the_clock(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Tests that assert something about now, and do not travel to a moment at which the clock stands still."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            asserts = [part for part in ast.walk(node) if isinstance(part, ast.Assert)]
            read = {name for part in asserts for _call, name in calls(part)}
            if read & CLOCKS and "at" not in {argument.arg for argument in node.args.args}:
                yield node


def test_test_that_asserts_a_moment_stops_the_clock():
    running = {path for path, tree in TESTS.items() if list(looking_at_the_clock(tree))}
    assert running == set(STOPPED), "travel with the fixture `at`: midnight may come in between"


def test_module_reads_no_clock_while_it_is_imported():
    """Its tests may run many minutes later, when something is overdue."""
    reading = {
        path
        for path, tree in TESTS.items()
        for statement in tree.body
        if isinstance(statement, ast.Assign) and {name for _call, name in calls(statement)} & CLOCKS
    }
    assert reading == set(), "write a moment down, and travel to it"


def measured_by_the_clock(tree: ast.AST) -> Iterator[int]:
    """Lines that take the time of something with the clock that a fixture may have stopped."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and isinstance(node.right, ast.Name):
            reads = isinstance(node.left, ast.Call) and ast.unparse(node.left.func) in CLOCKS
            if reads and node.right.id.islower():  # a constant is a duration, not a moment
                yield node.lineno


def test_duration_is_measured_by_a_counter():
    places = [f"{path}:{line}" for path, tree in TESTS.items() for line in measured_by_the_clock(tree)]
    assert places == [], "use time.perf_counter: travelling does not stop it"


# What a browser waits for by itself: the next page must be there before these succeed.
WAITING = {"expect", "fill", "check", "uncheck", "click", "press", "select_option", "set_input_files", "follow", "wait"}


def read_at_once(tree: ast.AST) -> Iterator[int]:
    """Lines that read a page, or leave it, right after a press that may open another one."""
    for node in ast.walk(tree):
        body = node.body if isinstance(node, ast.FunctionDef | ast.For | ast.With) else []
        for statement, following in pairwise(body):
            if ".click()" in ast.unparse(statement) and isinstance(statement, ast.Expr):
                names_called = {name.rpartition(".")[2] for _call, name in calls(following)}
                if not any(name.startswith(tuple(WAITING)) for name in names_called):
                    yield following.lineno


def test_journey_waits_for_the_page_that_a_press_opens():
    places = [f"{path}:{line}" for path, tree in TESTS.items() if "/journeys/" in path for line in read_at_once(tree)]
    assert places == [], "press by tests/journeys/browsing.py:follow, or expect something of the new page"


def fixtures_of_modules(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Each fixture that is made once a module, and again when a process comes back to the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any("scope='module'" in ast.unparse(d) for d in node.decorator_list):
            yield node


def test_portal_is_written_to_once_a_session_and_not_again_when_a_process_comes_back_to_a_module():
    twice = [
        f"{path}: {fixture.name}"
        for path, tree in TESTS.items()
        for fixture in fixtures_of_modules(tree)
        for _call, name in calls(fixture)
        if name == "portal.manage"
    ]
    assert twice == [], "the portal lives as long as its process: give the fixture the scope of the session"
