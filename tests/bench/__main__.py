"""`make bench`: honest figures, as ratios of one run on one machine.

The yardstick is a bare WSGI function that answers with the same headers and bytes on the same server. Clients and
servers share the machine's cores, in the same way for both. The database is made for the run and dropped after it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg2

from tests.bench import availability
from tests.bench.auditing import audit
from tests.bench.report import report
from tests.bench.server import ROOT, Server
from tests.bench.weight import Weights
from tests.journeys.reporting_desk import DESK
from tests.make_run import Run

VAR = Path(os.environ.get("VICTOR_VAR", ROOT / "var"))
DIRECTORY, PAGE = "/el/partners/", "/el/campaigns/victor/"
RENDERED = f"{PAGE}?rendered"  # what has a query is never kept
APPLICATIONS = {"portal": "victor.asgi:application", "bare": "tests.bench.bare:application"}
WORKERS = (1, 2)
REPEATS = 3
FIGURES = ("start", "memory", "kept", "kept_processor", "rate", "p95", "processor")
WARM_UP, SECONDS = 1.0, 4.0


def bench() -> dict[str, Any]:
    """Everything that is printed, as data."""
    with _environment() as environment:
        _manage(environment, "compile_catalogues", "--verbosity=0")
        _manage(environment, "collectstatic", "--no-input", "--clear", "--verbosity=0")
        _manage(environment, "migrate", "--verbosity=0")
        for command in ("load_partnership", "load_pages", "load_campaigns", "load_desks", "load_trainings"):
            _manage(environment, command)
        few = _pages(environment, 13)
        weights = _weigh(environment, few)
        runs = [
            {"application": name, "workers": workers} | _run(application, workers, environment)
            for _ in range(REPEATS)
            for workers in WORKERS
            for name, application in APPLICATIONS.items()
        ]
        many = _pages(environment, 5000)
        _manage(environment, "shell", "--no-imports", "-c", DESK)
        attacked = availability.measure(environment)
        marks = audit(environment, VAR)
        searching = json.loads(_python(environment, "-m", "tests.bench.searching"))
        staff = json.loads(_python(environment, "-m", "tests.bench.staff"))
        vault = json.loads(_python(environment, "-m", "tests.bench.vault"))
        cases = json.loads(_python(environment, "-m", "tests.bench.cases"))
        cases |= json.loads(_python(environment, "-m", "tests.bench.referrals"))
        certificates = json.loads(_python(environment, "-m", "tests.bench.certificates"))
    pages = {page: {"few": few[page], "many": many[page]} | weights[page] for page in few}
    servers = list(map(_median, _grouped(runs)))
    measured = {"servers": servers, "pages": pages, "searching": searching, "staff": staff, "marks": marks}
    measured |= {"vault": vault, "certificates": certificates, "cases": cases, "attacked": attacked}
    return {"start": _second_start(), **measured, "runs": runs}


@contextlib.contextmanager
def _environment() -> Iterator[dict[str, str]]:
    os.environ["VICTOR_VAR"] = str(VAR / "bench")  # the demo's data is not for measuring
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # no start is timed that compiles the sources
    from victor.embedded.environment import environment

    with environment() as variables, _database(variables["DATABASE_URL"]) as url:
        page = VAR / "bench" / "page.json"
        hosts = {"SITE_URL": "http://127.0.0.1", "ALLOWED_HOSTS": "127.0.0.1,testserver"}
        yield variables | hosts | {"DATABASE_URL": url, "BARE_PAGE": str(page)}


@contextlib.contextmanager
def _database(server: str) -> Iterator[str]:
    name = f"bench_{os.getpid()}"
    base, _, query = server.partition("?")
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _pages(environment: dict[str, str], organisations: int) -> dict[str, Any]:
    medians: dict[str, Any] = json.loads(_python(environment, "-m", "tests.bench.pages", str(organisations)))
    return medians


def _weigh(environment: dict[str, str], pages: Iterable[str]) -> dict[str, dict[str, int]]:
    """The pages' weights; on the way the page that the bare application repeats is kept."""
    with Server(APPLICATIONS["portal"], workers=1, environment=environment) as server:
        server.first_byte(DIRECTORY)
        Path(environment["BARE_PAGE"]).write_text(json.dumps(server.copy_of(PAGE)))
        weights = Weights(server.port)
        return {page: weights.of(page) for page in pages}


def _run(application: str, workers: int, environment: dict[str, str]) -> dict[str, float]:
    with Server(application, workers=workers, environment=environment) as server:
        start = server.first_byte(DIRECTORY)
        server.rate(RENDERED, seconds=WARM_UP)
        rendered = server.rate(RENDERED, seconds=SECONDS)
        server.rate(PAGE, seconds=WARM_UP)
        stored = server.rate(PAGE, seconds=SECONDS)
        memory = server.memory()
    return {"start": start, "kept": stored["rate"], "kept_processor": stored["processor"], **rendered, "memory": memory}


def _second_start() -> float:
    with TemporaryDirectory() as folder:
        command = Run(Path(folder))
        starts = []
        for _ in range(2):
            starts.append(command.start())
            command.end(signal.SIGINT)
    return starts[1]


def _grouped(runs: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    kinds = [(name, workers) for workers in WORKERS for name in APPLICATIONS]
    return [[run for run in runs if (run["application"], run["workers"]) == kind] for kind in kinds]


def _median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    figures = {key: statistics.median(run[key] for run in runs) for key in FIGURES}
    return {"application": runs[0]["application"], "workers": runs[0]["workers"]} | figures


def _manage(environment: dict[str, str], *arguments: str) -> None:
    _python(environment, "manage.py", *arguments)


def _python(environment: dict[str, str], *arguments: str) -> str:
    command, quiet = [sys.executable, *arguments], environment | {"LOG_LEVEL": "error"}
    return subprocess.run(command, cwd=ROOT, env=quiet, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    figures = bench()
    (VAR / "bench.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(report(figures))
    print(f"\nAll figures: {VAR / 'bench.json'}")
    sys.exit(availability.fault(figures["attacked"]))
