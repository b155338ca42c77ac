"""Restore the installation that is kept in `tests/data` into a new database: as code of before wrote it.

It depends on no module of the portal, so that it works whatever these are called. `tests/data/life_before.py` says what
happened there, `SECRETS` what opens it. The clock should stand at `MOMENT` while it is looked at.
"""

from __future__ import annotations

import base64
import json
import lzma
import re
from contextlib import closing
from datetime import datetime
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg2

DATA = Path(__file__).parent / "data"
COPY = re.compile(r"^(COPY .*? FROM stdin;)\n(.*?)^\\\.\n", re.MULTILINE | re.DOTALL)
UNKEPT = b"%PDF-1.7\n% not kept"  # what stands for a file of which only the name is known


@cache
def secrets() -> dict[str, Any]:
    """The keys of that installation, and all that leads into it."""
    return json.loads((DATA / "installation_before.json").read_text())


def moment() -> datetime:
    """When it was written down: sessions are open then, and offers hold."""
    return datetime.fromisoformat(secrets()["moment"])


def environment(folder: Path) -> dict[str, str]:
    """The variables without which its ciphertexts, stamps and signatures are nothing; its files lie in `folder`."""
    places = {"FILES_ROOT": folder / "files", "VAULT_ROOT": folder / "vault", "MEDIA_ROOT": folder / "media"}
    return secrets()["secrets"] | {name: str(path) for name, path in places.items()}


def restore(url: str) -> None:
    """Write its rows into an empty database."""
    sql = lzma.decompress((DATA / "installation_before.sql.xz").read_bytes()).decode()
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        end = 0
        for rows in COPY.finditer(sql):
            _execute(cursor, sql[end : rows.start()])
            cursor.copy_expert(rows[1], StringIO(rows[2]))
            end = rows.end()
        _execute(cursor, sql[end:])


def restore_files(folder: Path) -> None:
    """Write the files that its rows name."""
    places = {"materials": "files", "vault": "vault"}
    for alias, named in secrets()["files"].items():
        place = folder / places.get(alias, f"files/{alias}")
        place.mkdir(parents=True, exist_ok=True)
        for name, content in named.items():
            (place / name).write_bytes(base64.b64decode(content) or UNKEPT)


def _execute(cursor: Any, statements: str) -> None:
    if any(line and not line.startswith("--") for line in statements.splitlines()):
        cursor.execute(statements)
