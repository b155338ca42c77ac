"""The forms of referrals: for what and to whom, what leaves, on which basis, and what each move asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, Self, cast

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from desks.cases.forms import radio_field, text_field
from desks.cases.models import Case
from desks.desk.models import Desk
from desks.desk.states import Service
from desks.extracts.extract_parts import LISTED
from desks.referrals.code_lists import (
    CONSENT_POINTS,
    MAX_DAYS,
    MOST_GROUPS,
    BasisKind,
    CoarseForm,
    ConsentWay,
    FieldGroup,
    Giver,
    SharingPurpose,
    TransferGround,
)
from desks.referrals.consents import ConsentFacts, leaving_groups
from desks.referrals.field_groups import CHOSEN_ONE_BY_ONE
from desks.referrals.receivers import receivers_for
from desks.referrals.states import ReferralKind, Urgency
from desks.referrals.wishes import Choice, Wish, needs_reason
from victor.forms.fields import DateField
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from desks.referrals.models import Referral
    from desks.referrals.receivers import Receiver
    from victor.publishing.forms import FormData

FEEDBACK_DAYS = 30


class ReceiverField(forms.ModelChoiceField):
    """A desk, with its country and whether somebody is there now."""

    receivers: Mapping[int, Receiver]

    def label_from_instance(self, obj: Desk) -> str:
        receiver = self.receivers[obj.pk]
        opening = gettext("opens %(moment)s") % {"moment": receiver.opens} if receiver.opens else ""
        facts = [str(obj.country), obj.name, gettext("open now") if receiver.is_open else opening]
        return " · ".join(fact for fact in facts if fact)


class WishForm(forms.Form):
    """For what the other desk is asked, which desk, and until when."""

    kind = radio_field(
        _("Who works on the case?"),
        [
            (ReferralKind.SERVICE, _("Your desk goes on. The other desk helps.")),
            (ReferralKind.TRANSFER, _("The other desk takes over the whole case.")),
        ],
    )
    purpose = radio_field(_("What do you ask for?"), SharingPurpose.choices)
    services = forms.MultipleChoiceField(
        label=_("Services"), choices=Service.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    to_desk = ReceiverField(
        Desk.objects.none(), label=_("Whom do you ask?"), widget=forms.RadioSelect, empty_label=None
    )
    urgency = radio_field(_("When do you need an answer?"), Urgency.choices)
    feedback_on = DateField(label=_("Outcome reported by"))
    until = DateField(label=_("Access ends on"), help_text=_("At most 90 days from now."))

    def __init__(self, data: FormData = None, *, desk: Desk, referral: Referral | None = None) -> None:
        super().__init__(data)
        self.receivers: list[Receiver] = receivers_for(desk)
        ready = [receiver.desk.pk for receiver in self.receivers if receiver.is_ready]
        field = cast("ReceiverField", self.fields["to_desk"])
        field.queryset = Desk.objects.filter(pk__in=ready).select_related("country").order_by("country__position")
        field.receivers = {receiver.desk.pk: receiver for receiver in self.receivers}
        today = timezone.localdate(timezone=desk.zone)
        self.initial = {
            "kind": ReferralKind.SERVICE,
            "urgency": Urgency.NORMAL,
            "feedback_on": today + timedelta(days=FEEDBACK_DAYS),
            "until": today + timedelta(days=MAX_DAYS),
        }
        if referral is not None:
            self.initial |= _wish_of(referral)

    @property
    def refused(self) -> list[Receiver]:
        """The desks that cannot receive now, each with the reason."""
        return [receiver for receiver in self.receivers if not receiver.is_ready]

    @property
    def wish(self) -> Wish:
        """What was chosen."""
        data = self.cleaned_data
        services = [Service(name) for name in data["services"]]
        purpose, urgency = SharingPurpose(data["purpose"]), Urgency(data["urgency"])
        is_transfer = data["kind"] == ReferralKind.TRANSFER
        return Wish(data["to_desk"], purpose, data["until"], data["feedback_on"], services, urgency, is_transfer)


def _wish_of(referral: Referral) -> dict[str, object]:
    last = referral.expires_at - timedelta(days=1) if referral.expires_at else None
    return {
        "kind": referral.kind,
        "purpose": referral.purpose,
        "services": referral.services,
        "to_desk": referral.to_desk_id,
        "urgency": referral.urgency,
        "feedback_on": referral.feedback_on,
        "until": timezone.localdate(last, timezone=referral.from_desk.zone) if last else None,
    }


class Chooser(Protocol):
    """What somebody chooses for: a referral, or what leaves in another way."""

    @property
    def purpose(self) -> str:
        """For what it is asked."""

    @property
    def groups(self) -> list[str]:
        """The groups that are chosen so far."""

    @property
    def items(self) -> list[str]:
        """What is chosen one by one so far."""


class ChoiceForm(forms.Form):
    """What leaves: each group by itself, and papers and notes one by one. Nothing is ticked beforehand."""

    groups = forms.MultipleChoiceField(label=_("What leaves?"), required=False, widget=forms.CheckboxSelectMultiple)
    form = forms.ChoiceField(
        label=_("Form of exploitation in the summary"),
        choices=[(value, label) for value, label in CoarseForm.choices],
        required=False,
        help_text=_("It is said only where it leads to nobody."),
    )
    demanded = frozenset({"groups"})
    message = text_field(_("Message to the other desk"), required=False)
    conditions = text_field(_("Conditions for the use of what you share"), required=False, rows=2)

    def __init__(self, data: FormData = None, *, referral: Chooser, case: Case) -> None:
        super().__init__(data)
        self.purpose = SharingPurpose(referral.purpose)
        most = MOST_GROUPS[self.purpose]
        cast("forms.MultipleChoiceField", self.fields["groups"]).choices = [
            (str(group), self._label(group, is_most=group in most)) for group in FieldGroup
        ]
        self._add_reasons()
        self._add_lists(case)
        self.initial = {"groups": referral.groups, "form": getattr(referral, "form", "")}
        self.initial |= {name: self._chosen(referral, name) for name in CHOSEN_ONE_BY_ONE.values()}
        self.order_fields(
            ["groups", *(name for name in self.fields if name.startswith(("why_", "notes", "documents")))]
        )

    @property
    def folded(self) -> set[str]:
        """The fields that stand folded below the groups: reasons, of which most referrals need none."""
        return {name for name in self.fields if name.startswith("why_")}

    def _label(self, group: FieldGroup, *, is_most: bool) -> str:
        beyond = "" if is_most else gettext("more than this purpose needs")
        return " · ".join(filter(None, [f"{group.number} {group.label}", beyond]))

    def _add_reasons(self) -> None:
        for group in FieldGroup:
            if needs_reason(group, self.purpose):
                label = gettext("Why does the receiver need group %(number)d?") % {"number": group.number}
                self.fields[f"why_{group}"] = text_field(label, required=False, rows=1)

    def _add_lists(self, case: Case) -> None:
        for group, name in CHOSEN_ONE_BY_ONE.items():
            choices = [(f"{name}-{number}", words) for number, words in LISTED[name].list_choices(case)]
            if choices:
                self.fields[name] = forms.MultipleChoiceField(
                    label=group.label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
                )

    def _chosen(self, referral: Chooser, name: str) -> list[str]:
        return [item for item in referral.items if item.startswith(f"{name}-")]

    @property
    def choice(self) -> Choice:
        """What was ticked and written."""
        data = self.cleaned_data
        groups = frozenset(FieldGroup(name) for name in data["groups"])
        reasons = {group: data[f"why_{group}"] for group in groups if data.get(f"why_{group}")}
        items = [item for name in CHOSEN_ONE_BY_ONE.values() for item in data.get(name, [])]
        return Choice(groups, items, reasons, CoarseForm(data.get("form") or ""), data["message"], data["conditions"])


class ConsentForm(forms.Form):
    """Who consents, the seven answers, the child's own view, and until when."""

    giver = radio_field(_("Who consents?"), Giver.choices)
    way = radio_field(_("How was consent given?"), ConsentWay.choices)
    language = forms.ChoiceField(
        label=_("In which language?"), choices=settings.CONTENT_LANGUAGES, widget=LanguageSelect
    )
    with_interpreter = forms.BooleanField(label=_("With an interpreter"), required=False)
    explained = text_field(_("How was it explained?"), rows=2)
    view = text_field(
        _("The child's own view"), help_text=_("In the child's words. If the child was not asked: why not."), rows=3
    )
    valid_from = DateField(label=pgettext_lazy("consent", "Given on"))
    valid_to = DateField(
        label=_("Valid until"), help_text=_("Sharing cannot last longer than the consent, and at most 90 days.")
    )

    demanded = frozenset(CONSENT_POINTS)

    def __init__(self, data: FormData = None, *, groups: Iterable[str], initial: Mapping[str, object]) -> None:
        super().__init__(data, initial=dict(initial))
        for name, label in CONSENT_POINTS.items():
            choices = [("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]
            self.fields[name] = radio_field(label, choices, required=False)
        self.order_fields(["giver", "way", "language", "with_interpreter", *CONSENT_POINTS])
        self.shared_groups = frozenset(FieldGroup(group) for group in groups)

    @classmethod
    def of_referral(cls, data: FormData, referral: Referral) -> Self:
        """The form for a consent to a referral, valid for as long as the referral lasts."""
        today = timezone.localdate(timezone=referral.from_desk.zone)
        initial = {"language": referral.language, "valid_from": today, "valid_to": _wish_of(referral)["until"]}
        return cls(data, groups=leaving_groups(referral), initial=initial)

    @property
    def facts(self) -> ConsentFacts:
        """What was asked and answered."""
        data = self.cleaned_data
        return ConsentFacts(
            giver=Giver(data["giver"]),
            way=ConsentWay(data["way"]),
            language=data["language"],
            points={name: data.get(name) == "yes" for name in CONSENT_POINTS},
            groups=self.shared_groups,
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            view=data["view"],
            explained=data["explained"],
            with_interpreter=data["with_interpreter"],
        )


class BasisForm(forms.Form):
    """Another lawful basis than consent."""

    kind = radio_field(_("On which basis?"), BasisKind.choices)
    reasons = text_field(_("Why is it shared without consent?"))

    @property
    def basis(self) -> tuple[BasisKind, str]:
        """The basis, and why."""
        return BasisKind(self.cleaned_data["kind"]), self.cleaned_data["reasons"]


class GroundForm(forms.Form):
    """The ground on which the data leave the European Union."""

    ground = radio_field(_("On which ground?"), TransferGround.choices)
    necessity = text_field(_("Why is it necessary?"))

    def __init__(self, data: FormData = None, *, possible: Iterable[TransferGround]) -> None:
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["ground"]).choices = [(str(ground), ground.label) for ground in possible]

    @property
    def chosen(self) -> tuple[TransferGround, str]:
        """The ground, and why it is necessary."""
        return TransferGround(self.cleaned_data["ground"]), self.cleaned_data["necessity"]
