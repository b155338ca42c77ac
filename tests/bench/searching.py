"""How long search takes among 20,000 documents a language: `python -m tests.bench.searching`.

The documents are made of the words of the real ones, as often as these say them; so are the questions, one in ten
misspelt.
"""

from __future__ import annotations

import json
import random
import time

import django

DOCUMENTS = 20_000
DIFFERENT = 1_000  # the others repeat these under other addresses
WORDS = 80
QUESTIONS = 200


def measure() -> dict[str, float]:
    """By language, the milliseconds within which 19 of 20 questions are answered."""
    from django.db import connection

    from victor.languages import CODES
    from victor.publishing.search_index import search_texts

    chance, milliseconds = random.Random(7), {}
    words = {code: fill(code, chance) for code in CODES}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE publishing_searchdocument")
        cursor.execute("ANALYZE publishing_searchword")
    for code in CODES:
        times = []
        for number in range(QUESTIONS):
            question = misspelt(words[code], chance) if number % 10 == 0 else " ".join(chance.choices(words[code], k=2))
            started = time.perf_counter()
            search_texts(question, code)
            times.append((time.perf_counter() - started) * 1000)
        milliseconds[code] = sorted(times)[QUESTIONS * 19 // 20]
    return milliseconds


def fill(language: str, chance: random.Random) -> list[str]:
    """Make the documents; return all words of the real ones."""
    from django.db import connection

    from victor.publishing.models import SearchDocument
    from victor.publishing.search_index import WORD, search_vector

    real = SearchDocument.objects.filter(language=language)
    words = WORD.findall(" ".join(f"{document.title} {document.text}" for document in real))
    kind = real[0].content_type
    made = []
    for number in range(DIFFERENT):
        title, text = (" ".join(chance.choices(words, k=length)) for length in (5, WORDS))
        made.append(
            SearchDocument(
                content_type=kind,
                object_id=f"bench-{number}",
                language=language,
                title=title,
                text=text,
                path=f"/{number}",
                vector=search_vector(title, text, language),
            )
        )
    SearchDocument.objects.bulk_create(made, batch_size=100)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO publishing_searchdocument (content_type_id, object_id, language, title, text, path, vector) "
            "SELECT content_type_id, object_id || '-' || n, language, title, text, path || '-' || n, vector "
            "FROM publishing_searchdocument, generate_series(2, %s) AS n "
            "WHERE object_id LIKE 'bench-%%' AND language = %s",
            [DOCUMENTS // DIFFERENT, language],
        )
    return words


def misspelt(said: list[str], chance: random.Random) -> str:
    """A long word with two letters changed round."""
    word = chance.choice([word for word in said if len(word) > 6])
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))
