"""What Lighthouse says of public pages on a telephone, its programs installed by npm into `var/lighthouse`.

It simulates a slow telephone in a slow network, so that its figures depend on this machine only a little; the median of
three runs of a page is told.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from pathlib import Path

from tests.bench.server import ROOT, Server
from tests.plugins.portal import CHROMIUM, QUIET, free_port

LIGHTHOUSE = "lighthouse@12.8.2"  # the newest that Node.js 20 runs
PAGES = ("/el/", "/bg/", "/el/campaigns/victor/", "/bg/campaigns/victor/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3


def audit(environment: dict[str, str], var: Path) -> dict[str, dict[str, float]] | None:
    """By page, the marks (of 100) in each category; None where npm or Chromium is missing."""
    if not (CHROMIUM and shutil.which("npm")):
        return None
    lighthouse = _installed(var / "lighthouse")
    port = free_port()
    site = f"http://localhost:{port}"
    own = environment | {"SITE_URL": site, "ALLOWED_HOSTS": "localhost,127.0.0.1"}
    with Server("victor.asgi:application", workers=1, environment=own, port=port) as server:
        server.first_byte("/el/")
        return {page: _median([_marks(lighthouse, site + page) for _ in range(RUNS)]) for page in PAGES}


def _installed(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", f"--prefix={folder}", "--silent", "--no-audit", "--no-fund", LIGHTHOUSE]
    subprocess.run(command, check=True)
    return folder / "node_modules" / ".bin" / "lighthouse"


def _marks(lighthouse: Path, address: str) -> dict[str, float]:
    flags = " ".join(["--headless=new", *QUIET])
    command = [str(lighthouse), address, "--quiet", "--output=json", f"--chrome-path={CHROMIUM}"]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    categories = json.loads(done.stdout)["categories"]
    return {category: categories[category]["score"] * 100 for category in CATEGORIES}


def _median(runs: list[dict[str, float]]) -> dict[str, float]:
    return {category: statistics.median(run[category] for run in runs) for category in CATEGORIES}
