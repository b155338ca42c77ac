"""Publish a page 200 times while readers ask for it: `python -m tests.publications PORT`, in the portal's environment.

Prints JSON: publications, answers, errors, answers in another language, and how many seconds after the next edition
was public an old one was still shown, at worst.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field

import django

from tests.waiting import becomes_true, wait_until

EDITIONS = 200
TITLES = {"en": "Edition", "el": "Έκδοση"}


@dataclass
class Readings:
    """What the readers saw: when they asked, in which language, which edition."""

    seen: list[tuple[float, int]] = field(default_factory=list)
    errors: int = 0
    mixed: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def count(self) -> int:
        """How many answers there were, of any kind."""
        return len(self.seen) + self.errors + self.mixed

    def wait_for_more(self, number: int) -> None:
        """So many more answers, which is one a reader on average."""
        before = self.count
        wait_until(lambda: self.count >= before + number)

    def wait_for_last(self) -> None:
        """The last edition was read; where it is not, the old one that is still shown will tell."""
        becomes_true(lambda: self.seen and self.seen[-1][1] == EDITIONS)

    def read(self, port: str, language: str) -> None:
        """Ask until it is over; a new connection each time, so that every worker is asked."""
        while not self.over.is_set():
            asked = time.monotonic()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/{language}/edition/", timeout=20) as answer:
                    text = answer.read().decode()
            except OSError:
                self.errors += 1
                continue
            title = re.search(r"<h1>\s*(\S+) (\d+)\s*</h1>", text)
            if title is None or title[1] != TITLES[language]:
                self.mixed += 1
            else:
                self.seen.append((asked, int(title[2])))


def measure(port: str) -> dict[str, float]:
    """Publish, read, and compare."""
    public = [time.monotonic()]
    _publish(0)
    readings = Readings()
    readers = [threading.Thread(target=readings.read, args=(port, language)) for language in list(TITLES) * 2]
    for reader in readers:
        reader.start()
    for number in range(1, EDITIONS + 1):
        _publish(number)
        public.append(time.monotonic())
        readings.wait_for_more(len(readers))
    readings.wait_for_last()
    readings.over.set()
    for reader in readers:
        reader.join()
    late = [asked - public[number + 1] for asked, number in readings.seen if number < EDITIONS]
    return {
        "publications": EDITIONS,
        "answers": len(readings.seen),
        "errors": readings.errors,
        "mixed": readings.mixed,
        "worst": max([0.0, *late]),
    }


def _publish(number: int) -> None:
    from victor.access import System
    from victor.pages.models import Page
    from victor.publishing.bundled_texts import publish_bundled

    page, _made = Page.objects.get_or_create(slug="edition")
    for language, word in TITLES.items():
        texts = {"title": f"{word} {number}", "summary": word, "body": f"<p>{word}</p>"}
        publish_bundled(page, language, texts, by=System("test"))


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(sys.argv[1])))
