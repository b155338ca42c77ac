"""The process that reads one hostile file. `sandbox.py` starts it by its path, never imports it.

It bounds itself before it reads the first byte, and gives up all files and connections that it does not have yet.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

REFUSED = 3
FAMILY = {
    "copy": "victor.files.metadata.cleaners",
    "picture": "victor.files.decoding",
    "png": "victor.files.decoding",
    "cells": "victor.files.spreadsheets",
}
NAMES = {"copy": "clean_file", "picture": "encode_picture", "png": "encode_png", "cells": "read_cells"}


def main(task: str, options: dict[str, object], bounds: dict[str, int]) -> int:
    """Do the task with the standard input; write an answer to the standard output."""
    _bound_resources(bounds)
    with os.fdopen(0, "rb", closefd=False) as source:
        content = source.read()
    module = _import_ours(FAMILY[task])
    module.load_readers(content)
    _give_up_files()
    try:
        about, copy = getattr(module, NAMES[task])(content, **options)
    except module.NoCopy:
        return REFUSED
    with os.fdopen(1, "wb", closefd=False) as answer:
        answer.write(json.dumps(about).encode() + b"\n")
        answer.write(copy)
    return 0


def _bound_resources(bounds: dict[str, int]) -> None:
    os.nice(5)  # pages come before copies
    for kind, bound in (
        (resource.RLIMIT_CPU, bounds["cpu"]),
        (resource.RLIMIT_AS, bounds["memory"]),
        (resource.RLIMIT_FSIZE, bounds["output"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (bound, bound))
    signal.alarm(bounds["wall"])  # should whoever started this be gone by then


def _give_up_files() -> None:
    """From here on nothing can be opened: no file, no connection, no program."""
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, lowest))


def _import_ours(name: str) -> ModuleType:
    """Import a module of ours without the package's own start, which would load the whole portal."""
    root = Path(__file__).resolve().parents[1]
    package = ModuleType("victor")
    package.__path__ = [str(root)]
    sys.modules["victor"] = package
    return import_module(name)


if __name__ == "__main__":
    # `os._exit`: what a library does at its end could still go wrong, and the answer is there.
    os._exit(main(sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])))
