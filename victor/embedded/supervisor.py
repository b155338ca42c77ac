"""`python -m victor.embedded.supervisor database <data> durable|quick | broker <data>`: see `sharing.supervise`."""

from __future__ import annotations

import sys
from pathlib import Path

from victor.embedded.postgres import Database
from victor.embedded.sharing import Server, supervise
from victor.embedded.valkey import Broker


def server_of(words: list[str]) -> Server:
    """The server that its `words` describe."""
    match words:
        case ["database", data, how]:
            return Database(Path(data), durable=how == "durable")
        case ["broker", data]:
            return Broker(Path(data))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    sys.exit(supervise(server_of(sys.argv[1:])))
