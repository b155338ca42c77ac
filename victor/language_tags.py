"""Names of languages as programs write them: `el-GR`, `el_GR`, `ell`, `sr@latin`."""

from __future__ import annotations

import re

from babel.core import get_global

SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl"}  # as the GNU C library names them after an @
TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.].*)?")


def language_and_script(tag: str) -> tuple[str, str] | None:
    """The language of a tag, by its short code, and the script it is written in. None where it is no such tag."""
    name, _at, modifier = tag.strip().partition("@")
    match = TAG.fullmatch(name)
    if match is None:
        return None
    language, script, region = match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()
    language, _, aliased = get_global("language_aliases").get(language, language).partition("_")
    script = script or SCRIPTS.get(modifier.lower(), "") or aliased
    likely = get_global("likely_subtags")
    expected = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return language, script or (expected.split("_")[1] if "_" in expected else "")


def is_same_language(tag: str, code: str) -> bool:
    """Whether both name one language in one script, whatever the country."""
    named = language_and_script(tag)
    return named is not None and named == language_and_script(code)
