"""The yardstick: a WSGI function that answers with the headers and bytes of a page that was taken once."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

page = json.loads(Path(os.environ["BARE_PAGE"]).read_text())
HEADERS = [(name, value) for name, value in page["headers"]]
BODY = page["body"].encode()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer whatever is asked."""
    start_response("200 OK", HEADERS)
    return [BODY]
