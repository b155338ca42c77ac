"""Cases in the words of the standard: made at random from all its rows, and written by hand."""

from __future__ import annotations

import random
from pathlib import Path

from desks.exchange.case_mapping import Office
from desks.exchange.standard_rows import Part, StandardCase, StandardRow, Value, ValueKind, Values, rows_of

HTCDS = Path(__file__).parents[2] / "data" / "htcds"
OFFICE = Office("The Smile of the Child", "Athens", "GR")
SIGNS = "aÁβДщő ,;\"'<&>=+-@_x0041_\n\t#/:{}[]|"
EXAMPLES: dict[ValueKind, list[Value]] = {
    ValueKind.YES_NO: [True, False],
    ValueKind.PHONE: ["+302101234567", "38160111222", "+12"],
    ValueKind.LANGUAGE: ["ell", "ron", "rum", "uig", "ukr"],
}


def any_text(chance: random.Random) -> str:
    """Words with all that files trip over."""
    return "w" + "".join(chance.choice(SIGNS) for _ in range(chance.randint(0, 30)))


def any_value(row: StandardRow, chance: random.Random) -> Value:
    """A value that the row takes."""
    if row.kind == ValueKind.CODES:
        return chance.sample(row.codes, chance.randint(1, min(4, len(row.codes))))
    if row.codes:
        return chance.choice(row.codes)
    if row.kind in EXAMPLES:
        return chance.choice(EXAMPLES[row.kind])
    if row.kind == ValueKind.DATE:
        return f"{chance.randint(1990, 2030)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    if row.kind == ValueKind.NUMBER:
        return chance.randint(0, 40)
    if row.kind in {ValueKind.LATITUDE, ValueKind.LONGITUDE}:
        return round(chance.uniform(-90, 90), chance.randint(0, 6))
    return any_text(chance)


def any_values(part: Part | None, chance: random.Random, share: float) -> Values:
    """Values of some of the rows."""
    live = [row for row in rows_of(part) if not row.is_deprecated]
    return {row.name: any_value(row, chance) for row in live if chance.random() < share}


def any_case(number: int) -> StandardCase:
    """A case of this number: the first has a value of every row, later ones of more or fewer."""
    chance = random.Random(number)
    share = 1 if number == 0 else chance.choice([0.1, 0.5, 0.9])
    parts = {part: [any_values(part, chance, share) for _ in range(chance.randint(1, 3))] for part in Part}
    filled = {part: [row for row in rows if row] for part, rows in parts.items()}
    return StandardCase(
        f"case {number}", any_values(None, chance, share), {part: rows for part, rows in filled.items() if rows}
    )


def by_hand(name: str) -> bytes:
    """A file that was typed from the standard."""
    return (HTCDS / name).read_bytes()
