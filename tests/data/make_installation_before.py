"""Make the dump of an installation as it was before the code was rebuilt around its subjects.

Made once at commit 7b6ea16, by `python -m tests.data.make_installation_before`, and kept beside this file:

- `installation_before.sql.xz`: the database as plain SQL. It lacks the rows of the search, which is built anew from the
  texts; and those questions of the quiz bank that no questionnaire asks were not loaded.
- `installation_before.json`: the secrets of that installation, the passphrases, receipts and cookies by which a test
  gets in, the files that rows name, an address for each route, and the moment at which everything was written down.

What happened in that installation is in `life_before.py`. Neither file runs at a later commit: they import the modules
of that one. `tests/installation.py` restores what they have made.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from victor.embedded.environment import environment
from victor.embedded.postgres import binaries

HERE = Path(__file__).parent
DUMP, KEYS = HERE / "installation_before.sql.xz", HERE / "installation_before.json"
LIVE = "from tests.data.life_before import live; live()"
SEARCH = "publishing_search*"  # built anew from the texts
UNKNOWN_TO_OLDER_SERVERS = re.compile(r"^(\\(un)?restrict .*|SET transaction_timeout = .*)\n", re.MULTILINE)
FILTERS = [
    {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 26, "lc": 4, "lp": 0, "pb": 0}
]


def main() -> None:
    """Start the servers of a new demo, let it live, and write down what is there."""
    with TemporaryDirectory() as folder:
        os.environ["VICTOR_VAR"] = folder
        told = Path(folder, "told.json")
        with environment() as variables:
            live = [sys.executable, "manage.py", "shell", "--no-imports", "-c", LIVE]
            subprocess.run(live, env=variables | {"TOLD": str(told)}, check=True)
            kept = json.loads(told.read_text()) | {"secrets": json.loads(Path(folder, "secrets.json").read_text())}
            sql = _dump(variables["DATABASE_URL"])
    DUMP.write_bytes(lzma.compress(sql.encode(), format=lzma.FORMAT_XZ, filters=FILTERS))
    KEYS.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    print(f"{DUMP.name}: {DUMP.stat().st_size} bytes; {KEYS.name}: {KEYS.stat().st_size} bytes")


def _dump(url: str) -> str:
    command = [binaries() / "pg_dump", "--no-owner", "--no-privileges", f"--exclude-table-data={SEARCH}", url]
    sql = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return UNKNOWN_TO_OLDER_SERVERS.sub("", sql)


if __name__ == "__main__":
    main()
