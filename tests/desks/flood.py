"""Junk from one address while others report: `python -m tests.desks.flood PORT JUNK GENUINE SECONDS`.

Prints JSON: how many of each arrived, how many were asked to press again with their words still there, how many were
refused, and how long sending took in the slowest twentieth of the genuine ones. It sends as a browser without scripts
does, three screens each; junk sends the last at once.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from operator import itemgetter
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.waiting import wait_for_moment

ARRIVED = re.compile(rb'class="note"')
TYPED = re.compile(rb"Junk|Genuine \d")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
LAST = {"danger": "no", "story": "Junk", "contact": "no", "at": "2", "go": "send"}


@dataclass
class Sent:
    """What became of the reports of one kind."""

    arrived: int = 0
    asked_again: int = 0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)

    def note(self, answer: bytes, began: float) -> None:
        """Count an answer."""
        self.seconds.append(time.monotonic() - began)
        if ARRIVED.search(answer):
            self.arrived += 1
        elif TYPED.search(answer):
            self.asked_again += 1
        else:
            self.refused += 1


def post(port: str, address: str, form: dict[str, str]) -> bytes:
    """The page; empty where there was none. The address is what a trusted proxy would say."""
    request = Request(f"http://127.0.0.1:{port}/el/report/gr/", urlencode(form).encode())
    request.add_header("X-Forwarded-For", address)
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.read()
    except HTTPError as refusal:
        return refusal.read()
    except OSError:
        return b""


def report(port: str, number: int, sent: Sent) -> None:
    """The three screens, and how long the last press took."""
    address, form = f"10.1.{number >> 8}.{number & 255}", {"danger": "no", "at": "0", "go": "next"}
    for answers in ({"story": f"Genuine {number}", "go": "next"}, {"contact": "no", "go": "send"}):
        form = dict(HIDDEN.findall(post(port, address, form).decode())) | answers
    began = time.monotonic()
    sent.note(post(port, address, form), began)


def junk(port: str, sent: Sent) -> None:
    """One of many from the same place."""
    began = time.monotonic()
    sent.note(post(port, "10.9.9.9", LAST), began)


def measure(port: str, junks: int, genuine: int, seconds: float) -> dict[str, float]:
    """Send both, evenly over the time."""
    flood, reports, threads = Sent(), Sent(), []
    plan = [(seconds * number / junks, junk, (port, flood)) for number in range(junks)]
    plan += [(seconds * number / genuine, report, (port, number, reports)) for number in range(genuine)]
    began = time.monotonic()
    for at, what, given in sorted(plan, key=itemgetter(0)):
        wait_for_moment(began + at)
        threads.append(threading.Thread(target=what, args=given))
        threads[-1].start()
    for thread in threads:
        thread.join()
    slow = sorted(reports.seconds)[-max(1, genuine // 20)]
    return {
        "junk": flood.arrived,
        "junk_asked_again": flood.asked_again,
        "junk_refused": flood.refused,
        "genuine": reports.arrived,
        "genuine_asked_again": reports.asked_again,
        "genuine_refused": reports.refused,
        "p95": slow,
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))))
