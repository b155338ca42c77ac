"""Search in published texts, one language at a time. Queries are not stored.

A document has its words three times: stemmed (where PostgreSQL has a stemmer for the language), stemmed without
accents, and plain without accents. A word of a query is searched in all three, and by its beginning. That finds
inflected forms in languages without a stemmer too. Other spellings, and numbers: `search_keys.py`. Serbian is folded
into Latin letters without accents, so both scripts find the same.

The index repeats what is public elsewhere and can be built again at any time, so these functions are not actions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from html import unescape
from operator import and_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import (
    CombinedSearchVector,
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramSimilarity,
)
from django.db import transaction
from django.db.models import CharField, F, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.shortcuts import resolve_url
from django.utils.translation import override

from victor.folding import APOSTROPHES, fold
from victor.languages import (
    CODES,
    column,
    in_readers_script,
    languages_with,
    path_in_readers_script,
)
from victor.publishing.models import SearchDocument, SearchWord
from victor.publishing.richtext import plain_text
from victor.publishing.search_keys import key_of_word, keys_of_text, split_numbers
from victor.publishing.translation import options, publishable_models

CONFIGURATIONS = {"en": "english", "el": "greek", "ro": "romanian", "sr": "serbian", "hu": "hungarian"}
WORD = re.compile(r"[^\W_]+")
MAX_ENDING = 3  # letters at the end that may differ in inflected forms; at least four others stay
MAX_WORDS = 8
MIN_WORD, MAX_WORD = 4, 30  # letters of a word that can be suggested for a misspelt one
MAX_CANDIDATES = 500  # of the documents that match, only the first ones are ranked
MAX_RESULTS = 20
MIN_SIMILARITY = 0.3
Texts = tuple[str, str]
Reading = Callable[[Any, str], Texts | None]
Address = Callable[[Any], str]
SEARCHABLE: dict[type[Model], Reading] = {}
ADDRESSES: dict[type[Model], Address] = {}


def searchable(model: type[Model], *, address: Address = resolve_url) -> Callable[[Reading], Reading]:
    """Declare what is indexed of a model: title and text in a language, None where it is not public.

    `address` gives the path of the public page, in the active language, where that is not the address of the object.
    """

    def register(read: Reading) -> Reading:
        SEARCHABLE[model], ADDRESSES[model] = read, address
        return read

    return register


@dataclass(frozen=True)
class SearchResult:
    """The best documents. Where there is none, `meant` is a suggestion, and `languages` are those that have some."""

    documents: Sequence[SearchDocument] = ()
    meant: str = ""
    languages: Sequence[str] = ()


def search_texts(question: str, language: str) -> SearchResult:
    """Published documents in this language that have every word and every number of the query."""
    words = WORD.findall(APOSTROPHES.sub("", question.lower()))[:MAX_WORDS]
    if not words:
        return SearchResult()
    wide = _wide_query(question, language)
    exact = SearchQuery(fold(" ".join(words), language), config="simple")
    candidates = _documents_that_match(wide, language).order_by("path").values("pk")[:MAX_CANDIDATES]
    ranked = SearchDocument.objects.filter(pk__in=candidates).annotate(
        rank=SearchRank(F("vector"), exact) * 4 + SearchRank(F("vector"), wide)
    )
    best: dict[str, SearchDocument] = {}
    for document in ranked.order_by("-rank", "path")[:MAX_RESULTS]:
        best.setdefault(document.path, document)
    if best:
        return SearchResult([_in_readers_script(document) for document in best.values()])
    meant = in_readers_script(_suggest(words, language))
    return SearchResult(meant=meant, languages=_languages_that_find(question, language))


def update_index(obj: Model, languages: Collection[str] = CODES, *, anew: bool = False) -> None:
    """Update the documents of an object in these languages: those that differ, or `anew` all of them."""
    content_type = ContentType.objects.get_for_model(obj)
    texts = {language: public for language in languages if (public := _texts_to_index(obj, language))}
    documents = SearchDocument.objects.filter(content_type=content_type, object_id=obj.pk, language__in=languages)
    existing = {document.language: document for document in documents.defer("vector")}
    for language, (title, text) in texts.items():
        with override(language):
            path = ADDRESSES.get(type(obj), resolve_url)(obj)
        old = existing.get(language)
        if anew or old is None or (old.title, old.text, old.path) != (title, text, path):
            _write_document(
                SearchDocument(content_type=content_type, object_id=obj.pk, language=language, path=path),
                title,
                text,
                old,
            )
    obsolete = [document.pk for language, document in existing.items() if language not in texts]
    SearchDocument.objects.filter(pk__in=obsolete).delete()


def refresh_index(models: Iterable[type[Model]] = SEARCHABLE, *, anew: bool = False) -> None:
    """Index all objects of these models: by default those that are not published text by text."""
    for model in models:
        objects = model._default_manager
        content_type = ContentType.objects.get_for_model(model)
        SearchDocument.objects.filter(content_type=content_type).exclude(
            object_id__in=objects.values_list(Cast("pk", CharField()))
        ).delete()
        for pk in objects.values_list("pk", flat=True):
            _reindex(model, pk, anew=anew)


def rebuild_index() -> None:
    """Index everything anew, as today's rules have it, and delete words that are in no document."""
    refresh_index([*publishable_models().values(), *SEARCHABLE], anew=True)
    for language in CODES:
        known = {fold(word, language) for word in _words_in(language)}
        SearchWord.objects.filter(language=language).exclude(folded__in=known).delete()


def search_vector(title: str, text: str, language: str) -> CombinedSearchVector:
    """The vector with which a query is compared."""
    vector: Any = SearchVector(Value(_plain_words(title, language)), weight="A", config="simple")
    vector += SearchVector(Value(_plain_words(text, language)), weight="B", config="simple")
    for words, weight in ((title, "B"), (text, "C")):
        keys = keys_of_text(_plain_words(words, language).split(), words, language)
        vector += SearchVector(Value(" ".join(keys)), weight=weight, config="simple")
    if stemmed := CONFIGURATIONS.get(language):
        for words in (title, _plain_words(title, language)):
            vector += SearchVector(Value(words), weight="A", config=stemmed)
        for words in (text, _plain_words(text, language)):
            vector += SearchVector(Value(words), weight="C", config=stemmed)
    return vector


def _in_readers_script(document: SearchDocument) -> SearchDocument:
    """A document that was found, with its words and its path in the script of the page. It is not saved."""
    document.title, document.text = in_readers_script(document.title), in_readers_script(document.text)
    document.path = path_in_readers_script(document.path)
    return document


@transaction.atomic
def _reindex(model: type[Model], pk: object, *, anew: bool) -> None:
    """Index an object. Its row is locked, so that a publication at the same time is indexed last."""
    for obj in model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=pk):
        update_index(obj, anew=anew)


def _texts_to_index(obj: Model, language: str) -> Texts | None:
    if type(obj) in SEARCHABLE:
        return SEARCHABLE[type(obj)](obj, language)
    declared = options(type(obj))
    if not declared.searchable or language not in languages_with(obj, *declared.required_texts):
        return None
    texts = [getattr(obj, column(name, language)) or "" for name in declared.texts]
    return texts[0], " ".join(unescape(plain_text(text)) for text in texts[1:])


def _write_document(document: SearchDocument, title: str, text: str, old: SearchDocument | None) -> None:
    document.pk = old.pk if old else None
    document.title, document.text = title, text
    document.vector = search_vector(title, text, document.language)
    document.save()
    SearchWord.objects.bulk_create(
        [
            SearchWord(language=document.language, folded=fold(word, document.language), word=word)
            for word in sorted(_long_words(f"{title} {text}"))
        ],
        ignore_conflicts=True,
    )


def _long_words(text: str) -> set[str]:
    return {word for word in WORD.findall(text.lower()) if MIN_WORD <= len(word) <= MAX_WORD}


def _words_in(language: str) -> Iterator[str]:
    for title, text in SearchDocument.objects.filter(language=language).values_list("title", "text").iterator():
        yield from _long_words(f"{title} {text}")


def _plain_words(text: str, language: str) -> str:
    return " ".join(WORD.findall(fold(text, language)))


def _wide_query(question: str, language: str) -> SearchQuery:
    """A query for every word in any of its forms, and for every number however it is written."""
    rest, numbers = split_numbers(question)
    words = WORD.findall(APOSTROPHES.sub("", question.lower()))[:MAX_WORDS]
    query = reduce(and_, (_word_query(word, language) for word in words))
    if not numbers:
        return query
    parts = [SearchQuery(f"{number}:*", config="simple", search_type="raw") for number in numbers[:MAX_WORDS]]
    parts += [_word_query(word, language) for word in WORD.findall(APOSTROPHES.sub("", rest.lower()))[:MAX_WORDS]]
    return query | reduce(and_, parts)


def _languages_that_find(question: str, language: str) -> list[str]:
    """The other languages in which something is found."""
    return [
        code for code in CODES if code != language and _documents_that_match(_wide_query(question, code), code).count()
    ]


def _documents_that_match(query: SearchQuery, language: str) -> QuerySet[SearchDocument]:
    """Documents in a language. Ask for all of them, or sorted by what has no index.

    Asked for any, PostgreSQL looks through document after document: of words that it does not know it believes that
    they are in many, and finds out at the last document that they are in none.
    """
    return SearchDocument.objects.filter(language=language, vector=query)


def _word_query(word: str, language: str) -> SearchQuery:
    """A query for a word in any of its forms."""
    folded = fold(word, language)
    stem_length = max(min(len(folded), 4), len(folded) - MAX_ENDING)
    query = SearchQuery(f"{folded[:stem_length]}:*", config="simple", search_type="raw")
    if stemmed := CONFIGURATIONS.get(language):
        query = query | SearchQuery(word, config=stemmed) | SearchQuery(folded, config=stemmed)
    if key := key_of_word(folded, language):
        length = max(min(len(key), 6), len(key) - MAX_ENDING)
        query = query | SearchQuery(f"{key[:length]}:*", config="simple", search_type="raw")
    return query


def _suggest(words: list[str], language: str) -> str:
    """The query with the most similar indexed words. Empty where a word has none."""
    similar = [_nearest_word(word, language) for word in words]
    return " ".join(similar) if similar != words and all(similar) else ""


def _nearest_word(word: str, language: str) -> str:
    folded = fold(word, language)
    known = SearchWord.objects.filter(language=language, folded__trigram_similar=folded)
    best = (
        known.annotate(alike=TrigramSimilarity("folded", folded))
        .filter(alike__gte=MIN_SIMILARITY)
        .order_by("-alike")
        .first()
    )
    return best.word if best else ""
