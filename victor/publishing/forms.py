"""Form fields that several apps need, and types for the arguments of forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from django import forms

from victor.languages import language_tag, local_text

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import Model
    from django.forms.renderers import BaseRenderer
    from django.forms.utils import ErrorList
    from django.utils.datastructures import MultiValueDict

    from victor.publishing.models import Publishable

# What was typed, as `request.POST`, and the files that came with it; None where nothing was sent.
FormData: TypeAlias = "Mapping[str, object] | None"
FormFiles: TypeAlias = "MultiValueDict[str, UploadedFile] | None"


class FormOptions(TypedDict, total=False):
    """The other arguments of Django's forms, for forms that add arguments of their own and pass these on."""

    auto_id: bool | str
    prefix: str | None
    initial: MutableMapping[str, Any] | None  # as Django has it
    error_class: type[ErrorList]
    label_suffix: str | None
    empty_permitted: bool
    use_required_attribute: bool | None
    renderer: BaseRenderer | None


class ModelFormOptions(FormOptions, total=False):
    """The same for forms of a model."""

    instance: Model | None


class LanguageSelect(forms.Select):
    """A choice among languages by their own names: each option says in which language it is."""

    def create_option(self, name: str, value: object, *arguments: Any, **options: Any) -> dict[str, Any]:
        """An option of the menu. Django calls this."""
        option = super().create_option(name, value, *arguments, **options)
        if value:
            option["attrs"]["lang"] = language_tag(str(value))
        return option


class NamedChoiceField(forms.ModelChoiceField):
    """A choice among objects that have a name in each language."""

    def label_from_instance(self, obj: Model) -> str:
        """The name in the reader's language."""
        return local_text(obj, "name").text


class TitledChoiceField(forms.ModelChoiceField):
    """A choice among objects that have a title in each language."""

    def label_from_instance(self, obj: Publishable) -> str:
        """The title in the reader's language, or the slug where there is none."""
        return local_text(obj, "title").text or obj.slug
