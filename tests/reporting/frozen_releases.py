"""A release that went out, as a row of the database: without figures, and without the worker."""

from __future__ import annotations

import hashlib
import json

from django.utils import timezone

from tests.people import person


def frozen_release() -> dict[str, object]:
    """The fields of a public release of which everything is empty."""
    now = timezone.now()
    content = json.dumps({"figures": [], "sections": []})
    return {
        "kind": "public",
        "half_years": ["2026-1"],
        "state": "published",
        "language": "en",
        "content": content,
        "sha256": hashlib.sha256(content.encode()).hexdigest(),
        "audit": {"narrow": [], "changed": [], "hidden_whole": [], "step": 10},
        "counted_at": now,
        "made_by": person(),
        "approved_by": person(),
        "approved_at": now,
        "published_at": now,
    }
