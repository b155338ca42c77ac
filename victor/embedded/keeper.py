"""`python -m victor.embedded.keeper database <data> durable|quick | broker <data>`: see `sharing.keep`."""

from __future__ import annotations

import sys
from pathlib import Path

from victor.embedded.postgres import Database
from victor.embedded.sharing import Server, keep
from victor.embedded.valkey import Broker


def server(words: list[str]) -> Server:
    """The server that its `words` describe."""
    match words:
        case ["database", data, how]:
            return Database(Path(data), durable=how == "durable")
        case ["broker", data]:
            return Broker(Path(data))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    sys.exit(keep(server(sys.argv[1:])))
