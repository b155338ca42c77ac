"""What the search for staff finds of texts: things by their titles, drafts among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from victor.languages import current_language
from victor.publishing.models import LanguageVersion
from victor.publishing.translation import options, publishable_models
from victor.staff_search import Hit, finds_for_staff
from victor.stored_names import stored_name

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


@finds_for_staff(_("Texts"), rank=70)
def texts(user: User, question: Question) -> Iterator[Hit]:
    """Texts that have the words in a title in any language; each thing once, in a language that has them."""
    if not user.has_perm("publishing.write"):
        return
    listed = set()
    writes_here = user.has_perm("publishing.write", LanguageVersion(language=current_language()))
    models = set(publishable_models().values())
    versions = LanguageVersion.objects.select_related("content_type").order_by("-saved_at")
    for version in versions.defer("basis"):
        model = version.content_type.model_class()
        about = (version.content_type_id, version.object_id)
        if model is None or model not in models or about in listed:
            continue
        title = version.fields.get(options(model).texts[0], "")
        if question.fits(title):
            listed.add(about)
            language = current_language() if writes_here else version.language
            url = reverse(settings.TEXT_URL, args=[stored_name(model), version.object_id, language])
            yield Hit(title, str(model._meta.verbose_name), url)
