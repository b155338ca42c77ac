"""What a page weighs on the wire: its bytes and those of the styles, scripts and pictures it asks for."""

from __future__ import annotations

import http.client
import re
import zlib
from dataclasses import dataclass, field

ASSET = re.compile(r"""(?:href|src)=["'](/static/[^"'#]+)""")


@dataclass
class Weights:
    """Asks each asset once, as a browser with an empty cache does for each page."""

    port: int
    assets: dict[str, int] = field(default_factory=dict)

    def of(self, page: str) -> dict[str, int]:
        """Bytes of the body of the page, and of its assets, compressed as served."""
        encoding, body = self._get(page)
        text = zlib.decompress(body, 31).decode() if encoding == "gzip" else body.decode()
        wanted = set(ASSET.findall(text))
        return {"page": len(body), "plain": len(text.encode()), "assets": sum(map(self._asset, wanted))}

    def _asset(self, path: str) -> int:
        if path not in self.assets:
            self.assets[path] = len(self._get(path)[1])
        return self.assets[path]

    def _get(self, path: str) -> tuple[str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        encodings = "gzip" if not path.startswith("/static/") else "br, gzip"
        connection.request("GET", path, headers={"Accept-Encoding": encodings})
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{path}: expected 200, got {answer.status}")
        body = answer.read()
        connection.close()
        return answer.headers.get("Content-Encoding", ""), body
