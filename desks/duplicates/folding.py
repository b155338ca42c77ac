"""Skeletons: what is left of a name when spelling, alphabet and ending are taken away.

A name is read letter by letter with the rules of its alphabet. What sounds alike in one of the languages becomes one
sign: `V` stands for b, v, f and w, `S` for all hissing sounds, `K` for g, h, k and χ. Vowels are left out, but for the
beginning of a word and, in short names, the first one. A letter that is read in several ways gives several skeletons.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

Readings = tuple[str, ...]
VOWELS = "AOI"
MAX_SKELETONS = 12  # of one word
MAX_READINGS = 1000
SHORT = 3  # a skeleton of at most so many consonants names its first vowel too

LATIN: dict[str, Readings] = {
    **dict.fromkeys(("shch", "tsch", "tch", "tsh", "tš", "tč", "sz", "zs", "cs", "cz", "sh", "zh"), ("S",)),
    **dict.fromkeys(("dzs", "dzh", "dž", "dz", "ts", "tz", "tc", *"čćšşșžźżzß"), ("S",)),
    **dict.fromkeys(("ntz", "nts", "ntch", "ndz", "ndzh", "ndž", "ndj", "ndzs"), ("S", "NS")),
    **dict.fromkeys(("dch", "dč", "dts"), ("S", "DS")),
    **dict.fromkeys(("kh", "gk", "gh", "gch", *"qk"), ("K",)),
    **dict.fromkeys(("nk", "ngh", "nkh"), ("K", "NK")),
    **dict.fromkeys(("nt", "nd", "nth", "ndh", "dh", "d"), ("D",)),
    **dict.fromkeys(("mp", "mb", "ph", *"bfv"), ("V",)),
    **dict.fromkeys(("dj", "đ", "gj"), ("D", "S")),
    **dict.fromkeys("ţț", ("S", "T")),
    **dict.fromkeys(("ia", "ya", "iya", "ija"), ("A", "I")),
    **dict.fromkeys(("io", "yo", "iu", "yu", "iou", "you", "ou", *"ouôû"), ("O",)),
    **dict.fromkeys(("ie", "ye", "iy", "ij", "yi", "ei", *"ei"), ("I",)),
    **dict.fromkeys(("jo", "ju"), ("O", "SO")),
    **dict.fromkeys(("ai", "ae", "ea", "â"), ("A", "I")),
    **dict.fromkeys(("oi", "oe", "oy"), ("O", "I")),
    **dict.fromkeys(("au", "ay"), ("A", "AV")),
    **dict.fromkeys(("eu", "ey"), ("I", "IV")),
    **dict.fromkeys("ăŭ", ("A", "O")),
    **dict.fromkeys(("nj", "n"), ("N",)),
    **dict.fromkeys(("lj", "l", "ł"), ("L",)),
    **dict.fromkeys(("gue", "gui"), ("KI",)),
    **dict.fromkeys(("ngue", "ngui"), ("KI", "NKI")),
    **dict.fromkeys(("th", "t", "8", "9"), ("T",)),
    "ja": ("A", "SA"), "je": ("I", "SI"), "ny": ("NI", "N"), "ly": ("LI", "LO", ""), "sch": ("S", "SK"),
    "ŝ": ("S", "ST"),
    "ch": ("K", "S"), "nch": ("K", "NS", "NSK"), "ng": ("K", "NK", "NS"), "nc": ("K", "NK", "NS"), "ck": ("K", "SK"),
    "gy": ("K", "D", "I"), "tj": ("S", "T"), "qu": ("KV", "K"), "a": ("A",), "î": ("I", "A"), "y": ("I", "O"),
    "c": ("K", "S"), "g": ("K",), "h": ("K", "I"), "j": ("", "S"), "m": ("M",), "p": ("P",), "r": ("R",), "s": ("S",),
    "w": ("V", "O"), "x": ("KS", "K"), "3": ("KS",), "4": ("PS",),
}  # fmt: skip
GREEK: dict[str, Readings] = {
    **dict.fromkeys(("τσ", "τζ", "τς", *"ζσς"), ("S",)),
    **dict.fromkeys(("ντζ", "ντσ", "ντς"), ("S", "NS")),
    **dict.fromkeys(("νκ", "νγκ", "γκ", "γχ"), ("K", "NK")),
    **dict.fromkeys(("ντ", "νδ", "νθ", "δ"), ("D",)),
    **dict.fromkeys(("μπ", "μβ", "β", "φ"), ("V",)),
    **dict.fromkeys(("ιο", "ιω", "ιου", "ου", "ο", "ω"), ("O",)),
    **dict.fromkeys(("ει", "υι", "ε", "η", "ι"), ("I",)),
    **dict.fromkeys(("ευ", "ηυ"), ("IV",)),
    **dict.fromkeys("κχγ", ("K",)),
    **dict.fromkeys(("υ", "οι"), ("I", "O")),
    "ια": ("A", "I"), "α": ("A",), "αυ": ("AV",), "αι": ("I", "A"), "γξ": ("KS",), "ξ": ("KS",), "θ": ("T",),
    "λ": ("L",), "μ": ("M",), "ν": ("N",), "π": ("P",), "ρ": ("R",), "τ": ("T",), "ψ": ("PS",),
}  # fmt: skip
CYRILLIC: dict[str, Readings] = {
    **dict.fromkeys(("дж", "дз", "тз", "тс", "тц", "тш", "тч", "ћ", *"жзцчџшѕ"), ("S",)),
    **dict.fromkeys(("ндж", "ндз", "нтс"), ("S", "NS")),
    **dict.fromkeys(("дч", "дц", "дш"), ("S", "DS")),
    **dict.fromkeys(("нг", "нк", "нґ", "нх"), ("K", "NK")),
    **dict.fromkeys("гґкх", ("K",)),
    **dict.fromkeys(("нт", "нд", "д"), ("D",)),
    **dict.fromkeys(("мб", "мп", *"бвфў"), ("V",)),
    **dict.fromkeys(("йо", "ьо", "йу", "ио", "иу", "јо", "ју", "іо", "іу", *"оуюё"), ("O",)),
    **dict.fromkeys(("йа", "иа", "ија", "ия", "ія"), ("A", "I")),
    **dict.fromkeys(("ја", *"ая"), ("A",)),
    **dict.fromkeys(("ий", "ій", "иј", "ие", "ије", "їй", *"еєиіїыэ"), ("I",)),
    **dict.fromkeys("йјьъ", ("",)),
    **dict.fromkeys("лљ", ("L",)),
    **dict.fromkeys("нњ", ("N",)),
    "ъ": ("A", "O"), "ђ": ("D", "S"), "м": ("M",), "п": ("P",), "р": ("R",), "с": ("S",), "т": ("T",), "щ": ("ST", "S"),
    "ау": ("A", "AV"), "еу": ("I", "IV"),
}  # fmt: skip
RULES = LATIN | GREEK | CYRILLIC
LONGEST = max(len(letters) for letters in RULES)
# Where a word begins, a glide is a vowel.
BEGINNINGS: dict[str, Readings] = {
    **dict.fromkeys("яâ", ("IA",)),
    **dict.fromkeys("юû", ("IO",)),
    **dict.fromkeys("йј", ("I",)),
    "j": ("I", "S"),
    "h": ("K", "", "I"),
}
GLIDES = set("jyiιйиіј")
VOWEL_LETTERS = {letters for letters, readings in RULES.items() if len(letters) == 1 and set(readings) <= set(VOWELS)}
FRONT = set("eiyεηιυ")
ENDINGS = set("sсς")  # of a Greek name for men, which women and daughters do not have
BEFORE_ENDINGS = VOWEL_LETTERS | set("hw")  # as η and ω are typed without a Greek keyboard
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['`´’‘ʼʻʹˈ′＇]")
TREMA = "\u0308"
HIATUS = re.compile("([αεο]\u0301)([ιυ])(?![\u0301\u0308])")
DOUBLED = re.compile(r"(.)\1+")


def words_of(text: str) -> list[str]:
    """The words of a name, in small letters."""
    return WORD.findall(APOSTROPHES.sub("", unicodedata.normalize("NFC", text.lower())))


@lru_cache(maxsize=20_000)
def skeletons(word: str) -> frozenset[str]:
    """The skeletons of one word, in whatever alphabet: none where it has no letter that is read."""
    shapes: dict[str, None] = {}
    for spoken in sounds(word):
        if shape := _skeleton(spoken):
            shapes.setdefault(shape)
        if len(shapes) == MAX_SKELETONS:
            break
    return frozenset(shapes)


@lru_cache(maxsize=20_000)
def sounds(word: str) -> tuple[str, ...]:
    """The ways to read a word, with its vowels: the likeliest first."""
    readings = _without_idle_choices(list(_readings(_plain(word))))
    spoken = (DOUBLED.sub(r"\1", "".join(reading)) for reading in islice(product(*readings), MAX_READINGS))
    return tuple(dict.fromkeys(filter(None, spoken)))


def _plain(word: str) -> str:
    """Small letters without accents. What parts two vowels in Greek, as in άι and αϊ, becomes a bar."""
    parted = HIATUS.sub(r"\1|\2", unicodedata.normalize("NFD", word.lower()))
    letters = unicodedata.normalize("NFC", parted)
    return DOUBLED.sub(r"\1", "".join(letter if letter in RULES else _base(letter) for letter in letters))


def _base(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    base = decomposed[0]
    return f"|{base}" if TREMA in decomposed and base in "ιυ" else base


def _readings(word: str) -> Iterator[Readings]:
    position = 0
    while position < len(word):
        letters = _longest_rule(word, position)
        if letters:
            yield _read(word, position, letters)
        position += len(letters) or 1


def _longest_rule(word: str, position: int) -> str:
    glides = position == 0 and word[0] in GLIDES and word[1:2] in VOWEL_LETTERS
    for size in range(1 if glides else LONGEST, 0, -1):
        letters = word[position : position + size]
        if len(letters) == size and letters in RULES:
            return letters
    return ""


def _read(word: str, position: int, letters: str) -> Readings:
    end = position + len(letters)
    if position == 0 and letters in BEGINNINGS:
        return BEGINNINGS[letters]
    if word[end : end + 1] in FRONT and letters in ("g", "γ", "c"):
        glide = "I" if position == 0 else ""
        return {"g": ("K", glide, "S"), "γ": ("K", glide), "c": ("S", "K")}[letters]
    if end == len(word) and letters in ENDINGS and word[position - 1 : position] in BEFORE_ENDINGS:
        return ("", "S")
    return RULES[letters]


def _without_idle_choices(readings: list[Readings]) -> list[Readings]:
    """Only the first two vowels can matter: a choice between further ones is none."""
    vowels, chosen = 0, []
    for reading in readings:
        is_vowel = all(choice and set(choice) <= set(VOWELS) for choice in reading)
        chosen.append(reading[:1] if is_vowel and vowels > 1 else reading)
        vowels += is_vowel
    return chosen


def _skeleton(spoken: str) -> str:
    """The beginning, the consonants, and in a short name the first vowel after the beginning."""
    beginning = "" if spoken[0] not in VOWELS else "I" if spoken[0] == "I" else "A"
    consonants = "".join(sound for sound in spoken if sound not in VOWELS)
    if len(consonants) > SHORT:
        return beginning + consonants
    vowel = next((sound for sound in spoken[1:] if sound in VOWELS), "")
    return f"{beginning}{consonants}{vowel.lower()}"
