"""How the texts of a model are published. A model declares it in its translation.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import Field, Model
from modeltranslation.translator import TranslationOptions, translator

from victor.stored_names import stored_name

if TYPE_CHECKING:
    from victor.publishing.models import Publishable
    from victor.publishing.querysets import PublishableQuerySet


class Published(TranslationOptions):
    """The texts of a publishable model, in the order in which they are written; `title` is among them.

    `required_texts` exist in every language that is public. `rich` texts are HTML. With `four_eyes` nobody approves
    their own text. What is not `searchable` is for staff: visitors do not find it. Lists of kinds of texts are in the
    order of `position`, so that they do not depend on which module was imported first.
    """

    empty_values = None  # empty means NULL means "not published in this language"
    texts: tuple[str, ...] = ()
    required_texts: tuple[str, ...] = ("title",)
    rich: tuple[str, ...] = ()
    four_eyes = True
    searchable = True
    position: int


def options(model: type) -> Published:
    """The options that a model's translation.py declares."""
    return cast(Published, translator.get_options_for_model(model))


def text_field(model: type[Model], name: str) -> Field:
    """The field of a text: its name for people, and how long the text may be."""
    return cast("Field", model._meta.get_field(name))


def publishable_models() -> dict[str, type[Publishable]]:
    """The models whose texts are published, by the stored name that addresses and exported files use: `pages.page`."""
    models = translator.get_registered_models(abstract=False)
    published = [model for model in models if isinstance(options(model), Published)]
    published.sort(key=lambda model: options(model).position)
    return {stored_name(model): cast("type[Publishable]", model) for model in published}


def objects_of(model: type[Publishable]) -> PublishableQuerySet:
    """All objects of a publishable model."""
    return cast("PublishableQuerySet", model._default_manager.all())
