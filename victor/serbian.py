"""Serbian in Latin letters, made from what is written in Cyrillic ones.

Only whole Serbian words are changed. What is protected stays as it is: addresses, placeholders, words with a letter
that Serbian does not have, and in HTML whatever is marked `translate="no"` or is in another language. Who types a name
is never corrected: names of people do not pass through here.
"""

from __future__ import annotations

import re
import unicodedata

from django.utils.functional import lazy
from django.utils.translation import get_language

CYRILLIC, LATIN = "sr", "sr-latn"  # the codes of the site for the two scripts
SMALL_LETTERS = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)) | {
    "љ": "lj",
    "њ": "nj",
    "џ": "dž",
    "ѐ": "è",
    "ѝ": "ì",
}
LETTERS = str.maketrans(SMALL_LETTERS | {letter.upper(): latin.title() for letter, latin in SMALL_LETTERS.items()})
# Each is looked for only where a word begins, so that a long text takes no longer for each of its letters.
ADDRESS = r"(?<!\w)(?:\w{1,20}://|www\.|mailto:)[^\s<>\"]+|(?<![^\s<>\"@])[^\s<>\"@]+@[^\s<>\"@]+"
PLACEHOLDER = r"\{[^{}]*\}|%\(\w+\)[a-z]"
WORD = r"[\u0400-\u052f\u0300-\u036f]+"
PIECE = re.compile(f"(?P<protected>{ADDRESS}|{PLACEHOLDER})|(?P<word>{WORD})")
TAG = re.compile(r"""<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^'"<>])*)>""")
SPOKEN_ATTRIBUTE = re.compile(r'(?<=\s)(alt|aria-label|placeholder|title)="([^"]*)"')
LANGUAGE_ATTRIBUTE = re.compile(r'\slang="([^"]*)"')
VOID_TAGS = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


def to_latin(text: str) -> str:
    """A Serbian text in Latin letters. Љ is Lj, and LJ in a word of capitals."""
    return PIECE.sub(lambda piece: piece["protected"] or _word_to_latin(piece["word"]), text)


def html_to_latin(html: str) -> str:
    """HTML with its texts and alternative texts in Latin letters. Tags and protected elements stay as they are."""
    parts, end, protecting, depth = [], 0, "", 0
    for tag in TAG.finditer(html):
        text, name = html[end : tag.start()], tag["name"].lower()
        parts.append(text if depth else to_latin(text))
        if depth:
            depth += (name == protecting) * (-1 if tag["end"] else 1)
        elif _protects(tag):
            protecting, depth = name, int(name not in VOID_TAGS)
        parts.append(tag[0] if depth or _protects(tag) else SPOKEN_ATTRIBUTE.sub(_attribute_to_latin, tag[0]))
        end = tag.end()
    return "".join([*parts, html[end:] if depth else to_latin(html[end:])])


def catalogue_to_latin(catalogue: str) -> str:
    """A catalogue of translations (PO) with every translation in Latin letters."""
    lines, is_translation = [], False
    for line in catalogue.splitlines(keepends=True):
        if not line.startswith('"'):
            is_translation = line.startswith("msgstr")
        lines.append(to_latin(line) if is_translation else line)
    return "".join(lines).replace('"Language: sr\\n"', '"Language: sr_Latn\\n"', 1)


def _own_name() -> str:
    return "Srpski" if get_language() == LATIN else "Српски"


OWN_NAME = lazy(_own_name, str)()  # what the language calls itself, in the script of the page


def _protects(tag: re.Match[str]) -> bool:
    """Whether an element is not to be changed, as its start tag says."""
    language = LANGUAGE_ATTRIBUTE.search(tag["attributes"])
    is_foreign = language is not None and language[1].lower().partition("-")[0] != CYRILLIC
    return is_foreign or 'translate="no"' in tag["attributes"]


def _attribute_to_latin(attribute: re.Match[str]) -> str:
    return f'{attribute[1]}="{to_latin(attribute[2])}"'


def _word_to_latin(word: str) -> str:
    composed = unicodedata.normalize("NFC", word)
    letters = [letter for letter in composed if not unicodedata.combining(letter)]
    if not {letter.lower() for letter in letters} <= SMALL_LETTERS.keys():
        return word
    latin = composed.translate(LETTERS)
    return latin.upper() if len(letters) > 1 and composed.isupper() else latin
