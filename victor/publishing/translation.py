"""How the texts of a model are published. A model declares it in its translation.py."""

from __future__ import annotations

from typing import cast

from django.db.models import Model
from modeltranslation.translator import TranslationOptions, translator

from victor.stored_names import stored_name


class Published(TranslationOptions):
    """The texts of a publishable model, in the order in which they are written; `title` is among them.

    `required_texts` exist in every language that is public. `rich` texts are HTML. With `four_eyes` nobody approves
    their own text. What is not `searchable` is for staff: visitors do not find it.
    """

    empty_values = None  # empty means NULL means "not published in this language"
    texts: tuple[str, ...] = ()
    required_texts: tuple[str, ...] = ("title",)
    rich: tuple[str, ...] = ()
    four_eyes = True
    searchable = True


def options(model: type) -> Published:
    """The options that a model's translation.py declares."""
    return cast(Published, translator.get_options_for_model(model))


def publishable_models() -> dict[str, type[Model]]:
    """The models whose texts are published, by the stored name that addresses and exported files use: `pages.page`."""
    models = translator.get_registered_models(abstract=False)
    return {stored_name(model): model for model in models if isinstance(options(model), Published)}
