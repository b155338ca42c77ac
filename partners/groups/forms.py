"""Forms of groups: what a group is, and who joins it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.agreements.forms import OwnerField, possible_owners
from partners.groups.models import WorkingGroup
from partners.groups.states import GroupRole
from victor.accounts.models import User
from victor.forms.fields import typed_formfield

if TYPE_CHECKING:
    from typing import Unpack

    from victor.publishing.forms import FormData, FormOptions, ModelFormOptions


class GroupForm(forms.ModelForm):
    """A new group, or a changed one."""

    class Meta:
        model = WorkingGroup
        fields = ["name", "slug", "kind", "country", "purpose", "is_for_all", "allows_substitutes", "quorum"]
        formfield_callback = typed_formfield

    def __init__(self, data: FormData = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, **options)
        self.fields["slug"].help_text = _("Short, in Latin letters. It begins the numbers of the group's decisions.")
        if self.instance.pk:
            del self.fields["slug"]


class MemberForm(forms.Form):
    """Who joins a group, and as what."""

    person = OwnerField(label=_("Person"), queryset=User.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=GroupRole.choices, initial=GroupRole.MEMBER)

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        cast("OwnerField", self.fields["person"]).queryset = possible_owners()
