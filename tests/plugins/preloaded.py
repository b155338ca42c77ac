"""Django's commands in a process that has loaded the project once. It forks for each, so none sees what others left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import traceback
from dataclasses import dataclass

from django.conf import settings

# Django's own is imported inside: only the process that runs commands loads the project.
# ruff: noqa: PLC0415


@dataclass
class Commands:
    """The process that waits for commands. It ends with its standard input."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, environment: dict[str, str]) -> Commands:
        """Load the project for these variables."""
        command = [sys.executable, "-m", "tests.plugins.preloaded"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        return cls(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **pipes))

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """A command's exit code, what it printed, and what it printed of errors."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()
        code, printed, errors = json.loads(self.process.stdout.readline())
        return code, printed, errors

    def end(self) -> None:
        """Let the process end."""
        self.process.communicate()


def main() -> None:
    """Run a command for each line, and answer with a line."""
    import django
    from django.urls import get_resolver

    django.setup()
    assert get_resolver().url_patterns
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)


def _run(arguments: list[str]) -> tuple[int, str, str]:
    with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as errors:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(printed.fileno(), 1)
            os.dup2(errors.fileno(), 2)
            _run_in_child(arguments)
        _child, status = os.waitpid(child, 0)
        texts = []
        for file in (printed, errors):
            file.seek(0)
            texts.append(file.read())
    return os.waitstatus_to_exitcode(status), texts[0], texts[1]


def _run_in_child(arguments: list[str]) -> None:
    """End the process with the exit code of the command, as `manage.py` would."""
    from django.core.management import execute_from_command_line

    code = 0
    try:
        execute_from_command_line(["manage.py", *arguments])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
