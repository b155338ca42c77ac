"""Search over what is published, one language at a time. Nobody's question is kept.

A document holds its words three times: stemmed as the language does (where PostgreSQL knows how), stemmed without
accents, and plain without accents. A question's word is looked for in all three, and by its beginning, which finds
inflected forms in languages without a stemmer too. Serbian is folded into Latin letters without accents, so that both
scripts, and neither's diacritics, find the same.

What is written here repeats what is public elsewhere and can be made anew at any time, so it is no action.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from html import unescape
from operator import and_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, TrigramSimilarity
from django.db import transaction
from django.db.models import CharField, F, Model, Value
from django.db.models.functions import Cast
from django.utils.translation import override

from victor.publishing.languages import CODES, SERBIAN, column, published_in
from victor.publishing.models import SearchDocument, SearchWord
from victor.publishing.richtext import words
from victor.publishing.translation import options, publishable_models

CONFIGURATIONS = {"en": "english", "el": "greek", "ro": "romanian", "sr": "serbian", "hu": "hungarian"}
WORD = re.compile(r"[^\W_]+")
LONGEST_ENDING = 3  # letters that may differ where a word is inflected; four stay at least
MOST_WORDS = 8
SHORTEST_WORD, LONGEST_WORD = 4, 30  # letters of a word that is offered for a misspelt one
CANDIDATES = 500  # of those that match, the first found are ranked
SHOWN = 20
ALIKE = 0.3

Texts = tuple[str, str]
Reading = Callable[[Any, str], Texts | None]
SEARCHABLE: dict[type[Model], Reading] = {}


def searchable(model: type[Model]) -> Callable[[Reading], Reading]:
    """Let things of a kind be found: the function gives title and text in a language, None where it is not public."""

    def register(read: Reading) -> Reading:
        SEARCHABLE[model] = read
        return read

    return register


@dataclass(frozen=True)
class Found:
    """The best documents, and what may have been meant where there is none."""

    documents: Sequence[SearchDocument] = ()
    meant: str = ""


def fold(text: str, language: str) -> str:
    """Small letters without accents or apostrophes; Serbian in Latin letters."""
    text = text.lower()
    if language == "sr":
        text = text.translate(SERBIAN).replace("đ", "dj")
    text = re.sub("['’ʼ]", "", text)
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


def search(question: str, language: str) -> Found:
    """What is published in this language and holds every word of the question."""
    asked = WORD.findall(re.sub("['’ʼ]", "", question.lower()))[:MOST_WORDS]
    if not asked:
        return Found()
    wide = reduce(and_, (_anyhow(word, language) for word in asked))
    exact = SearchQuery(fold(" ".join(asked), language), config="simple")
    candidates = SearchDocument.objects.filter(language=language, vector=wide).values("pk")[:CANDIDATES]
    ranked = SearchDocument.objects.filter(pk__in=candidates).annotate(
        rank=SearchRank(F("vector"), exact) * 4 + SearchRank(F("vector"), wide)
    )
    best: dict[str, SearchDocument] = {}
    for document in ranked.order_by("-rank", "path")[:SHOWN]:
        best.setdefault(document.path, document)
    return Found(list(best.values())) if best else Found(meant=_meant(asked, language))


def index(obj: Any, languages: Collection[str] = CODES) -> None:
    """Make the documents of a thing say what is public of it in these languages."""
    kind = ContentType.objects.get_for_model(obj)
    texts = {language: found for language in languages if (found := _texts(obj, language))}
    documents = SearchDocument.objects.filter(content_type=kind, object_id=obj.pk, language__in=languages)
    there = {each.language: each for each in documents.defer("vector")}
    for language, (title, text) in texts.items():
        with override(language):
            path = obj.get_absolute_url()
        old = there.get(language)
        if old is None or (old.title, old.text, old.path) != (title, text, path):
            _write(SearchDocument(content_type=kind, object_id=obj.pk, language=language, path=path), title, text, old)
    gone = [each.pk for language, each in there.items() if language not in texts]
    SearchDocument.objects.filter(pk__in=gone).delete()


def refresh(models: Iterable[type[Model]] = SEARCHABLE) -> None:
    """Index all things of these kinds: by default those that are not published text by text."""
    for model in models:
        objects: Any = model._default_manager
        kind = ContentType.objects.get_for_model(model)
        SearchDocument.objects.filter(content_type=kind).exclude(
            object_id__in=objects.values_list(Cast("pk", CharField()))
        ).delete()
        for pk in objects.values_list("pk", flat=True):
            _index_anew(objects, pk)


def rebuild() -> None:
    """Index everything, and forget the words that nothing says any more."""
    refresh([*publishable_models().values(), *SEARCHABLE])
    for language in CODES:
        known = {fold(word, language) for word in _words_in(language)}
        SearchWord.objects.filter(language=language).exclude(folded__in=known).delete()


def vector(title: str, text: str, language: str) -> Any:
    """What a question is compared with."""
    found: Any = SearchVector(Value(_plain(title, language)), weight="A", config="simple")
    found += SearchVector(Value(_plain(text, language)), weight="B", config="simple")
    if stemmed := CONFIGURATIONS.get(language):
        for each in (title, _plain(title, language)):
            found += SearchVector(Value(each), weight="A", config=stemmed)
        for each in (text, _plain(text, language)):
            found += SearchVector(Value(each), weight="C", config=stemmed)
    return found


@transaction.atomic
def _index_anew(objects: Any, pk: Any) -> None:
    """Hold the thing meanwhile, so that whoever publishes it has the last word."""
    for obj in objects.select_for_update(of=("self",), no_key=True).filter(pk=pk):
        index(obj)


def _texts(obj: Any, language: str) -> Texts | None:
    if type(obj) in SEARCHABLE:
        return SEARCHABLE[type(obj)](obj, language)
    known = options(type(obj))
    if not known.searchable or language not in published_in(obj, *known.required_texts):
        return None
    texts = [getattr(obj, column(name, language)) or "" for name in known.texts]
    return texts[0], " ".join(unescape(words(text)) for text in texts[1:])


def _write(document: SearchDocument, title: str, text: str, old: SearchDocument | None) -> None:
    document.pk = old.pk if old else None
    document.title, document.text = title, text
    document.vector = vector(title, text, document.language)
    document.save()
    SearchWord.objects.bulk_create(
        [
            SearchWord(language=document.language, folded=fold(word, document.language), word=word)
            for word in sorted(_long_words(f"{title} {text}"))
        ],
        ignore_conflicts=True,
    )


def _long_words(text: str) -> set[str]:
    return {word for word in WORD.findall(text.lower()) if SHORTEST_WORD <= len(word) <= LONGEST_WORD}


def _words_in(language: str) -> Iterator[str]:
    for title, text in SearchDocument.objects.filter(language=language).values_list("title", "text").iterator():
        yield from _long_words(f"{title} {text}")


def _plain(text: str, language: str) -> str:
    return " ".join(WORD.findall(fold(text, language)))


def _anyhow(word: str, language: str) -> SearchQuery:
    """A word in any of its forms."""
    folded = fold(word, language)
    least = max(min(len(folded), 4), len(folded) - LONGEST_ENDING)
    query = SearchQuery(f"{folded[:least]}:*", config="simple", search_type="raw")
    if stemmed := CONFIGURATIONS.get(language):
        query = query | SearchQuery(word, config=stemmed) | SearchQuery(folded, config=stemmed)
    return query


def _meant(asked: list[str], language: str) -> str:
    """The question with the nearest words that are known; nothing where none is near."""
    near = [_nearest(word, language) for word in asked]
    return " ".join(near) if near != asked and all(near) else ""


def _nearest(word: str, language: str) -> str:
    folded = fold(word, language)
    known = SearchWord.objects.filter(language=language, folded__trigram_similar=folded)
    best = known.annotate(alike=TrigramSimilarity("folded", folded)).filter(alike__gte=ALIKE).order_by("-alike").first()
    return best.word if best else ""
